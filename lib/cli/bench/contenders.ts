/** Who takes part in `inkwell bench training`, and how to start them. */
import path from 'node:path';
import { projectRoot } from '../../core/paths';
import type { ContenderCommand } from './contender';
import { pythonOf, type Rival } from './python';

export const CONTENDERS = [
  'inkwell',
  'inkwell eager',
  'pytorch',
  'torch.compile',
  'tensorflow',
  'tfjs native',
  'tfjs wasm',
] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** The rivals that count: with compilers and native code of their own. */
export const RIVALS: readonly ContenderName[] = ['pytorch', 'torch.compile', 'tensorflow'];

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
      return python('pytorch', threads, [...words, 'eager']);
    case 'torch.compile':
      return python('pytorch', threads, [...words, 'compiled']);
    case 'tensorflow':
      return python('tensorflow', threads, words);
  }
}

function script(file: string, threads: number, words: readonly string[]): ContenderCommand {
  const command = [process.execPath, path.join(__dirname, 'contenders', file), ...words];
  return { command, environment: { INKWELL_THREADS: String(threads), INKWELL_ENGINE: 'tensorflow' } };
}

async function python(rival: Rival, threads: number, words: readonly string[]): Promise<ContenderCommand> {
  // The scripts are not compiled: they lie beside the sources only.
  const file = path.join(projectRoot(), 'lib', 'cli', 'bench', 'contenders', `train_${rival}.py`);
  const environment = { OMP_NUM_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1' };
  return { command: [await pythonOf(rival), file, ...words], environment };
}
