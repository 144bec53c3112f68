/** Executes a notebook headless: one fresh kernel, the cells in order, a report. */
import path from 'node:path';
import { Kernel } from '../client/kernel';
import type { KernelSpec } from '../client/kernelspecs';
import { FACTS_KEY, type Facts } from '../core/facts';
import type { Profile } from '../core/profile';
import type { Notebook } from '../notebook/format';
import type { CellReport, NotebookReport } from './report';
import { NotebookRun, type RunOptions } from './run';

export interface ExecuteNotebookOptions extends RunOptions {
  readonly kernel: KernelSpec;
  /** The notebook's path. */
  readonly path: string;
  /** The kernel's working directory; default the notebook's folder. */
  readonly directory?: string;
  /** The scale of the run; the kernel finds it in `INKWELL_PROFILE`. */
  readonly profile: Profile;
}

export interface ExecutedNotebook {
  /** A copy with the outputs of this run, and of no earlier one. */
  readonly notebook: Notebook;
  readonly report: NotebookReport;
}

/** Asks the kernel, after the last cell, what the chapter used; its answer stays out of the notebook. */
async function askFacts(kernel: Kernel): Promise<Facts | undefined> {
  const code = `console.log(JSON.stringify((globalThis as any)[Symbol.for('${FACTS_KEY}')] ?? null));`;
  try {
    const { outputs } = await kernel.execute(code, { timeoutMs: 10_000 });
    const text = outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The kernel; undefined where the run is given up before it is there. */
async function startUnlessStopped(options: ExecuteNotebookOptions): Promise<Kernel | undefined> {
  const { kernel, path: file, directory = path.dirname(file), profile, signal } = options;
  try {
    return await Kernel.start(kernel, {
      directory: path.resolve(directory),
      env: { INKWELL_PROFILE: profile },
      ...(signal !== undefined && { signal }),
    });
  } catch (thrown) {
    if (signal?.aborted === true) return undefined;
    throw thrown;
  }
}

function verdictOf(cells: readonly CellReport[], { until }: RunOptions): 'passed' | 'failed' {
  const bad = ({ verdict }: CellReport): boolean =>
    verdict === 'failed' || (verdict === 'not run' && until === undefined);
  return cells.some(bad) ? 'failed' : 'passed';
}

/**
 * Runs a notebook on a fresh kernel and ends the kernel, whatever comes.
 *
 * A failing cell stops the run; the cells after it are reported `not run`. The
 * notebook that was passed in is not changed.
 *
 * @throws InkwellError `KERNEL_DIED`, `KERNEL_START` where the kernel does not start,
 *   `NOTEBOOK_PARAMETER` where a parameter is not the notebook's.
 */
export async function executeNotebook(
  notebook: Notebook,
  options: ExecuteNotebookOptions,
): Promise<ExecutedNotebook> {
  const started = performance.now();
  const run = new NotebookRun(notebook, options);
  const kernel = await startUnlessStopped(options);
  try {
    await run.all(kernel);
    const isStopped = kernel === undefined || options.signal?.aborted === true;
    const facts = isStopped ? undefined : await askFacts(kernel);
    const report: NotebookReport = {
      name: path.basename(options.path, '.ipynb'),
      path: options.path,
      verdict: verdictOf(run.reports, options),
      kernel: options.kernel.name,
      profile: options.profile,
      durationMs: performance.now() - started,
      facts,
      cells: run.reports,
    };
    return { notebook: run.notebook, report };
  } finally {
    await kernel?.shutdown();
  }
}
