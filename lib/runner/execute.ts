/**
 * Executes a notebook headless: one kernel, the cells in order, the outputs
 * collected into a copy. Tags and metadata are those that Jupyter's own tools
 * know: `skip-execution`, `raises-exception`, `parameters`, and
 * `metadata.execution.timeout` (seconds) on the notebook or a cell.
 */
import path from 'node:path';
import { Kernel } from '../client/kernel';
import type { KernelSpec } from '../client/kernelspecs';
import { InkwellError, messageOf } from '../core/errors';
import { FACTS_KEY, type Facts } from '../core/facts';
import { projectRoot } from '../core/paths';
import type { Profile } from '../core/profile';
import type { CellMetadata, CodeCell, Notebook, NotebookMetadata, Output } from '../notebook/format';
import { type OutlinedCell, outline } from './outline';
import { injectParameters, type Parameters } from './parameters';
import { portableOutputs } from './portable';
import type { CellReport, NotebookReport } from './report';

export interface ExecuteNotebookOptions {
  readonly kernel: KernelSpec;
  /** The notebook's path. */
  readonly path: string;
  /** The kernel's working directory; default the notebook's folder. */
  readonly directory?: string;
  readonly profile: Profile;
  readonly parameters?: Parameters;
  /** Time limit of a cell in ms where neither it nor the notebook sets one (default 10 minutes). */
  readonly timeoutMs?: number;
  /** Run the cells after one that failed as well (default false); a kernel that died stops the run all the same. */
  readonly keepGoing?: boolean;
  /** Run no cell after this number. */
  readonly until?: number;
  /** Called as a cell begins. */
  readonly onCell?: (cell: OutlinedCell, count: number) => void;
  /** Called as a cell ends. */
  readonly onCellEnd?: (report: CellReport) => void;
  /** Interrupts the running cell and runs no more. */
  readonly signal?: AbortSignal;
}

export interface ExecutedNotebook {
  /** A copy with the outputs of this run, and of no earlier one. */
  readonly notebook: Notebook;
  readonly report: NotebookReport;
}

/** tslab refuses cells for a while after an error; then asking again is all it takes. */
const ABORTED_RETRY_MS = 300;

function secondsOf(metadata: CellMetadata | NotebookMetadata): number | undefined {
  const execution = metadata['execution'] as { timeout?: unknown } | undefined;
  return typeof execution?.timeout === 'number' ? execution.timeout * 1000 : undefined;
}

/** A copy without outputs and counts. */
function cleared(notebook: Notebook): Notebook {
  const copy = structuredClone(notebook);
  for (const cell of copy.cells) {
    if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  }
  return copy;
}

/** Puts the error into the outputs where the kernel (tslab) did not. */
function withError(outputs: readonly Output[], error: { name: string; message: string }): Output[] {
  if (outputs.some((output) => output.output_type === 'error')) return [...outputs];
  const text = `${error.name}: ${error.message}`;
  return [
    ...outputs,
    { output_type: 'error', ename: error.name, evalue: error.message, traceback: text.split('\n') },
  ];
}

/** One notebook under execution. */
class Run {
  readonly notebook: Notebook;
  readonly cells: readonly OutlinedCell[];
  readonly reports: CellReport[] = [];
  readonly #options: ExecuteNotebookOptions;
  #stopped = false;

  constructor(notebook: Notebook, options: ExecuteNotebookOptions) {
    this.#options = options;
    this.notebook = cleared(injectParameters(notebook, options.parameters ?? {}));
    this.cells = outline(this.notebook);
  }

  async all(kernel: Kernel): Promise<void> {
    for (const cell of this.cells) {
      const report = await this.#one(kernel, cell);
      cell.cell.outputs = portableOutputs(cell.cell.outputs, projectRoot());
      this.reports.push(report);
      this.#options.onCellEnd?.(report);
    }
  }

