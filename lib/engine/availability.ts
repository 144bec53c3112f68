/** Whether each engine can be had on this machine right now, and why not. */
import { InkwellError } from '../core/errors';
import type { EngineName } from './names';
import { findAddon } from './native/find';
import { findGpu } from './native/gpu';
import { type Flavour, type Recipe, recipeFor, thisMachine } from './native/recipe';
import * as tf from './tf';
import { wasmFolder, wasmVersion } from './wasm/load';

export interface Usable {
  readonly kind: 'usable';
  readonly version: string;
  /** The addon, or the folder of the wasm files. */
  readonly path?: string;
}

export interface Unusable {
  readonly kind: 'unusable';
  readonly why: string;
  /** What would make it usable. */
  readonly enable: string;
  /** What to build to make it usable, where that is all it takes. */
  readonly recipe?: Recipe;
}

export type Availability = Usable | Unusable;

/** Looks, downloads nothing, builds nothing; a native addon is tried in a process of its own. */
export function checkEngine(name: EngineName): Promise<Availability> {
  return checks[name]();
}

const checks: Readonly<Record<EngineName, () => Promise<Availability>>> = {
  'tensorflow-gpu': async () => {
    const gpu = await findGpu();
    if (gpu.kind === 'none') {
      return { kind: 'unusable', why: gpu.why, enable: 'an NVIDIA GPU with a driver that supports CUDA 12' };
    }
    return checkAddon('gpu');
  },
  tensorflow: () => checkAddon('cpu'),
  wasm: async () => {
    if ('WebAssembly' in globalThis) return { kind: 'usable', version: wasmVersion(), path: wasmFolder() };
    return { kind: 'unusable', why: 'this Node runs without WebAssembly', enable: 'Node without --jitless' };
  },
  cpu: async () => ({ kind: 'usable', version: tf.version.tfjs }),
};

async function checkAddon(flavour: Flavour): Promise<Availability> {
  const found = await findAddon(flavour);
  if (found.kind === 'found') return { kind: 'usable', version: found.version, path: found.addon };
  const { why } = found;
  const choice = recipeFor(flavour, thisMachine());
  if (choice.kind === 'recipe') {
    return { kind: 'unusable', why, enable: 'npx inkwell prepare', recipe: choice.recipe };
  }
  return {
    kind: 'unusable',
    why,
    enable: 'the stock addon of @tensorflow/tfjs-node, or another kind of machine',
  };
}

/** The error for an engine that was asked for by name. */
export function unavailable(name: EngineName, { why, enable }: Unusable): InkwellError {
  return new InkwellError(
    'ENGINE_UNAVAILABLE',
    `The engine "${name}" was asked for, but cannot be had: ${why}.`,
    {
      hint: `What would enable it: ${enable}.`,
    },
  );
}
