/** Stored results as chapters show them: the runs of a row, and the table. */
import { checkArguments } from '../core/argument';
import { aString, someStrings } from '../core/argument-kinds';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { RunResult } from './result';
import { findRow } from './rows';
import { readResults } from './store';
import { type RowSummary, summarize } from './summary';

/**
 * The stored runs of a row, by seed: each with its recipe, the accuracies of
 * every epoch and every test image that was read wrongly. How they were made is
 * told in `docs/results.md`.
 *
 * @param row its name, such as `conv2-relu`.
 * @returns an empty list where none is stored.
 * @throws InkwellError `RESULTS_ROW` for a name that there is not, `RESULTS_FORMAT`.
 */
export async function storedRuns(row: string): Promise<RunResult[]> {
  checkArguments('storedRuns', { row }, { row: aString });
  const { name } = findRow(row);
  return (await readResults()).filter(
    (result): result is RunResult => result.kind === 'run' && result.row === name,
  );
}

/** A line of the table of results; null where nothing is stored or published. A type, as frames want it. */
export type ResultLine = {
  readonly net: string;
  readonly 'Nielsen, %': number | null;
  readonly 'here, %': number | null;
  readonly 'least, %': number | null;
  readonly 'most, %': number | null;
  readonly runs: number;
  readonly errors: number | null;
  readonly minutes: number;
};

/**
 * The table of results as a frame, a line a row: the net, what Nielsen (2015)
 * reports, what the stored run with the best validation accuracy came to, the
 * least and the most of all stored runs (accuracies in percent of the test
 * images), their number, the images that the first got wrong, and the minutes
 * that all of them took.
 *
 * @param rows names of rows, in the order wished for.
 * @throws InkwellError `RESULTS_ROW`, `RESULTS_FORMAT`.
 */
export async function resultsTable(rows: readonly string[]): Promise<Frame<ResultLine>> {
  checkArguments('resultsTable', { rows }, { rows: someStrings });
  const results = await readResults();
  return frame(
    summarize(
      results,
      rows.map((name) => findRow(name)),
    ).map(lineOf),
  );
}

function lineOf({ row, results, accuracy, errors, least, most, minutes }: RowSummary): ResultLine {
  return {
    net: row.title,
    'Nielsen, %': percentOf(row.published),
    'here, %': percentOf(accuracy),
    'least, %': percentOf(least),
    'most, %': percentOf(most),
    runs: results.length,
    errors: errors ?? null,
    minutes: Math.round(minutes),
  };
}

const percentOf = (share: number | undefined): number | null =>
  share === undefined ? null : Number((100 * share).toFixed(2));
