/**
 * Compiling the addon against the unpacked TensorFlow: one object a source, side
 * by side, then one link. The addon finds TensorFlow in the folder beside its
 * own, so the cache can be moved as a whole.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { copiedTensorsSource } from './copied-tensors';
import { functionsSource } from './functions';
import { lstmFlags, lstmSource } from './lstm-cell';
import { muteFile, muteSource } from './mute';
import type { Recipe } from './recipe';
import { lastLines, run } from './run';
import { bindingFolder, napiVersion, nodeHeaders } from './sources';

/** Folder of the unpacked wheels, inside the entry of the libraries. */
export const siteFolder = 'site';
/** Name of the addon, inside its entry. */
export const addonFile = 'tfjs_binding.node';

const compileFlags: readonly string[] = ['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${napiVersion}`];

interface Source {
  readonly name: string;
  readonly code: string;
  readonly flags: readonly string[];
}

/** What the addon is linked of; two of them include tfjs-node's own sources, with changes. */
const sources: readonly Source[] = [
  { name: 'graph_functions', code: functionsSource, flags: [] },
  { name: 'copied_tensors', code: copiedTensorsSource, flags: [] },
  { name: 'lstm_cell', code: lstmSource, flags: lstmFlags },
];

const mute: Source = { name: 'mute_stderr', code: muteSource, flags: [] };

/** The flags that turn objects into an addon. Those for macOS are not tested. */
const linkFlags: Readonly<Record<Recipe['platform'], readonly string[]>> = {
  linux: ['-shared'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup'],
};

/** How the loader writes the folder of the library that it is loading. */
const ownFolder: Readonly<Record<Recipe['platform'], string>> = { linux: '$ORIGIN', darwin: '@loader_path' };

/** Everything in the command lines that can change the addon, for the cache's key. */
export function compileRecipe(platform: Recipe['platform']): readonly string[] {
  const flags = [...compileFlags, ...linkFlags[platform], ownFolder[platform]];
  return [...flags, ...[mute, ...sources].flatMap((source) => [...source.flags, source.code])];
}

/**
 * Builds `tfjs_binding.node`, and `mute_stderr.node` beside it.
 *
 * @param folder where they go, itself in the engines' folder.
 * @param libraries the finished entry with TensorFlow, in the same folder.
 * @throws InkwellError `ENGINE_COMPILE` with what the compiler said.
 */
export async function compileAddon(
  folder: string,
  libraries: string,
  recipe: Recipe,
  compiler: string,
): Promise<void> {
  const site = path.join(libraries, siteFolder);
  const headers = [bindingFolder(), nodeHeaders(), path.join(site, 'tensorflow', 'include')];
  const includes = headers.map((include) => `-I${include}`);
  const compileObject = async ({ name, code, flags }: Source): Promise<string> => {
    const file = path.join(folder, `${name}.cc`);
    const object = path.join(folder, `${name}.o`);
    writeFileSync(file, code);
    await compile(compiler, [...compileFlags, ...includes, ...flags, '-c', file, '-o', object], folder);
    rmSync(file);
    return object;
  };
  const objects = await Promise.all(sources.map(compileObject));
  const muteObject = await compileObject(mute);
  const link = linkFlags[recipe.platform];
  const linked = recipe.libraries.map((library) => path.join(site, library));
  const beside = path.posix.join('..', path.basename(libraries), siteFolder, 'tensorflow');
  const search = `-Wl,-rpath,${ownFolder[recipe.platform]}/${beside}`;
  await compile(
    compiler,
    [...objects, ...linked, ...link, search, '-o', path.join(folder, addonFile)],
    folder,
  );
  await compile(compiler, [muteObject, ...link, '-o', path.join(folder, muteFile)], folder);
  for (const object of [...objects, muteObject]) rmSync(object);
}

async function compile(compiler: string, args: readonly string[], cwd: string): Promise<void> {
  const { kind, stderr, signal } = await run(compiler, args, { cwd });
  if (kind === 'done') return;
  const errors = stderr.split('\n').filter((line) => line.includes('error'));
  const said =
    errors.length > 0 ? errors.slice(0, 3).join('\n') : lastLines(stderr, 3) || `ended by ${signal}`;
  throw new InkwellError('ENGINE_COMPILE', `${compiler} could not build the addon: ${said}`, {
    hint: 'It takes a compiler that knows C++17, such as GCC 9 or Clang 10 and later; CXX names another one.',
  });
}
