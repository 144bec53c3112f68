/**
 * One training step, and one batch of predictions, of several nets: ours beside
 * PyTorch's, ONNX Runtime's, TensorFlow's and stock TensorFlow.js's, in one run
 * on one machine. All have the same nets with weights of the same scale, the
 * same optimizer and the same digits (or noise, where a net takes other
 * pictures), which lie in memory; each has the number of threads that suits it
 * best. They take turns in rounds, so that a change of the machine's load meets all.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import { loadDigits } from '../../data/digits';
import { CONTENDERS, type ContenderName, RIVALS, takesPart } from './contenders';
import { type Machine, thisMachine } from './machine';
import { type Absent, type Entry, enter, type Stabled, startContender } from './stable';
import { median } from './statistics';
import { WORKLOADS, type Workload } from './workloads';

/** What a contender took for a step of a workload. */
export interface StepTime {
  readonly contender: ContenderName;
  /** The number of threads with which it was fastest. */
  readonly threads: number;
  /** The median of the rounds' medians. */
  readonly stepMs: number;
  /** The shortest step of all: what the machine allows when nothing else runs. */
  readonly leastMs: number;
  /** The rounds' medians, in order. */
  readonly rounds: readonly number[];
  /** With the other numbers of threads. */
  readonly others: readonly { readonly threads: number; readonly stepMs: number }[];
  /** The last loss: evidence that it trains. */
  readonly loss: number;
}

export interface Failed {
  readonly contender: ContenderName;
  /** Why there are no numbers. */
  readonly failed: string;
}

export interface WorkloadResult {
  readonly workload: string;
  readonly title: string;
  readonly task: Workload['task'];
  readonly optimizer: Workload['optimizer'];
  readonly batchSize: number;
  /** Of those who take part. */
  readonly times: readonly (StepTime | Failed)[];
}

export interface TrainingBench {
  readonly date: string;
  readonly machine: Machine;
  /** What the digits are: `MNIST` or `made digits`. */
  readonly dataSet: string;
  /** How many of them lie in memory. */
  readonly images: number;
  readonly rounds: number;
  /** How long each contender trains in a round, ms. */
  readonly roundMs: number;
  readonly contenders: readonly (
    | { readonly name: ContenderName; readonly version: string }
    | { readonly name: ContenderName; readonly failed: string }
  )[];
  readonly workloads: readonly WorkloadResult[];
}

export interface TrainingBenchOptions {
  readonly workloads?: readonly Workload[];
  readonly contenders?: readonly ContenderName[];
  /** Default 9. */
  readonly rounds?: number;
  /** Default 300. */
  readonly roundMs?: number;
  /** `mnist`, the default, or an error; `made`: the project's own digits. */
  readonly source?: 'mnist' | 'made';
  /** Default 10,000. */
  readonly images?: number;
  readonly onProgress?: ProgressListener;
}

/**
 * Measures. Rivals are installed into the cache where they are not there; one
 * that cannot be had or fails is named with the reason.
 *
 * @throws InkwellError `DATA_…` where MNIST cannot be had and made digits were not asked for.
 */
