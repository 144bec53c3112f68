/**
 * Kernels side by side, in one run on one machine: start, cells, memory. The
 * command `inkwell bench kernel` prints what this returns.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import { startTimed, type TimedKernel } from './client';
import { argvOf, CONTESTANTS, type Contestant } from './contestants';

/** What was measured of one kernel. Times in ms, medians where there are several; null: not for this kernel. */
export interface KernelTimes {
  readonly name: Contestant;
  readonly startMs: number;
  /** `1 + 1`, sent as soon as the kernel had answered its first question. */
  readonly firstCellMs: number;
  /** `1 + 1` as the first cell, sent a second later. */
  readonly firstCellLaterMs: number;
  readonly trivialCellMs: number;
  /** `import * as tf from '@tensorflow/tfjs'`. */
  readonly importMs: number | null;
  /** A cell that uses it. */
  readonly afterImportCellMs: number | null;
  /** 1e7 iterations at top level. */
  readonly loopMs: number;
  /** Resident memory of all its processes after 150 cells, MB; null where the platform has no `ps`. */
  readonly rssMb: number | null;
}

export interface BenchFailure {
  readonly name: Contestant;
  /** Why there are no numbers. */
  readonly failed: string;
}

export interface KernelBench {
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly load: number;
  };
  /** The same loop at top level of a script that plain Node runs, ms. */
  readonly plainNodeLoopMs: number;
  readonly kernels: ReadonlyArray<KernelTimes | BenchFailure>;
}

export interface BenchOptions {
  readonly kernels?: readonly Contestant[];
  /** Starts of each kernel whose first cell comes at once, and as many whose first cell comes later; default 5. */
  readonly starts?: number;
  /** Where cells run; it must see `@tensorflow/tfjs`. Default the working folder. */
  readonly directory?: string;
  readonly onProgress?: ProgressListener;
}

const FIRST_CELL = '1 + 1';
const LATER_MS = 1000;
const CELLS = 30;
const MORE_CELLS = 60;
const LOOP = 'let s = 0; for (let i = 0; i < 1e7; i++) s += i;';
const PYTHON_LOOP = 's = 0\nfor i in range(10000000): s += i';

/** Measures kernels one after another. One that cannot be had or fails is reported with the reason. */
export async function benchKernels(options: BenchOptions = {}): Promise<KernelBench> {
  const { kernels = CONTESTANTS, starts = 5, directory = process.cwd(), onProgress } = options;
  const results: Array<KernelTimes | BenchFailure> = [];
  for (const [done, name] of kernels.entries()) {
    onProgress?.({ label: name, done, total: kernels.length, unit: 'steps' });
    try {
      results.push(await measure(name, starts, directory));
    } catch (thrown) {
      results.push({ name, failed: messageOf(thrown) });
    }
  }
  const [cpu] = cpus();
  return {
    date: new Date().toISOString(),
    machine: {
      cpu: cpu?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      load: loadavg()[0] ?? 0,
    },
    plainNodeLoopMs: plainLoop(),
    kernels: results,
  };
}

async function measure(name: Contestant, starts: number, directory: string): Promise<KernelTimes> {
  const argv = await argvOf(name);
  const all: { startMs: number; firstCellMs: number }[] = [];
  const later: number[] = [];
  for (let i = 0; i < starts; i++) {
    all.push(await withKernel(argv, directory, firstCell));
    later.push(
      await withKernel(argv, directory, async (kernel) => {
        await sleep(LATER_MS);
        return kernel.cell(FIRST_CELL);
      }),
    );
  }
  const cells = await withKernel(argv, directory, async (kernel) => {
    await firstCell(kernel);
    return measureCells(kernel, name);
  });
  return {
    name,
    startMs: median(all.map(({ startMs }) => startMs)),
    firstCellMs: median(all.map(({ firstCellMs }) => firstCellMs)),
    firstCellLaterMs: median(later),
    ...cells,
  };
}

const firstCell = async (kernel: TimedKernel): Promise<{ startMs: number; firstCellMs: number }> => ({
  startMs: kernel.startMs,
  firstCellMs: await kernel.cell(FIRST_CELL),
});

async function withKernel<Result>(
  argv: readonly string[],
  directory: string,
  use: (kernel: TimedKernel) => Promise<Result>,
): Promise<Result> {
  const kernel = await startTimed(argv, directory);
  try {
    return await use(kernel);
  } finally {
    kernel.stop();
  }
}

async function measureCells(
  kernel: TimedKernel,
  name: Contestant,
): Promise<Omit<KernelTimes, 'name' | 'startMs' | 'firstCellMs' | 'firstCellLaterMs'>> {
  const isPython = name === 'ipykernel';
  const declare = (variable: string, i: number): string =>
    isPython
      ? `${variable}${i} = ${i}; ${variable}${i} + 1`
      : `let ${variable}${i} = ${i}; ${variable}${i} + 1`;
  await times(kernel, CELLS, (i) => declare('warm', i));
  const trivialCellMs = median(await times(kernel, CELLS, (i) => declare('cell', i)));
  const imported = isPython ? null : await measureImport(kernel, name);
  const loopMs = await kernel.cell(isPython ? PYTHON_LOOP : LOOP);
  await times(kernel, MORE_CELLS, (i) => declare('more', i));
  return {
    trivialCellMs,
    importMs: imported?.importMs ?? null,
    afterImportCellMs: imported?.afterImportCellMs ?? null,
    loopMs,
    rssMb: residentMb(kernel.pid),
  };
}

async function measureImport(
  kernel: TimedKernel,
  name: Contestant,
): Promise<{ importMs: number; afterImportCellMs: number }> {
  const specifier = name === 'deno' ? 'npm:@tensorflow/tfjs@4.22.0' : '@tensorflow/tfjs';
  const importMs = await kernel.cell(`import * as tf from '${specifier}'; tf.setBackend('cpu');`);
  await kernel.cell('const t0 = tf.tensor([1, 2, 3]); t0.shape');
  const cells = await times(kernel, CELLS, (i) => `const t${i + 1} = tf.add(t${i}, 1); t${i + 1}.shape`);
  return { importMs, afterImportCellMs: median(cells) };
}

async function times(kernel: TimedKernel, count: number, code: (i: number) => string): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) all.push(await kernel.cell(code(i)));
  return all;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Plain Node's own REPL-like evaluation: `node -e` runs a script whose variables are global, as a cell's are. */
function plainLoop(): number {
  const script = `const startMs = performance.now(); ${LOOP} console.log(performance.now() - startMs);`;
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

/** Of a process and all below it. */
function residentMb(pid: number): number | null {
  let table: string;
  try {
    table = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  } catch {
    return null;
  }
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const sum = (parent: number): number =>
    rows.reduce((total, [id = 0, above, rss = 0]) => {
      if (id === parent) return total + rss;
      return above === parent ? total + sum(id) : total;
    }, 0);
  return Math.round(sum(pid) / 1024);
}
