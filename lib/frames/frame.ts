/**
 * Data frames: named columns of equal length. A `Frame` is a thin, typed face
 * over an arquero table, which stays in reach as `frame.table` for joins,
 * folds, windows and whatever else arquero can do; `frame(table)` leads back.
 *
 * Why a face at all: arquero re-compiles the text of the functions it is given,
 * so `row => row.loss < limit` fails there because it reads `limit`. Here every
 * function is an ordinary one.
 */

import { type ColumnTable, desc, escape as verbatim } from 'arquero';
import { checkArguments, checkOptions } from '../core/argument';
import { aFlag, aFunction, aNumber, anObject, aString, either, type Kind } from '../core/argument-kinds';
import { checkColumns } from './column-names';
import { type ColumnSummary, describeColumns } from './describe';
import { type Displayable, defineDisplay } from './displayable';
import { type FrameTableOptions, frameHtml, frameText } from './frame-table';
import { type SummarySpec, summarized } from './summaries';
import { tableFrom } from './table-from';

const functionsByName: Kind = {
  wanted: 'functions by the names of columns, such as { share: (row) => row.part / row.whole }',
  holds: (value) => anObject.holds(value) && Object.values(value as object).every(aFunction.holds),
};

const columnOrFunction: Kind = either({ ...aString, wanted: 'the name of a column' }, aFunction);

/** A column's values: an array or a typed array. */
export type Column<T> = ArrayLike<T> & Iterable<T>;

/** The names of a row's columns. */
export type ColumnName<Row> = keyof Row & string;

/** The order in which to sort. */
export interface SortOptions {
  /** Largest first; default false. */
  readonly descending?: boolean;
}

// Declarations cannot be written file by file for a method under a symbol, so
// the display methods are declared here and defined in the static block below.
// biome-ignore lint/correctness/noUnusedVariables: merged declarations must agree in their parameters
export interface Frame<Row extends object = Record<string, unknown>> extends Displayable {}

