/**
 * Ways to a frame: from arrays, objects, an arquero table, CSV text or a CSV file.
 */
import { readFile } from 'node:fs/promises';
import { ColumnTable, fromCSV } from 'arquero';
import { checkArguments, checkOptions } from '../core/argument';
import { aFlag, aString, someStrings } from '../core/argument-kinds';
import { describeValue } from '../core/describe-value';
import { codeOf, InkwellError, messageOf } from '../core/errors';
import { Frame } from './frame';
import { type Columns, tableFrom } from './table-from';

/** The row type of a frame made from columns. */
export type RowOf<C extends Columns> = {
  [Name in keyof C]: C[Name] extends ArrayLike<infer Value> ? Value : never;
};

/** How CSV text is laid out. */
export interface CsvOptions {
  /** Between two values; default `,`. */
  readonly delimiter?: string;
  /** Whether the first line holds the names; default true. */
  readonly header?: boolean;
  /** Column names; default the header's, else `col1`, `col2`, … */
  readonly names?: readonly string[];
}

/**
 * A frame from rows (an array of objects), from columns (an object of arrays or
 * typed arrays of one length) or from an arquero table.
 *
 * Throws RangeError where columns differ in length, TypeError for anything else.
 *
 * @example frame({ digit: [2, 9], count: Int32Array.of(5958, 5949) })
 */
export function frame<Row extends object>(rows: readonly Row[]): Frame<Row>;
export function frame<C extends Columns>(columns: C): Frame<RowOf<C>>;
export function frame(table: ColumnTable): Frame;
export function frame(data: readonly object[] | Columns | ColumnTable): Frame {
  if (data instanceof ColumnTable) return new Frame(data);
  const isRows = Array.isArray(data) && data.every((row) => typeof row === 'object' && row !== null);
  const isColumns =
    !Array.isArray(data) &&
    typeof data === 'object' &&
    data !== null &&
    Object.values(data).every(isArrayLike);
  if (!isRows && !isColumns) {
    const wanted = 'an array of objects (or columns: an object of arrays, or an arquero table)';
    throw new TypeError(`frame: rows must be ${wanted}, got ${describeValue(data)}`);
  }
  return new Frame(tableFrom(data));
}

function isArrayLike(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** A frame from CSV text; numbers, booleans and ISO dates are recognised, empty values become null. */
export function frameFromCsv<Row extends object = Record<string, unknown>>(
  text: string,
  options: CsvOptions = {},
): Frame<Row> {
  checkArguments('frameFromCsv', { text }, { text: aString });
  checkOptions('frameFromCsv', options, { delimiter: aString, header: aFlag, names: someStrings });
  const { delimiter = ',', header = true, names } = options;
  return new Frame(fromCSV(text, { delimiter, header, ...(names && { names: [...names] }) }));
}

/**
 * A frame from a CSV file in UTF-8.
 *
 * Throws InkwellError `FRAME_FILE` where the file cannot be read.
 */
export async function readCsv<Row extends object = Record<string, unknown>>(
  path: string,
  options: CsvOptions = {},
): Promise<Frame<Row>> {
  checkArguments('readCsv', { path }, { path: aString });
  checkOptions('readCsv', options, { delimiter: aString, header: aFlag, names: someStrings });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const hint =
      codeOf(cause) === 'ENOENT' ? 'Check the path; it is taken from the working folder.' : undefined;
    throw new InkwellError('FRAME_FILE', `readCsv: cannot read ${path}: ${messageOf(cause)}`, {
      ...(hint && { hint }),
      cause,
    });
  }
  return frameFromCsv(text, options);
}