export async function benchTraining(options: TrainingBenchOptions = {}): Promise<TrainingBench> {
  const { workloads = WORKLOADS, contenders = CONTENDERS, rounds = 9, roundMs = 300 } = options;
  const { source = 'mnist', images = 10_000, onProgress } = options;
  const digits = await loadDigits({ source, trainCount: images, testCount: 0 });
  const folder = await mkdtemp(path.join(tmpdir(), 'inkwell-bench-'));
  const all: (Stabled | Absent)[] = [];
  try {
    await writeFile(
      path.join(folder, 'images.f32'),
      Float32Array.from(digits.train.images, (value) => value / 255),
    );
    await writeFile(path.join(folder, 'labels.u8'), digits.train.labels);
    const wanted = contenders.filter((name) => workloads.some((workload) => takesPart(name, workload)));
    for (const name of wanted) {
      onProgress?.({ label: 'starting', done: all.length, total: wanted.length, unit: 'steps' });
      all.push(await startContender(name, folder));
    }
    const results: WorkloadResult[] = [];
    for (const workload of workloads) {
      onProgress?.({ label: 'workloads', done: results.length, total: workloads.length, unit: 'steps' });
      results.push(await measure(workload, all, { rounds, roundMs }));
    }
    return {
      date: new Date().toISOString(),
      machine: thisMachine(),
      dataSet: digits.name,
      images,
      rounds,
      roundMs,
      contenders: all.map((one) =>
        'failed' in one ? { name: one.name, failed: one.failed } : { name: one.name, version: one.version },
      ),
      workloads: results,
    };
  } finally {
    for (const one of all)
      if ('processes' in one) for (const { contender } of one.processes) contender.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  workload: Workload,
  all: readonly (Stabled | Absent)[],
  { rounds, roundMs }: Required<Pick<TrainingBenchOptions, 'rounds' | 'roundMs'>>,
): Promise<WorkloadResult> {
  const entries: Entry[] = [];
  const part = all.filter((one) => takesPart(one.name, workload));
  for (const one of part) if ('processes' in one) entries.push(...(await enter(one, workload)));
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < entries.length; place++) {
      // Nobody always runs after the same one.
      await takeTurn(entries[(place + round) % entries.length] as Entry, roundMs);
    }
  }
  const { name, title, task, optimizer, batchSize } = workload;
  const times = part.map((one) =>
    'failed' in one ? { contender: one.name, failed: one.failed } : resultOf(one.name, entries),
  );
  return { workload: name, title, task, optimizer, batchSize, times };
}

async function takeTurn(entry: Entry, roundMs: number): Promise<void> {
  if (entry.failed !== undefined) return;
  try {
    const { stepMs, loss } = await entry.contender.run(roundMs);
    entry.rounds.push(median(stepMs));
    entry.leastMs = stepMs.reduce((least, ms) => Math.min(least, ms), entry.leastMs);
    entry.loss = loss;
  } catch (error) {
    entry.failed = messageOf(error);
  }
}

/** The result of a contender: of its numbers of threads, the one with the lower median counts. */
function resultOf(contender: ContenderName, entries: readonly Entry[]): StepTime | Failed {
  const own = entries.filter(({ name }) => name === contender);
  const timed = own
    .filter(({ failed }) => failed === undefined)
    .map(({ threads, rounds, leastMs, loss }) => ({
      threads,
      stepMs: median(rounds),
      leastMs,
      rounds,
      loss,
    }))
    .sort((a, b) => a.stepMs - b.stepMs);
  const [best, ...others] = timed;
  if (best === undefined) return { contender, failed: own[0]?.failed ?? 'it did not run' };
  return { contender, ...best, others: others.map(({ threads, stepMs }) => ({ threads, stepMs })) };
}

/** The time of a contender, where it has one. */
export function timeOf({ times }: WorkloadResult, contender: ContenderName): StepTime | undefined {
  const found = times.find((time) => time.contender === contender);
  return found !== undefined && 'stepMs' in found ? found : undefined;
}

/** Of some contenders the fastest; undefined where none has numbers. */
export function fastestOf(
  result: WorkloadResult,
  contenders: readonly ContenderName[],
): StepTime | undefined {
  return contenders
    .flatMap((name) => timeOf(result, name) ?? [])
    .reduce<StepTime | undefined>(
      (best, time) => (best === undefined || time.stepMs < best.stepMs ? time : best),
      undefined,
    );
}

/** How many times as long the best rival takes as ours does, compiled; NaN where either has no numbers. */
export function speedUp(result: WorkloadResult): number {
  const rival = fastestOf(result, RIVALS)?.stepMs ?? Number.NaN;
  return rival / (timeOf(result, 'inkwell')?.stepMs ?? Number.NaN);
}
