/**
 * One notebook under execution: the cells in order, their outputs collected
 * into a copy. Tags and metadata are those that Jupyter's own tools know:
 * `skip-execution`, `raises-exception`, `parameters`, and
 * `metadata.execution.timeout` (seconds) on the notebook or a cell.
 */
import type { Execution } from '../client/execution';
import type { Kernel } from '../client/kernel';
import { InkwellError, messageOf } from '../core/errors';
import { projectRoot } from '../core/paths';
import { clearOutputs } from '../notebook/clear';
import type { CellMetadata, Notebook, NotebookMetadata, Output } from '../notebook/format';
import { judge, type Outcome, withError, withTraceback } from './outcome';
import { type OutlinedCell, outline } from './outline';
import { injectParameters, type Parameters } from './parameters';
import { portableOutputs } from './portable';
import type { CellReport } from './report';

export interface RunOptions {
  /** Values for the notebook's parameters; default none. */
  readonly parameters?: Parameters;
  /** Time limit of a cell in ms where neither it nor the notebook sets one (default 10 minutes). */
  readonly timeoutMs?: number;
  /** Run the cells after one that failed as well (default false); a kernel that died stops the run all the same. */
  readonly keepGoing?: boolean;
  /** Run no cell after this number. */
  readonly until?: number;
  /** Called as a cell begins; `count` is the number of code cells. */
  readonly onCell?: (cell: OutlinedCell, count: number) => void;
  /**
   * Called as a cell ends, its outputs in `cell.cell`; `soFar` is the copy with all outputs up to
   * here. The next cell waits for what it returns.
   */
  readonly onCellEnd?: (report: CellReport, cell: OutlinedCell, soFar: Notebook) => unknown;
  /** Interrupts the running cell and runs no more. */
  readonly signal?: AbortSignal;
  /** After an interrupt, how long a cell may take to end before its kernel is killed, ms (default 10,000). */
  readonly interruptGraceMs?: number;
}

const TIMEOUT_MS = 600_000;

/** tslab refuses cells for a while after an error; then asking again is all it takes. */
const ABORTED_RETRY_MS = 300;

function limitOf(metadata: CellMetadata | NotebookMetadata): number | undefined {
  const execution = metadata['execution'] as { timeout?: unknown } | undefined;
  return typeof execution?.timeout === 'number' ? execution.timeout * 1000 : undefined;
}

export class NotebookRun {
  /** The copy; it fills with outputs. */
  readonly notebook: Notebook;
  readonly reports: CellReport[] = [];
  readonly #cells: readonly OutlinedCell[];
  readonly #options: RunOptions;
  #stopped = false;

  /** @throws InkwellError `NOTEBOOK_PARAMETER` where a parameter is not the notebook's. */
  constructor(notebook: Notebook, options: RunOptions) {
    this.#options = options;
    this.notebook = clearOutputs(injectParameters(notebook, options.parameters ?? {}));
    this.#cells = outline(this.notebook);
  }

  /**
   * Runs every cell up to the first that fails (all, with `keepGoing`); each gets a report.
   *
   * @param kernel undefined where the run was given up before one was there: no cell runs
   */
  async all(kernel: Kernel | undefined): Promise<void> {
    for (const cell of this.#cells) {
      const { number, heading, firstLine } = cell;
      const outcome = await this.#one(kernel, cell);
      this.#stopped ||= outcome.verdict === 'failed' && this.#options.keepGoing !== true;
      cell.cell.outputs = portableOutputs(cell.cell.outputs, projectRoot());
      const report = {
        id: cell.cell.id,
        number,
        heading,
        firstLine,
        ...withTraceback(outcome, cell.cell.outputs),
      };
      this.reports.push(report);
      await this.#options.onCellEnd?.(report, cell, this.notebook);
    }
  }

  async #one(kernel: Kernel | undefined, cell: OutlinedCell): Promise<Outcome> {
    const { onCell, until = Number.POSITIVE_INFINITY, signal } = this.#options;
    if (kernel === undefined || this.#stopped || cell.number > until || signal?.aborted === true) {
      return { verdict: 'not run', durationMs: 0 };
    }
    if (cell.tags.includes('skip-execution') || cell.cell.source.trim() === '') {
      return { verdict: 'skipped', durationMs: 0 };
    }
    onCell?.(cell, this.#cells.length);
    const started = performance.now();
    try {
      return await this.#execute(kernel, cell);
    } catch (thrown) {
      // The kernel is gone: say so in this cell, run no other.
      this.#stopped = true;
      const name = thrown instanceof InkwellError ? thrown.code : 'Error';
      const error = { name, message: messageOf(thrown) };
      cell.cell.outputs = withError(cell.cell.outputs, error);
      return { verdict: 'failed', durationMs: performance.now() - started, error };
    }
  }

  async #execute(kernel: Kernel, { cell, tags }: OutlinedCell): Promise<Outcome> {
    const { signal, interruptGraceMs, timeoutMs: usualMs = TIMEOUT_MS } = this.#options;
    const timeoutMs = limitOf(cell.metadata) ?? limitOf(this.notebook.metadata) ?? usualMs;
    const ask = (): Promise<Execution> =>
      kernel.execute(cell.source, {
        timeoutMs,
        onOutput: (outputs: readonly Output[]) => {
          cell.outputs = [...outputs];
        },
        ...(signal && { signal }),
        ...(interruptGraceMs !== undefined && { interruptGraceMs }),
      });
    let execution = await ask();
    if (execution.status === 'aborted') {
      await new Promise((resolve) => setTimeout(resolve, ABORTED_RETRY_MS));
      execution = await ask();
    }
    cell.outputs = execution.outputs;
    cell.execution_count = execution.executionCount;
    const outcome = judge(execution, tags, timeoutMs);
    if (outcome.error !== undefined) cell.outputs = withError(cell.outputs, outcome.error);
    return outcome;
  }
}
