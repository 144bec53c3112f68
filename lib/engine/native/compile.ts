/**
 * Compiling the addon against the unpacked TensorFlow: one object a source, as
 * many at a time as there are processors, then one link. The addon finds TensorFlow in the folder beside its
 * own, so the cache can be moved as a whole.
 */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { inTurns } from '../../core/turns';
import { type AddonSource, addonHash, addonSources, muteSource } from './addon-sources';
import { muteFile } from './mute';
import type { Recipe } from './recipe';
import { lastLines, run } from './run';
import { bindingFolder, nodeHeaders } from './sources';

/** Folder of the unpacked wheels, inside the entry of the libraries. */
export const siteFolder = 'site';
/** Name of the addon, inside its entry. */
export const addonFile = 'tfjs_binding.node';

/**
 * The flags that turn objects into an addon. Those for macOS are not tested. Node
 * unloads addons with the worker that loaded them, but TensorFlow keeps pointers
 * to its operations, and threads of its own run on: it must stay.
 */
const linkFlags: Readonly<Record<Recipe['platform'], readonly string[]>> = {
  linux: ['-shared', '-Wl,-z,nodelete'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup'],
};

/** How the loader writes the folder of the library that it is loading. */
const ownFolder: Readonly<Record<Recipe['platform'], string>> = { linux: '$ORIGIN', darwin: '@loader_path' };

/** Everything of ours that can change the addon, for the cache's key. */
export function compileRecipe({ platform, arch }: Recipe): readonly string[] {
  return [...linkFlags[platform], ownFolder[platform], addonHash(arch)];
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
  const compileObject = async (source: AddonSource): Promise<string> => {
    const object = path.join(folder, `${source.object}.o`);
    await compile(compiler, [...source.flags, ...includes, '-c', source.file, '-o', object], folder);
    return object;
  };
  const sources = [...addonSources(recipe.arch), muteSource()];
  const made = await inTurns(sources, availableParallelism(), compileObject);
  const [objects, muteObject] = [made.slice(0, -1), made.at(-1) as string];
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
  for (const object of made) rmSync(object);
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
