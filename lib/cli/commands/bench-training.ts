/** `inkwell bench training`: milliseconds a training step, ours beside the rivals'. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../../core/write-whole';
import { CONTENDERS, RIVALS } from '../bench/contenders';
import { machineText } from '../bench/machine';
import { benchTraining, speedUp, type TrainingBench, type WorkloadResult } from '../bench/training';
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

function row(result: WorkloadResult): string[] {
  const cells = CONTENDERS.map((name) => {
    const time = result.times.find(({ contender }) => contender === name);
    return time === undefined || 'failed' in time ? '–' : `${time.stepMs.toFixed(2)} (${time.threads})`;
  });
  const ratios = RIVALS.map((name) => speedUp(result, name));
  const show = (ratio: number): string => (Number.isNaN(ratio) ? '–' : `${ratio.toFixed(2)}×`);
  return [result.workload, ...cells, ratios.map(show).join(' ')];
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
    formatTable([['net:batch', ...CONTENDERS, `ours against ${RIVALS.join(', ')}`], ...workloads.map(row)]),
    '',
    `ms a step (threads, the faster of 1 and 2); medians of ${rounds} rounds of ${roundMs} ms, in turn`,
    `SGD on the first ${images} digits of ${dataSet}`,
    ...workloads.map(({ workload, title }) => `${workload}: ${title}`),
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
