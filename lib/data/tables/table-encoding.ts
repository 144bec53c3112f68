/** Rows of a table as rows of numbers, by what was learned of each column. */
import * as tf from '../../engine/tf';
import { classTensor } from '../loaders/classes';
import type { Encoding } from '../loaders/fitted-loaders';
import { type CategoryColumn, learnCategoryColumn, oneHotNames, oneHotValues } from './category-column';
import { learnNumericColumn, type NumericColumn, numericNames, numericValues } from './numeric-column';

/** Which columns go in, and how. */
export interface TableColumns<Name extends string = string> {
  /** Columns of names. */
  readonly categorical?: readonly Name[];
  /** Columns of numbers. */
  readonly numeric?: readonly Name[];
  /**
   * `one-hot` (the default): a column of 0 and 1 for each category. `numbers`: one column with the
   * category's number, in front of all others, for a net that embeds them (`tableNet`).
   */
  readonly categories?: 'one-hot' | 'numbers';
}

/** How rows become numbers. */
export interface TableEncoding<Row extends object> extends Encoding<Row, string | number> {
  readonly categorical: readonly CategoryColumn[];
  readonly numeric: readonly NumericColumn[];
  /** What each column of `xs` is, such as `age` or `sector = public`. */
  readonly features: readonly string[];
  /** float32, `[count, features.length]`. */
  encode(rows: readonly Row[]): tf.Tensor2D;
}

/**
 * Learns the columns from rows to train on.
 *
 * @param classes the names that the answer may be; empty where it is a quantity.
 * @throws RangeError where there is no column to go in, or a column of numbers holds something else.
 */
export function tableEncoding<Row extends object>(
  rows: readonly Row[],
  columns: TableColumns<keyof Row & string>,
  classes: readonly string[],
): TableEncoding<Row> {
  const { categories = 'one-hot' } = columns;
  const valuesOf = (name: keyof Row & string): readonly unknown[] => rows.map((row) => row[name]);
  const categorical = (columns.categorical ?? []).map((name) => learnCategoryColumn(name, valuesOf(name)));
  const numeric = (columns.numeric ?? []).map((name) => learnNumericColumn(name, valuesOf(name)));
  const named = categorical.flatMap((column) =>
    categories === 'one-hot' ? oneHotNames(column) : [column.name],
  );
  const features = [...named, ...numeric.flatMap(numericNames)];
  if (features.length === 0) throw new RangeError('tableLoaders: needs at least one column, got none');
  const valueIn = (row: object, name: string): unknown => (row as Readonly<Record<string, unknown>>)[name];
  const numbersOf = (row: Row): number[] => [
    ...categorical.flatMap((column) => {
      const value = valueIn(row, column.name);
      return categories === 'one-hot' ? oneHotValues(column, value) : [column.numberOf(value)];
    }),
    ...numeric.flatMap((column) => numericValues(column, valueIn(row, column.name))),
  ];
  const inputShape = [features.length];
  return {
    ...{ categorical, numeric, features, inputShape, classes },
    encode: (items) =>
      tf.tensor2d(Float32Array.from(items.flatMap(numbersOf)), [items.length, features.length], 'float32'),
    encodeAnswers: (answers) =>
      classes.length === 0
        ? tf.tensor1d(answers.map(Number), 'float32')
        : classTensor(answers.map(String), classes),
  };
}
