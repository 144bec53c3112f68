/**
 * From a recipe to the two plans that build it, in this order: TensorFlow's
 * libraries (fetch, unpack), then the small addon for Node (compile, try it).
 * They are two entries of the cache, so that a new addon finds the libraries
 * there already.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { findEarlierLibraries, linkFolder } from './adopt';
import type { BuildPlan, BuildStep, StepContext } from './build';
import { addonFile, compileAddon, siteFolder } from './compile';
import { downloadWheel } from './download';
import { addonKey, librariesKey } from './keys';
import { muteFile } from './mute';
import { probeAddon } from './probe';
import type { Recipe } from './recipe';
import { addonPackageVersion } from './sources';
import { findCompiler, findPython } from './tools';
import { unpackWheel } from './unpack';

/** The plans for a recipe; each is built in its turn. `root` is the engines' folder. */
export function plansFor(recipe: Recipe, root: string): readonly [libraries: BuildPlan, addon: BuildPlan] {
  return [librariesPlan(recipe, root), addonPlan(recipe, root)];
}

const titleOf = ({ tensorflow, flavour }: Recipe): string =>
  `TensorFlow ${tensorflow} for ${flavour === 'gpu' ? 'NVIDIA GPUs' : 'the CPU'}`;

/** The tools, the compiler too, are looked for before anything is downloaded. */
function librariesPlan(recipe: Recipe, root: string): BuildPlan {
  const downloads = recipe.wheels.map((wheel) => wheel.bytes);
  const earlier = findEarlierLibraries(root, recipe);
  const fetching: readonly BuildStep[] = [
    { label: 'looking for pip and a C++ compiler', run: checkTools },
    { label: `downloading ${megabytes(downloads)}`, run: (context) => fetchWheels(recipe, context) },
  ];
  return {
    key: librariesKey(recipe),
    title: titleOf(recipe),
    version: recipe.tensorflow,
    // A wheel is removed once it is unpacked: the largest is the most there is at a time. Links take no room.
    bytes: earlier === undefined ? recipe.keptBytes + Math.max(...downloads) : 50e6,
    files: recipe.libraries.map((library) => path.posix.join(siteFolder, library)),
    needs: [],
    steps: earlier === undefined ? fetching : [adopting(earlier)],
  };
}

function addonPlan(recipe: Recipe, root: string): BuildPlan {
  const libraries = librariesKey(recipe);
  return {
    key: addonKey(recipe),
    title: `The Node addon for ${titleOf(recipe)}`,
    version: recipe.tensorflow,
    bytes: 50e6,
    files: [addonFile, muteFile],
    needs: [libraries],
    steps: [
      {
        label: `compiling the addon of tfjs-node-gpu ${addonPackageVersion()}`,
        run: async ({ folder }) =>
          compileAddon(folder, path.join(root, libraries), recipe, await findCompiler()),
      },
      { label: 'trying it', run: tryAddon },
    ],
  };
}

function adopting(earlier: string): BuildStep {
  return {
    label: `taking the libraries from ${path.basename(path.dirname(earlier))}`,
    run: async ({ folder }) => linkFolder(earlier, path.join(folder, siteFolder)),
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
  throw new InkwellError('ENGINE_BROKEN', `The addon was built but does not work: ${probe.why}.`, {
    hint: 'The book runs on WebAssembly meanwhile; `npx inkwell doctor` shows what is here.',
  });
}

function megabytes(sizes: readonly number[]): string {
  return `${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6)} MB`;
}
