/**
 * Loading the WebAssembly engine from the files of its npm package.
 *
 * In Node TensorFlow.js knows SIMD but no threads: its threaded build starts
 * browser workers from a blob address, so it runs on one thread here.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '../tf';
import { installWasmKernels } from './kernels';

const requireHere = createRequire(__filename);
const packageName = '@tensorflow/tfjs-backend-wasm';

/** The folder with the `.wasm` files, on this disk. */
export function wasmFolder(): string {
  return path.join(path.dirname(requireHere.resolve(`${packageName}/package.json`)), 'dist');
}

/** The version of the package, e.g. `4.22.0`. */
export function wasmVersion(): string {
  return (requireHere(`${packageName}/package.json`) as { version: string }).version;
}

/** Loads the engine and the kernels that it lacks; does nothing where it is loaded. */
export async function loadWasm(): Promise<{ readonly simd: boolean; readonly threads: number }> {
  if (tf.findBackendFactory('wasm') === null) {
    const { setWasmPaths } = requireHere(packageName) as typeof import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${wasmFolder()}${path.sep}`);
  }
  await keepingListeners(async () => {
    await tf.setBackend('wasm');
    await tf.ready();
  });
  installWasmKernels();
  return { simd: (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) as boolean, threads: 1 };
}

/**
 * Emscripten's start-up code listens for uncaught errors of the whole process
 * and rethrows them, which would end a kernel whose cell merely forgot an
 * `await`: take those listeners off again.
 */
async function keepingListeners(work: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.listeners(event as 'uncaughtException')));
  await work();
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[i]?.has(listener)) process.off(event, listener);
    }
  });
}
