/** From a recipe to the plan that builds it: find the tools, fetch, unpack, compile, try it. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import type { BuildPlan, StepContext } from './build';
import { addonFile, compileAddon, compileRecipe, siteFolder } from './compile';
import { downloadWheel } from './download';
import { muteFile } from './mute';
import { probeAddon } from './probe';
import type { Recipe } from './recipe';
import { addonPackageVersion, napiVersion, sourcesHash } from './sources';
import { findCompiler, findPython } from './tools';
import { unpackWheel } from './unpack';

/**
 * The name of a recipe's entry in the cache: readable, and different as soon as
 * anything that goes into the addon is.
 */
export function cacheKey(recipe: Recipe): string {
  const { tensorflow, flavour, platform, arch } = recipe;
  const parts = [JSON.stringify(recipe), sourcesHash(), JSON.stringify(compileRecipe(platform))];
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
  return `tensorflow-${tensorflow}-${flavour}-${platform}-${arch}-napi${napiVersion}-${hash}`;
}

/** The plan for a recipe. The tools are looked for before anything is downloaded. */
export function planFor(recipe: Recipe): BuildPlan {
  const device = recipe.flavour === 'gpu' ? 'NVIDIA GPUs' : 'the CPU';
  const downloads = recipe.wheels.map((wheel) => wheel.bytes);
  return {
    key: cacheKey(recipe),
    title: `TensorFlow ${recipe.tensorflow} for ${device}`,
    version: recipe.tensorflow,
    // A wheel is removed once it is unpacked: the largest is the most there is at a time.
    bytes: recipe.keptBytes + Math.max(...downloads) + 50e6,
    files: [addonFile, muteFile, ...recipe.libraries.map((library) => path.posix.join(siteFolder, library))],
    steps: [
      { label: 'looking for pip and a C++ compiler', run: checkTools },
      { label: `downloading ${megabytes(downloads)}`, run: (context) => fetchWheels(recipe, context) },
      {
        label: `compiling the addon of tfjs-node-gpu ${addonPackageVersion()}`,
        run: async ({ folder }) => compileAddon(folder, recipe, await findCompiler()),
      },
      { label: 'trying it', run: tryAddon },
    ],
  };
}

async function checkTools(): Promise<void> {
  await findPython();
  await findCompiler();
}

async function fetchWheels(recipe: Recipe, { folder, onProgress }: StepContext): Promise<void> {
  const python = await findPython();
  const listener = onProgress === undefined ? {} : { onProgress };
  const site = path.join(folder, siteFolder);
  for (const wheel of recipe.wheels) {
    const downloads = path.join(folder, 'download');
    mkdirSync(downloads, { recursive: true });
    const file = await downloadWheel(wheel, recipe, downloads, { python, ...listener });
    const label = `${wheel.name} ${wheel.version}, unpacking`;
    await unpackWheel(file, site, wheel.keep, { python, label, ...listener });
    rmSync(downloads, { recursive: true, force: true });
  }
}

async function tryAddon({ folder }: StepContext): Promise<void> {
  const probe = await probeAddon(path.join(folder, addonFile));
  if (probe.kind === 'works') return;
  throw new InkwellError('ENGINE_BROKEN', `The addon was built but does not work: ${probe.why}.`);
}

function megabytes(sizes: readonly number[]): string {
  return `${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6)} MB`;
}
