/** Who takes part in `inkwell bench training`, and how to start them. */
import path from 'node:path';
import { projectRoot } from '../../core/paths';
import type { ContenderCommand } from './contender';
import { pythonOf, type Rival } from './python';
import type { Workload } from './workloads';

export const CONTENDERS = [
  'inkwell',
  'inkwell eager',
  'pytorch',
  'torch.compile',
  'pytorch channels_last',
  'torch.compile channels_last',
  'onnxruntime',
  'tensorflow',
  'tfjs native',
  'tfjs wasm',
] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** The rivals that count: with compilers and native code of their own; of PyTorch's four modes the best. */
export const RIVALS: readonly ContenderName[] = [
  'pytorch',
  'torch.compile',
  'pytorch channels_last',
  'torch.compile channels_last',
  'onnxruntime',
  'tensorflow',
];

/** Whether a contender takes part: each in what it is written for. */
export function takesPart(name: ContenderName, { task, spec, shape }: Workload): boolean {
  if (name === 'onnxruntime') return task === 'predict';
  if (name.endsWith('channels_last')) return spec.inputShape.length === 3;
  if (name === 'tensorflow' || name.startsWith('tfjs')) return task === 'train' && shape !== undefined;
  return true;
}

/** The numbers of threads to try; WebAssembly has one in Node. */
export function threadsOf(name: ContenderName): readonly number[] {
  return name === 'tfjs wasm' ? [1] : [1, 2];
}

/**
 * How to start a contender.
 *
 * @param folder of the data.
 * @throws InkwellError `BENCH_INSTALL` where a rival cannot be had.
 */
export async function commandOf(
  name: ContenderName,
  threads: number,
  folder: string,
): Promise<ContenderCommand> {
  const words = [folder, String(threads)];
  switch (name) {
    case 'inkwell':
      return script('inkwell.js', threads, [...words, 'compiled']);
    case 'inkwell eager':
      return script('inkwell.js', threads, [...words, 'eager']);
    case 'tfjs native':
      return script('stock-tfjs.js', threads, [...words, 'native']);
    case 'tfjs wasm':
      return script('stock-tfjs.js', threads, [...words, 'wasm']);
    case 'pytorch':
      return python('pytorch', 'train_pytorch', threads, [...words, 'eager', 'contiguous']);
    case 'torch.compile':
      return python('pytorch', 'train_pytorch', threads, [...words, 'compiled', 'contiguous']);
    case 'pytorch channels_last':
      return python('pytorch', 'train_pytorch', threads, [...words, 'eager', 'channels_last']);
    case 'torch.compile channels_last':
      return python('pytorch', 'train_pytorch', threads, [...words, 'compiled', 'channels_last']);
    case 'onnxruntime':
      return python('pytorch', 'predict_onnx', threads, words);
    case 'tensorflow':
      return python('tensorflow', 'train_tensorflow', threads, words);
  }
}

function script(file: string, threads: number, words: readonly string[]): ContenderCommand {
  const command = [process.execPath, path.join(__dirname, 'contenders', file), ...words];
  return { command, environment: { INKWELL_THREADS: String(threads), INKWELL_ENGINE: 'tensorflow' } };
}

async function python(
  rival: Rival,
  name: string,
  threads: number,
  words: readonly string[],
): Promise<ContenderCommand> {
  // The scripts are not compiled: they lie beside the sources only.
  const file = path.join(projectRoot(), 'lib', 'cli', 'bench', 'contenders', `${name}.py`);
  const environment = { OMP_NUM_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1' };
  return { command: [await pythonOf(rival), file, ...words], environment };
}
