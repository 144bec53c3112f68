/** `inkwell bench training`: milliseconds a training step and a batch of predictions, ours beside the rivals'. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../core/write-whole';
import type { ContenderName } from '../bench/contenders';
import { machineText } from '../bench/machine';
import {
  benchTraining,
  fastestOf,
  speedUp,
  type TrainingBench,
  type WorkloadResult,
} from '../bench/training';
import { workloadsOf } from '../bench/workloads';
import { createTerminal, formatTable } from '../terminal';

export interface TrainingFlags {
  readonly json?: boolean;
  readonly made?: boolean;
  /** Names of workloads; all where there are none. */
  readonly only: readonly string[];
  /** A whole number, as the command line gives it. */
  readonly rounds: string;
  /** The file for the result. */
  readonly out: string;
}

/** The columns: one contender, or of several the fastest. */
const COLUMNS: readonly (readonly [string, readonly ContenderName[]])[] = [
  ['inkwell', ['inkwell']],
  ['inkwell eager', ['inkwell eager']],
  [
    'PyTorch, best of four modes',
    ['pytorch', 'torch.compile', 'pytorch channels_last', 'torch.compile channels_last'],
  ],
  ['onnxruntime', ['onnxruntime']],
  ['tensorflow', ['tensorflow']],
  ['tfjs native', ['tfjs native']],
  ['tfjs wasm', ['tfjs wasm']],
];

/** PyTorch's modes in a letter or two: e(ager) or c(ompiled), and l for channels_last. */
const MODES: Readonly<Partial<Record<ContenderName, string>>> = {
  pytorch: ' e',
  'torch.compile': ' c',
  'pytorch channels_last': ' el',
  'torch.compile channels_last': ' cl',
};

function row(result: WorkloadResult): string[] {
  const cells = COLUMNS.map(([, names]) => {
    const time = fastestOf(result, names);
    if (time === undefined) return '–';
    const digits = time.stepMs < 100 ? 2 : 0;
    return `${time.stepMs.toFixed(digits)} (${time.threads}${MODES[time.contender] ?? ''})`;
  });
  const ratio = speedUp(result);
  return [result.workload, ...cells, Number.isNaN(ratio) ? '–' : `${ratio.toFixed(2)}×`];
}

/** One task's workloads as a table. */
function table(workloads: readonly WorkloadResult[]): string[] {
  if (workloads.length === 0) return [];
  const heading = ['net:batch', ...COLUMNS.map(([title]) => title), 'best rival / ours'];
  return [formatTable([heading, ...workloads.map(row)]), ''];
}

/** All that failed, each reason once. */
function failures({ contenders, workloads }: TrainingBench): string[] {
  const atStart = contenders.flatMap((one) =>
    'failed' in one ? [`${one.name}: ${one.failed.split('\n')[0]}`] : [],
  );
  const started = new Set(contenders.flatMap((one) => ('failed' in one ? [] : [one.name])));
  const inWorkloads = workloads.flatMap(({ workload, times }) =>
    times.flatMap((time) =>
      'failed' in time && started.has(time.contender)
        ? [`${time.contender}, ${workload}: ${time.failed.split('\n')[0]}`]
        : [],
    ),
  );
  return [...atStart, ...inWorkloads].map((line) => `no numbers of ${line}`);
}

/** The table of a training bench. */
export function formatTrainingBench(bench: TrainingBench): string {
  const { dataSet, images, rounds, roundMs, workloads } = bench;
  const versions = bench.contenders.flatMap((one) => ('failed' in one ? [] : [`${one.name} ${one.version}`]));
  return [
    ...table(workloads.filter(({ task }) => task === 'train')),
    ...table(workloads.filter(({ task }) => task === 'predict')),
    `ms a step (threads, the faster of 1 and 2; of PyTorch the mode: e eager, c compiled, l channels_last);`,
    `medians of ${rounds} rounds of ${roundMs} ms, in turn`,
    `the first ${images} digits of ${dataSet}, noise where a net takes other pictures`,
    ...workloads.map(
      ({ workload, title, task, optimizer }) =>
        `${workload}: ${title}, ${task === 'train' ? optimizer : task}`,
    ),
    versions.join(', '),
    ...failures(bench),
    `${bench.date}, ${machineText(bench.machine)}`,
  ].join('\n');
}

/** Measures, prints and stores; returns the exit status, 1 where ours has no numbers. */
export async function trainingBench(flags: TrainingFlags): Promise<number> {
  const rounds = Number(flags.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`bench training: --rounds must be a whole number from 1, got "${flags.rounds}"`);
  }
  const bench = await benchTraining({
    workloads: workloadsOf(flags.only),
    rounds,
    source: flags.made ? 'made' : 'mnist',
    onProgress: createTerminal().progress,
  });
  const json = `${JSON.stringify(bench, null, 2)}\n`;
  await mkdir(path.dirname(flags.out), { recursive: true });
  await writeWhole(flags.out, json);
  process.stdout.write(flags.json ? json : `${formatTrainingBench(bench)}\nstored in ${flags.out}\n`);
  const ours = bench.workloads.flatMap(({ times }) =>
    times.filter(({ contender }) => contender === 'inkwell'),
  );
  return ours.some((time) => 'failed' in time) ? 1 : 0;
}
