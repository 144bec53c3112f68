/**
 * What came of running a notebook, as plain data: the `--json` of `inkwell run`
 * is a list of these, so their fields are stable.
 */
import type { Facts } from '../core/facts';

export type CellVerdict = 'passed' | 'failed' | 'skipped' | 'not run';

export interface CellError {
  readonly name: string;
  readonly message: string;
  readonly traceback?: string;
}

export interface CellReport {
  /** The cell's id in the notebook. */
  readonly id: string;
  /** Its number among the code cells, from 1. */
  readonly number: number;
  /** The nearest heading above it, '' where there is none. */
  readonly heading: string;
  /** Its first line of code. */
  readonly firstLine: string;
  readonly verdict: CellVerdict;
  readonly durationMs: number;
  /** Why it failed; `traceback`: the place in the code, as the kernel shows it, without colours. */
  readonly error?: CellError;
  /** What is odd though it passed, such as output that the kernel lost. */
  readonly warning?: string;
}

export interface NotebookReport {
  /** The notebook's file name without `.ipynb`. */
  readonly name: string;
  readonly path: string;
  readonly verdict: 'passed' | 'failed';
  readonly kernel: string;
  readonly profile: string;
  readonly durationMs: number;
  /** Engine, data sets and claims, as the chapter told them; undefined where it used none of the library. */
  readonly facts: Facts | undefined;
  readonly cells: readonly CellReport[];
  /** Why the notebook did not run at all; its `cells` are empty then. */
  readonly error?: CellError;
}
