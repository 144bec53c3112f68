/** Statistics of groups of rows: each group becomes one row (split, apply, combine: Wickham 2011). */

import { type ColumnTable, op } from 'arquero';
import { checkArguments } from '../core/argument';
import { anObject, type Kind } from '../core/argument-kinds';
import { checkColumns } from './column-names';

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

const someSpecs: Kind = {
  wanted: "statistics by the names of columns, such as { best: ['max', 'accuracy'], runs: ['count'] }",
  holds: (value) => anObject.holds(value) && Object.values(value as object).every(Array.isArray),
};

/**
 * A grouped table with one row a group and a column for each entry.
 *
 * @throws RangeError for a column or a statistic that there is not.
 */
export function summarized<Row>(
  table: ColumnTable,
  columns: Readonly<Record<string, SummarySpec<Row>>>,
): ColumnTable {
  checkArguments('GroupedFrame.summarize', { columns }, { columns: someSpecs });
  const names = Object.values(columns).flatMap(([, column]) => column ?? []);
  checkColumns('GroupedFrame.summarize', table, names);
  const entries = Object.entries(columns).map(([name, spec]) => [name, expression(spec)] as const);
  return table.rollup(Object.fromEntries(entries));
}
