/** `inkwell bench`: the project's measurements beside its rivals', in one run on one machine. */
import { projectRoot } from '../../core/paths';
import { benchKernels, type KernelBench, type KernelTimes } from '../../kernel/bench/bench';
import { createTerminal, formatTable } from '../terminal';

const show = (value: number | null, digits = 1): string => (value === null ? '–' : value.toFixed(digits));

function timesRow(times: KernelTimes): string[] {
  return [
    times.name,
    show(times.startMs, 0),
    show(times.firstCellMs),
    show(times.firstCellLaterMs),
    show(times.trivialCellMs),
    show(times.importMs, 0),
    show(times.afterImportCellMs),
    show(times.loopMs, 0),
    show(times.rssMb, 0),
  ];
}

const HEADING = [
  'kernel',
  'start',
  'first cell',
  'a second later',
  'cell',
  'import tfjs',
  'cell after',
  '1e7 loop',
  'RSS, MB',
];

/** The table of a kernel bench; times are in ms. */
function formatKernelBench(bench: KernelBench): string {
  const rows = bench.kernels.map((result) =>
    'failed' in result
      ? [result.name, `no numbers: ${result.failed.split('\n')[0]}`, '', '', '', '', '', '', '']
      : timesRow(result),
  );
  const { cpu, cores, memoryGb, load } = bench.machine;
  return [
    formatTable([HEADING, ...rows]),
    '',
    `ms, medians; the first cell is sent at once, or a second later; the same loop in plain Node: ${show(bench.plainNodeLoopMs, 0)} ms`,
    `${bench.date}, ${cpu}, ${cores} cores, ${memoryGb} GB, load ${show(load, 2)}`,
  ].join('\n');
}

/** Measures the kernels; returns the exit status, 1 where ours has no numbers. */
export async function kernelBench(flags: { readonly json?: boolean }): Promise<number> {
  const bench = await benchKernels({ directory: projectRoot(), onProgress: createTerminal().progress });
  process.stdout.write(`${flags.json ? JSON.stringify(bench, null, 2) : formatKernelBench(bench)}\n`);
  return bench.kernels.some((result) => result.name === 'inkwell' && 'failed' in result) ? 1 : 0;
}
