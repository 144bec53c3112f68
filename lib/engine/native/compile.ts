/**
 * Compiling the addon against the unpacked TensorFlow: one object a source, side
 * by side, then one link. The addon finds TensorFlow in the folder beside its
 * own, so the cache can be moved as a whole.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { functionsSource } from './functions';
import { lstmFlags, lstmSource } from './lstm-cell';
import { muteFile, muteSource } from './mute';
import type { Recipe } from './recipe';
import { lastLines, run } from './run';
import { bindingFolder, bindingSources, napiVersion, nodeHeaders } from './sources';

/** Folder of the unpacked wheels, inside the entry of the libraries. */
export const siteFolder = 'site';
/** Name of the addon, inside its entry. */
export const addonFile = 'tfjs_binding.node';

const compileFlags: readonly string[] = ['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${napiVersion}`];

/** The flags that turn objects into an addon. Those for macOS are not tested. */
const linkFlags: Readonly<Record<Recipe['platform'], readonly string[]>> = {
  linux: ['-shared'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup'],
};

/** How the loader writes the folder of the library that it is loading. */
const ownFolder: Readonly<Record<Recipe['platform'], string>> = { linux: '$ORIGIN', darwin: '@loader_path' };

/** Everything in the command lines that can change the addon, for the cache's key. */
export function compileRecipe(platform: Recipe['platform']): readonly string[] {
  const flags = [...compileFlags, ...lstmFlags, ...linkFlags[platform], ownFolder[platform]];
  return [...flags, muteSource, functionsSource, lstmSource];
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
  const flags = [...compileFlags, ...headers.map((include) => `-I${include}`)];
  const muteCode = path.join(folder, 'mute_stderr.cc');
  writeFileSync(muteCode, muteSource);
  const entryCode = path.join(folder, 'graph_functions.cc');
  writeFileSync(entryCode, functionsSource);
  const lstmCode = path.join(folder, 'lstm_cell.cc');
  writeFileSync(lstmCode, lstmSource);
  const compileObject = async (source: string, own: readonly string[] = []): Promise<string> => {
    const object = path.join(folder, `${path.basename(source, '.cc')}.o`);
    await compile(compiler, [...flags, ...own, '-c', source, '-o', object], folder);
    return object;
  };
  const objects = await Promise.all([
    compileObject(lstmCode, lstmFlags),
    ...[entryCode, ...bindingSources()].map((source) => compileObject(source)),
  ]);
  const muteObject = await compileObject(muteCode);
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
  for (const file of [...objects, muteObject, muteCode, entryCode, lstmCode]) rmSync(file);
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
