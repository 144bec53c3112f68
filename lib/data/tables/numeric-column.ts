/**
 * A column of numbers as a net likes it: mean 0 and deviation 1, measured on
 * the training part. A missing value becomes the median; that it was missing
 * can tell something by itself, so where any is missing a second column says so.
 */
import { op, table } from 'arquero';

/** What was learned of a column. */
export interface NumericColumn {
  readonly name: string;
  readonly mean: number;
  /** Standard deviation of all values, n in the denominator; 1 where it is 0. */
  readonly deviation: number;
  /** Stands in for what is missing. */
  readonly median: number;
  /** Whether the training part lacks any value: then a column of 0 and 1 says where. */
  readonly hasMissing: boolean;
}

/** True for what stands for no value: null, undefined and NaN. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

/**
 * Learns a column from the training part.
 *
 * @throws RangeError where a value is no number, or all are missing.
 */
export function learnNumericColumn(name: string, values: readonly unknown[]): NumericColumn {
  const numbers = values.filter((value) => !isMissing(value)).map((value) => asNumber(name, value));
  if (numbers.length === 0) throw new RangeError(`tableLoaders: column "${name}" holds no value to train on`);
  const [summary] = table({ value: numbers })
    .rollup({ mean: op.mean('value'), deviation: op.stdevp('value'), median: op.median('value') })
    .objects() as [{ mean: number; deviation: number; median: number }];
  const { mean, deviation, median } = summary;
  const hasMissing = numbers.length < values.length;
  return { name, mean, deviation: deviation > 0 ? deviation : 1, median, hasMissing };
}

/** The names of the columns that it becomes: its own and, where any value is missing, one that says so. */
export function numericNames({ name, hasMissing }: NumericColumn): readonly string[] {
  return hasMissing ? [name, `${name} is missing`] : [name];
}

/** One value as the numbers of those columns. */
export function numericValues(column: NumericColumn, value: unknown): readonly number[] {
  const { name, mean, deviation, median, hasMissing } = column;
  const missing = isMissing(value);
  const scaled = ((missing ? median : asNumber(name, value)) - mean) / deviation;
  return hasMissing ? [scaled, missing ? 1 : 0] : [scaled];
}

function asNumber(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const hint = 'list it as categorical, or make what stands for nothing null';
  throw new RangeError(
    `tableLoaders: column "${name}" must hold numbers, but holds ${JSON.stringify(value)}: ${hint}`,
  );
}
