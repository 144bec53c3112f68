/**
 * The table: what the runs of each row came to. Of several runs the one with
 * the best validation accuracy counts, as in the seed of the book, and the
 * spread of all stands beside it.
 */
import type { Result, RunResult } from './result';
import { ROWS, type Row } from './rows';

/** A row with what is stored of it. */
export interface RowSummary {
  readonly row: Row;
  /** By seed. */
  readonly results: readonly Result[];
  /** The test accuracy that counts; undefined where no run is stored. */
  readonly accuracy: number | undefined;
  /** Wrong of the test images, in the run that counts. */
  readonly errors: number | undefined;
  readonly mean: number | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** Of all runs together. */
  readonly minutes: number;
}

/** Sums up results row by row, in the order of the table. */
export function summarize(results: readonly Result[], rows: readonly Row[] = ROWS): RowSummary[] {
  return rows.map((row) =>
    summaryOf(
      row,
      results.filter((result) => result.row === row.name),
    ),
  );
}

function summaryOf(row: Row, results: readonly Result[]): RowSummary {
  const accuracies = results.map(({ testAccuracy }) => testAccuracy);
  const counting = countingResult(results);
  return {
    row,
    results,
    accuracy: counting?.testAccuracy,
    errors: counting?.errors.length,
    ...spreadOf(accuracies),
    minutes: results.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}

/** The run with the best validation accuracy, the first of equals; the first vote. */
export function countingResult(results: readonly Result[]): Result | undefined {
  const height = (result: Result): number => (result as RunResult).validationAccuracy ?? 0;
  return results.reduce<Result | undefined>(
    (best, result) => (best === undefined || height(result) > height(best) ? result : best),
    undefined,
  );
}

type Spread = Pick<RowSummary, 'mean' | 'least' | 'most'>;

function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: undefined, least: undefined, most: undefined };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, least: Math.min(...values), most: Math.max(...values) };
}

/** The heading of the table. */
export const TABLE_HEADING: readonly string[] = ['net', 'Nielsen', 'here', 'runs', 'errors', 'minutes'];

/** The table as text, cell by cell, without its heading; an empty cell is not known. */
export function tableRows(summaries: readonly RowSummary[]): string[][] {
  return summaries.map(({ row, results, accuracy, errors, least, most, minutes }) => [
    row.title,
    percent(row.published),
    percent(accuracy),
    results.length > 1 ? `${results.length}: ${percent(least)} … ${percent(most)}` : String(results.length),
    errors === undefined ? '' : String(errors),
    results.length === 0 ? '' : minutes.toFixed(minutes < 10 ? 1 : 0),
  ]);
}

/** 0.9923 → `99.23 %`, undefined → an empty text. */
export function percent(share: number | undefined): string {
  return share === undefined ? '' : `${(100 * share).toFixed(2)} %`;
}