  async #one(kernel: Kernel, cell: OutlinedCell): Promise<CellReport> {
    const { onCell, until = Number.POSITIVE_INFINITY, signal } = this.#options;
    const described = {
      id: cell.cell.id,
      number: cell.number,
      heading: cell.heading,
      firstLine: cell.firstLine,
    };
    if (this.#stopped || cell.number > until || signal?.aborted === true) {
      return { ...described, verdict: 'not run', durationMs: 0 };
    }
    if (cell.tags.includes('skip-execution') || cell.cell.source.trim() === '') {
      return { ...described, verdict: 'skipped', durationMs: 0 };
    }
    onCell?.(cell, this.cells.length);
    const started = performance.now();
    try {
      const outcome = await this.#execute(kernel, cell);
      this.#stopped = outcome.verdict === 'failed' && this.#options.keepGoing !== true;
      return { ...described, ...outcome };
    } catch (error) {
      // The kernel is gone: say so in this cell, run no other.
      this.#stopped = true;
      const failure = {
        name: error instanceof InkwellError ? error.code : 'Error',
        message: messageOf(error),
      };
      cell.cell.outputs = withError(cell.cell.outputs, failure);
      return { ...described, verdict: 'failed', durationMs: performance.now() - started, error: failure };
    }
  }

  async #execute(
    kernel: Kernel,
    { cell, tags }: OutlinedCell,
  ): Promise<Pick<CellReport, 'verdict' | 'durationMs' | 'error' | 'warning'>> {
    const timeoutMs =
      secondsOf(cell.metadata) ?? secondsOf(this.notebook.metadata) ?? this.#options.timeoutMs ?? 600_000;
    const options = {
      timeoutMs,
      onOutput: (outputs: readonly Output[]) => {
        cell.outputs = outputs as Output[];
      },
      ...(this.#options.signal && { signal: this.#options.signal }),
    };
    let execution = await kernel.execute(cell.source, options);
    if (execution.status === 'aborted') {
      await new Promise((resolve) => setTimeout(resolve, ABORTED_RETRY_MS));
      execution = await kernel.execute(cell.source, options);
    }
    cell.outputs = execution.outputs;
    cell.execution_count = execution.executionCount;
    const durationMs = execution.durationMs;
    const warning = execution.complete
      ? {}
      : { warning: 'the kernel never closed its output; some may be lost' };
    if (execution.status === 'timeout') {
      const error = { name: 'Timeout', message: `the cell took longer than ${timeoutMs / 1000} s` };
      cell.outputs = withError(cell.outputs, error);
      return { verdict: 'failed', durationMs, error };
    }
    const raises = tags.includes('raises-exception');
    if (execution.status === 'ok') {
      const error = {
        name: 'NoException',
        message: 'the cell is tagged raises-exception, but it raised none',
      };
      return raises
        ? { verdict: 'failed', durationMs, error }
        : { verdict: 'passed', durationMs, ...warning };
    }
    if (raises && execution.status === 'error') return { verdict: 'passed', durationMs, ...warning };
    const error = execution.error ?? { name: 'Aborted', message: 'the kernel did not run the cell' };
    cell.outputs = withError(cell.outputs, error);
    return { verdict: 'failed', durationMs, error, ...warning };
  }
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

function verdictOf(cells: readonly CellReport[], options: ExecuteNotebookOptions): 'passed' | 'failed' {
  const bad = (cell: CellReport): boolean =>
    cell.verdict === 'failed' || (cell.verdict === 'not run' && options.until === undefined);
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
  const run = new Run(notebook, options);
  const kernel = await Kernel.start(options.kernel, {
    directory: path.resolve(options.directory ?? path.dirname(options.path)),
    env: { INKWELL_PROFILE: options.profile },
  });
  try {
    await run.all(kernel);
    const facts = await askFacts(kernel);
    return {
      notebook: run.notebook,
      report: {
        name: path.basename(options.path, '.ipynb'),
        path: options.path,
        verdict: verdictOf(run.reports, options),
        kernel: options.kernel.name,
        profile: options.profile,
        durationMs: performance.now() - started,
        facts,
        cells: run.reports,
      },
    };
  } finally {
    await kernel.shutdown();
  }
}

/** The code cells of an executed notebook with their outputs, for tests. */
export function outputsOf(notebook: Notebook, number: number): readonly Output[] {
  return (outline(notebook)[number - 1]?.cell as CodeCell | undefined)?.outputs ?? [];
}
