/**
 * Summary statistics of a frame, one row a column: what pandas calls
 * `describe()`. The statistics are arquero's own (`op.mean`, `op.quantile`, …).
 */
import { type ColumnTable, op, table } from 'arquero';

/** One row of `Frame.describe()`. What makes no sense for the column's kind is null. */
export interface ColumnSummary {
  readonly column: string;
  readonly kind: ColumnKind;
  /** Values that are there; `missing` counts null, undefined and NaN. */
  readonly count: number;
  readonly missing: number;
  readonly distinct: number;
  readonly mean: number | null;
  /** Sample standard deviation (n − 1 in the denominator); null below two values. */
  readonly deviation: number | null;
  readonly min: number | null;
  readonly lowerQuartile: number | null;
  readonly median: number | null;
  readonly upperQuartile: number | null;
  readonly max: number | null;
}

/** What a column holds; `mixed` where its values are of several kinds. */
export type ColumnKind = 'number' | 'string' | 'boolean' | 'date' | 'mixed' | 'empty';

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function kindOfValue(value: unknown): ColumnKind {
  if (value instanceof Date) return 'date';
  const type = typeof value;
  return type === 'number' || type === 'string' || type === 'boolean' ? type : 'mixed';
}

function columnValues(source: ColumnTable, name: string): ArrayLike<unknown> & Iterable<unknown> {
  return source.array(name) as unknown as unknown[];
}

/** What the column holds, missing values aside. Throws RangeError where there is no such column. */
export function columnKind(source: ColumnTable, name: string): ColumnKind {
  let kind: ColumnKind = 'empty';
  for (const value of columnValues(source, name)) {
    if (isMissing(value)) continue;
    const here = kindOfValue(value);
    if (kind === 'empty') kind = here;
    else if (kind !== here) return 'mixed';
  }
  return kind;
}

const STATISTICS = {
  mean: op.mean('value'),
  deviation: op.stdev('value'),
  min: op.min('value'),
  lowerQuartile: op.quantile('value', 0.25),
  median: op.median('value'),
  upperQuartile: op.quantile('value', 0.75),
  max: op.max('value'),
};

type NumberSummary = { readonly [name in keyof typeof STATISTICS]: number | null };

const NO_NUMBERS: NumberSummary = {
  mean: null,
  deviation: null,
  min: null,
  lowerQuartile: null,
  median: null,
  upperQuartile: null,
  max: null,
};

function summarizeNumbers(value: readonly unknown[]): NumberSummary {
  const [summary] = table({ value }).rollup(STATISTICS).objects() as NumberSummary[];
  return { ...NO_NUMBERS, ...summary, ...(value.length < 2 && { deviation: null }) };
}

/** Summarises every column; see `ColumnSummary`. */
export function describeColumns(source: ColumnTable): ColumnSummary[] {
  return source.columnNames().map((column) => {
    const kind = columnKind(source, column);
    const values = Array.from(columnValues(source, column));
    const present = values.filter((value) => !isMissing(value));
    return {
      column,
      kind,
      count: present.length,
      missing: values.length - present.length,
      distinct: new Set(present.map((value) => (value instanceof Date ? value.getTime() : value))).size,
      ...(kind === 'number' ? summarizeNumbers(present) : NO_NUMBERS),
    };
  });
}
