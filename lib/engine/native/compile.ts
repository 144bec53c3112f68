/**
 * Compiling the addon against the unpacked TensorFlow: one object a source, side
 * by side, then one link. The addon finds TensorFlow beside itself, so the
 * folder can be moved as a whole.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { functionsSource } from './functions';
import { muteFile, muteSource } from './mute';
import type { Recipe } from './recipe';
import { lastLines, run } from './run';
import { bindingFolder, bindingSources, napiVersion, nodeHeaders } from './sources';

/** Folder of the unpacked wheels, and name of the addon, inside a build. */
export const siteFolder = 'site';
export const addonFile = 'tfjs_binding.node';

const compileFlags: readonly string[] = ['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${napiVersion}`];

/** The flags that turn objects into an addon. Those for macOS are not tested. */
const linkFlags: Readonly<Record<Recipe['platform'], readonly string[]>> = {
  linux: ['-shared', `-Wl,-rpath,$ORIGIN/${siteFolder}/tensorflow`],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup', `-Wl,-rpath,@loader_path/${siteFolder}/tensorflow`],
};

/** Everything in the command lines that can change the addon, for the cache's key. */
export function compileRecipe(platform: Recipe['platform']): readonly string[] {
  return [...compileFlags, ...linkFlags[platform], muteSource, functionsSource];
}

/**
 * Builds `tfjs_binding.node`, and `mute_stderr.node` beside it, in a folder whose
 * `site/` holds TensorFlow.
 *
 * @throws InkwellError `ENGINE_COMPILE` with what the compiler said.
 */
export async function compileAddon(folder: string, recipe: Recipe, compiler: string): Promise<void> {
  const site = path.join(folder, siteFolder);
  const headers = [bindingFolder(), nodeHeaders(), path.join(site, 'tensorflow', 'include')];
  const flags = [...compileFlags, ...headers.map((include) => `-I${include}`)];
  const libraries = recipe.libraries.map((library) => path.join(site, library));
  const muteCode = path.join(folder, 'mute_stderr.cc');
  writeFileSync(muteCode, muteSource);
  const entryCode = path.join(folder, 'graph_functions.cc');
  writeFileSync(entryCode, functionsSource);
  const compileObject = async (source: string): Promise<string> => {
    const object = path.join(folder, `${path.basename(source, '.cc')}.o`);
    await compile(compiler, [...flags, '-c', source, '-o', object], folder);
    return object;
  };
  const objects = await Promise.all([entryCode, ...bindingSources()].map(compileObject));
  const muteObject = await compileObject(muteCode);
  const link = linkFlags[recipe.platform];
  await compile(compiler, [...objects, ...libraries, ...link, '-o', path.join(folder, addonFile)], folder);
  await compile(compiler, [muteObject, ...link, '-o', path.join(folder, muteFile)], folder);
  for (const file of [...objects, muteObject, muteCode, entryCode]) rmSync(file);
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
