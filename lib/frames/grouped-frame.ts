/**
 * A frame whose rows are grouped: what `Frame.groupBy` returns. Each group
 * becomes one row of statistics (split, apply, combine: Wickham 2011).
 */
import { type ColumnTable, op } from 'arquero';
import type { Frame } from './frame';

/** What can be computed of a column within each group. */
export type Statistic = 'sum' | 'mean' | 'median' | 'deviation' | 'min' | 'max' | 'distinct';

/** One output column: a statistic and the column it is of, or the number of rows. */
export type SummarySpec<Row> = readonly ['count'] | readonly [Statistic, keyof Row & string];

type Expression = NonNullable<Parameters<ColumnTable['rollup']>[0]>[string];

const STATISTICS: { readonly [statistic in Statistic]: (column: string) => unknown } = {
  sum: op.sum,
  mean: op.mean,
  median: op.median,
  deviation: op.stdev,
  min: op.min,
  max: op.max,
  distinct: op.distinct,
};

function expression([statistic, column = '']: readonly [string, string?]): Expression {
  if (statistic === 'count') return op.count() as unknown as Expression;
  const make = (STATISTICS as Readonly<Record<string, (column: string) => unknown>>)[statistic];
  if (make === undefined) {
    const known = ['count', ...Object.keys(STATISTICS)].join(', ');
    throw new RangeError(`GroupedFrame.summarize: no statistic "${statistic}"; there are ${known}`);
  }
  return make(column) as Expression;
}

/** Groups of rows, each identified by its values in the columns `Key`. */
export class GroupedFrame<Row extends object, Key extends keyof Row & string> {
  readonly #table: ColumnTable;
  readonly #wrap: <R extends object>(table: ColumnTable) => Frame<R>;

  /** Made by `Frame.groupBy`. */
  constructor(table: ColumnTable, wrap: <R extends object>(table: ColumnTable) => Frame<R>) {
    this.#table = table;
    this.#wrap = wrap;
  }

  /** How many rows each group has, as column `count`; groups in the order of their first row. */
  count(): Frame<Pick<Row, Key> & { readonly count: number }> {
    return this.#wrap(this.#table.count({ as: 'count' }));
  }

  /**
   * One row a group, with a column for each entry.
   *
   * @example runs.groupBy('net').summarize({ best: ['max', 'accuracy'], runs: ['count'] })
   */
  summarize<Name extends string>(
    columns: Readonly<Record<Name, SummarySpec<Row>>>,
  ): Frame<Pick<Row, Key> & Record<Name, number>> {
    const known = this.#table.columnNames();
    const entries = Object.entries<SummarySpec<Row>>(columns);
    for (const [, [, column]] of entries) {
      if (column !== undefined && !known.includes(column)) {
        throw new RangeError(
          `GroupedFrame.summarize: no column "${column}"; the columns are ${known.map((one) => `"${one}"`).join(', ')}`,
        );
      }
    }
    return this.#wrap(
      this.#table.rollup(Object.fromEntries(entries.map(([name, spec]) => [name, expression(spec)]))),
    );
  }
}
