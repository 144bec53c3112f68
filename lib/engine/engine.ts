/**
 * Choosing the engine that the book computes with, and switching it on.
 *
 * The order is: libtensorflow on a GPU, libtensorflow on the CPU, XNNPACK in
 * WebAssembly, plain JavaScript. Nothing is downloaded or built here; that is
 * `prepareEngine`.
 */
import { checkOptions } from '../core/argument';
import { oneOf } from '../core/argument-kinds';
import { InkwellError } from '../core/errors';
import { recordEngine } from '../core/facts';
import { checkEngine, type Usable, unavailable } from './availability';
import { registerBatchNorm } from './batch-norm';
import { registerFileHandlers } from './files';
import { registerGradients } from './gradients/register';
import { installCpuKernels } from './kernels/install';
import { registerLstm } from './lstm';
import { type EngineName, engineNames, requestedEngine } from './names';
import { loadNative } from './native/load';
import { quietCpu } from './quiet';
import * as tf from './tf';
import { threadCount } from './threads';
import { loadWasm } from './wasm/load';

export type { EngineName } from './names';

/** An engine that is switched on. */
export interface Engine {
  readonly name: EngineName;
  /** The TensorFlow.js back end: `tensorflow`, `wasm` or `cpu`. */
  readonly backend: string;
  readonly device: 'gpu' | 'cpu';
  /** TensorFlow's version (`2.21.0`) for the native engines, else TensorFlow.js's. */
  readonly version: string;
  readonly threads: number;
  /** The one line that says which engine is active, and how to get a better one. */
  readonly description: string;
}

let active: Engine | undefined;
let switching: Promise<unknown> = Promise.resolve();

/** The engine that `useEngine` has switched on, or undefined. */
export function currentEngine(): Engine | undefined {
  return active;
}

/**
 * Switches on an engine and returns it; again, it returns the one that is on.
 *
 * @param options.engine the engine to use; default `$INKWELL_ENGINE`, else the
 *   first of the order that works.
 * @throws InkwellError `ENGINE_UNKNOWN` for a name there is not,
 *   `ENGINE_UNAVAILABLE` where the engine that was named cannot be had.
 */
export async function useEngine(options: { engine?: EngineName } = {}): Promise<Engine> {
  checkOptions('useEngine', options, { engine: oneOf(...engineNames) });
  const mine = switching.then(() => switchTo(options.engine));
  switching = mine.catch(() => {}); // one at a time; a failure is the caller's, not the next one's
  return mine;
}

async function switchTo(option: EngineName | undefined): Promise<Engine> {
  const requested = requestedEngine(option);
  if (active !== undefined && (option ?? active.name) === active.name) {
    // Somebody may have called tf.setBackend meanwhile.
    if (tf.getBackend() !== active.backend) await tf.setBackend(active.backend);
    return active;
  }
  const passedOver: string[] = [];
  for (const name of requested === undefined ? engineNames : [requested]) {
    const availability = await checkEngine(name);
    if (availability.kind === 'usable') {
      active = await start(name, availability, passedOver);
      recordEngine(`${active.name} ${active.version}`);
      return active;
    }
    if (requested !== undefined) throw unavailable(name, availability);
    passedOver.push(`${name}: ${availability.why}`);
  }
  throw new InkwellError('ENGINE_UNAVAILABLE', `No engine works here. ${passedOver.join('; ')}`);
}

async function start(name: EngineName, usable: Usable, passedOver: readonly string[]): Promise<Engine> {
  const engine = await starters[name](usable, passedOver);
  await tf.setBackend(engine.backend);
  await tf.ready();
  quietCpu();
  // Else an array with rows of different lengths makes a tensor of too few values, without a word.
  tf.env().set('TENSORLIKE_CHECK_SHAPE_CONSISTENCY', true);
  registerFileHandlers();
  registerGradients();
  registerLstm();
  registerBatchNorm();
  return engine;
}

const starters: Readonly<
  Record<EngineName, (usable: Usable, passedOver: readonly string[]) => Engine | Promise<Engine>>
> = {
  'tensorflow-gpu': (usable) => startNative('tensorflow-gpu', usable, 'gpu'),
  tensorflow: (usable) => startNative('tensorflow', usable, 'cpu'),
  wasm: async ({ version }, passedOver) => {
    const { simd, threads } = await loadWasm();
    const description = `wasm: TensorFlow.js ${version} in WebAssembly${simd ? ' with SIMD' : ''}, ${threadsText(threads)}`;
    return {
      name: 'wasm',
      backend: 'wasm',
      device: 'cpu',
      version,
      threads,
      description: description + better(passedOver),
    };
  },
  cpu: ({ version }, passedOver) => {
    installCpuKernels();
    const description = `cpu: TensorFlow.js ${version} in plain JavaScript (slow)${better(passedOver)}`;
    return { name: 'cpu', backend: 'cpu', device: 'cpu', version, threads: 1, description };
  },
};

function startNative(name: EngineName, { path }: Usable, device: 'gpu' | 'cpu'): Engine {
  const binding = loadNative(path as string, device);
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS']) || threadCount();
  const version = binding.TF_Version;
  const where = device === 'gpu' ? 'on an NVIDIA GPU' : `on the CPU, ${threadsText(threads)}`;
  return {
    name,
    backend: 'tensorflow',
    device,
    version,
    threads,
    description: `${name}: TensorFlow ${version} ${where}`,
  };
}

function threadsText(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

/** How to get the native engine, where it was passed over (not where another one was asked for). */
function better(passedOver: readonly string[]): string {
  return passedOver.length === 0 ? '' : '; for the faster native engine run: npx inkwell prepare';
}
