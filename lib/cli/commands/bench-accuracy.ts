/** `inkwell bench accuracy`: the time from the start of the process to 99 % on MNIST's test set. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { writeWhole } from '../../core/write-whole';
import { type AccuracyBench, benchAccuracy } from '../bench/accuracy';
import { machineText } from '../bench/machine';
import { createTerminal, formatTable } from '../terminal';

export interface AccuracyFlags {
  readonly json?: boolean;
  readonly made?: boolean;
  /** A whole number, as the command line gives it. */
  readonly seed: string;
  /** The file for the result. */
  readonly out: string;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** A result as a table. */
export function formatAccuracyBench(bench: AccuracyBench): string {
  const { images, target } = bench;
  const rows = [
    ['test accuracy', percent(bench.testAccuracy)],
    ['seconds since the process started', bench.seconds.toFixed(1)],
    [
      'validation accuracy',
      `${percent(bench.validationAccuracy)}, epoch ${bench.bestEpoch} of ${bench.epochs}`,
    ],
    [
      'data',
      `${bench.dataSet}: ${images.train} to train, ${images.validation} to choose, ${images.test} to test`,
    ],
    ['engine', `${bench.engine}, ${bench.threads} ${bench.threads === 1 ? 'thread' : 'threads'}`],
    ['seed', String(bench.seed)],
  ];
  const goal = `${percent(target.accuracy)} of MNIST in ${target.seconds} s`;
  const verdict =
    bench.dataSet === 'MNIST' ? (isReached(bench) ? 'reached' : 'missed') : 'says nothing of MNIST';
  return [
    formatTable([['what', bench.dataSet], ...rows]),
    '',
    `target ${goal}: ${verdict}`,
    `${bench.date}, ${machineText(bench.machine)}`,
  ].join('\n');
}

function isReached({ testAccuracy, seconds, target }: AccuracyBench): boolean {
  return testAccuracy >= target.accuracy && seconds <= target.seconds;
}

/** Measures, prints and stores; returns the exit status, 1 where the target on MNIST is missed. */
export async function accuracyBench(flags: AccuracyFlags): Promise<number> {
  const bench = await measure(flags);
  const json = `${JSON.stringify(bench, null, 2)}\n`;
  await mkdir(path.dirname(flags.out), { recursive: true });
  await writeWhole(flags.out, json);
  process.stdout.write(flags.json ? json : `${formatAccuracyBench(bench)}\nstored in ${flags.out}\n`);
  return bench.dataSet === 'MNIST' && !isReached(bench) ? 1 : 0;
}

async function measure({ seed, made }: AccuracyFlags): Promise<AccuracyBench> {
  const { progress } = createTerminal();
  const options = { seed: wholeNumber(seed), onProgress: progress };
  if (made) return benchAccuracy({ ...options, source: 'made' });
  try {
    return await benchAccuracy(options);
  } catch (error) {
    if (!(error instanceof InkwellError) || !error.code.startsWith('DATA_')) throw error;
    throw new InkwellError(
      'BENCH_DATA',
      `bench accuracy is about MNIST, which is not here: ${error.message}`,
      {
        hint: 'With --made it runs on the digits that the project draws, and says so; that figure says nothing of MNIST.',
        cause: error,
      },
    );
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value)) return value;
  throw new RangeError(`bench accuracy: --seed must be a whole number, got "${text}"`);
}