/** Named columns of equal length; no method changes the frame, each returns a new one. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the static block keeps the promise
export class Frame<Row extends object = Record<string, unknown>> {
  static {
    defineDisplay(Frame.prototype, (frame) => ({
      'text/html': frame.toHtml(),
      'text/plain': frame.toString(),
    }));
  }

  /** The arquero table beneath. */
  readonly table: ColumnTable;

  /** Wraps a table; to make a frame from data, call `frame(…)`. */
  constructor(table: ColumnTable) {
    // Without pending filters and orders, so that row 3 is the third row.
    this.table = table.reify();
  }

  get columns(): ColumnName<Row>[] {
    return this.table.columnNames() as ColumnName<Row>[];
  }

  get rowCount(): number {
    return this.table.numRows();
  }

  /** [rows, columns]. */
  get shape(): [number, number] {
    return [this.table.numRows(), this.table.numCols()];
  }

  /** One column's values, typed as they were given. Throws RangeError for an unknown name. */
  column<Name extends ColumnName<Row>>(name: Name): Column<Row[Name]> {
    checkColumns('Frame.column', this.table, [name]);
    return this.table.array(name) as unknown as Column<Row[Name]>;
  }

  /** Row `index`, 0 … rowCount − 1, as an object. Throws RangeError outside. */
  row(index: number): Row {
    if (!Number.isInteger(index) || index < 0 || index >= this.rowCount) {
      throw new RangeError(
        `Frame.row: index must be a whole number in 0 … ${this.rowCount - 1}, got ${index}`,
      );
    }
    return this.table.object(index) as Row;
  }

  /** All rows as objects. */
  rows(): Row[] {
    return this.table.objects() as Row[];
  }

  /** The first `count` rows, default 5. */
  head(count = 5): Frame<Row> {
    checkArguments('Frame.head', { count }, { count: aNumber });
    return this.slice(0, count);
  }

  /** The last `count` rows, default 5. */
  tail(count = 5): Frame<Row> {
    checkArguments('Frame.tail', { count }, { count: aNumber });
    return this.slice(Math.max(0, this.rowCount - count));
  }

  /** Rows from `start` up to but without `end`, as `Array.prototype.slice` counts them. */
  slice(start: number, end: number = this.rowCount): Frame<Row> {
    checkArguments('Frame.slice', { start, end }, { start: aNumber, end: aNumber });
    return new Frame(this.table.slice(start, end));
  }

  /** These columns only, in this order. Throws RangeError for an unknown name. */
  select<Name extends ColumnName<Row>>(...names: Name[]): Frame<Pick<Row, Name>> {
    checkColumns('Frame.select', this.table, names);
    return new Frame(this.table.select(...names));
  }

  /** The rows for which `keep` is true. */
  filter(keep: (row: Row) => boolean): Frame<Row> {
    checkArguments('Frame.filter', { keep }, { keep: aFunction });
    return new Frame(this.table.filter(verbatim(keep)));
  }

  /** Adds (or replaces) columns, each computed row by row. */
  derive<Added extends object>(
    columns: {
      readonly [Name in keyof Added]: (row: Row) => Added[Name];
    },
  ): Frame<Omit<Row, keyof Added> & Added> {
    checkArguments('Frame.derive', { columns }, { columns: functionsByName });
    const entries = Object.entries<(row: Row) => unknown>(columns);
    return new Frame(
      this.table.derive(Object.fromEntries(entries.map(([name, compute]) => [name, verbatim(compute)]))),
    );
  }

  /** Sorted by a column, or by what a function makes of each row; equal rows keep their order. */
  sort(by: ColumnName<Row> | ((row: Row) => unknown), options: SortOptions = {}): Frame<Row> {
    checkArguments('Frame.sort', { by }, { by: columnOrFunction });
    checkOptions('Frame.sort', options, { descending: aFlag });
    const { descending = false } = options;
    if (typeof by === 'string') checkColumns('Frame.sort', this.table, [by]);
    const key = typeof by === 'string' ? by : verbatim(by);
    return new Frame(this.table.orderby(descending ? desc(key) : key));
  }

  /** Groups rows that agree in these columns. Throws RangeError for an unknown name. */
  groupBy<Name extends ColumnName<Row>>(...names: Name[]): GroupedFrame<Row, Name> {
    checkColumns('Frame.groupBy', this.table, names);
    return new GroupedFrame(this.table.groupby(...names));
  }

  /** Count, missing, mean, deviation, quartiles and extremes: one row for each column. */
  describe(): Frame<ColumnSummary> {
    return new Frame(tableFrom(describeColumns(this.table)));
  }

  /** The frame as comma-separated text with a header line. */
  toCsv(): string {
    return this.table.toCSV();
  }

  /** An HTML table, elided in the middle where it is long; see `FrameTableOptions`. */
  toHtml(options: FrameTableOptions = {}): string {
    return frameHtml(this.table, options);
  }

  /** Aligned text, elided in the middle where it is long. */
  toString(options: FrameTableOptions = {}): string {
    return frameText(this.table, options);
  }
}

/** Groups of rows, each identified by its values in the columns `Key`. */
export class GroupedFrame<Row extends object, Key extends keyof Row & string> {
  readonly #table: ColumnTable;

  /** Made by `Frame.groupBy`. */
  constructor(table: ColumnTable) {
    this.#table = table;
  }

  /** How many rows each group has, as column `count`; groups in the order of their first row. */
  count(): Frame<Pick<Row, Key> & { readonly count: number }> {
    return new Frame(this.#table.count({ as: 'count' }));
  }

  /**
   * One row a group, with a column for each entry.
   *
   * @example runs.groupBy('net').summarize({ best: ['max', 'accuracy'], runs: ['count'] })
   */
  summarize<Name extends string>(
    columns: Readonly<Record<Name, SummarySpec<Row>>>,
  ): Frame<Pick<Row, Key> & Record<Name, number>> {
    return new Frame(summarized(this.#table, columns));
  }
}
