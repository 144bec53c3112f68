/** Tables: rows of a data frame, some columns to go by and one to predict. */
import { checkOptions, required } from '../../core/argument';
import { aString, oneOf, someStrings } from '../../core/argument-kinds';
import { aFrame } from '../../frames/argument-kinds';
import type { Frame } from '../../frames/frame';
import { classesOf } from '../loaders/classes';
import { type DataOrigin, originKinds } from '../loaders/data-loaders';
import { datasetOf, itemsOf, type SplitDatasetOptions } from '../loaders/dataset';
import { type FittedLoaders, fittedLoaders } from '../loaders/fitted-loaders';
import { splitKinds } from '../split-indices';
import { isMissing } from './numeric-column';
import { type TableColumns, type TableEncoding, tableEncoding } from './table-encoding';

/** A frame and the parts that its columns play. */
export interface TableLoadersOptions<Row extends object>
  extends TableColumns<keyof Row & string>,
    SplitDatasetOptions,
    Partial<DataOrigin> {
  readonly frame: Frame<Row>;
  /** The column to predict: a quantity where it holds numbers alone, else a class. */
  readonly target: keyof Row & string;
}

/** Loaders of rows and what is to be predicted of them. */
export type TableLoaders<Row extends object> = FittedLoaders<Row, string | number, TableEncoding<Row>>;

/**
 * Splits the rows of a frame. `xs` is float32 `[count, features]`, the categories first; `ys` is
 * int32 class numbers or float32 quantities, `[count]`.
 *
 * What the encoding knows it has from the training part alone. Numbers are shifted and scaled to
 * mean 0 and deviation 1. What is missing (null, undefined, NaN) becomes the median, and a column of
 * 0 and 1 beside it says so; a category that is missing, or that only the validation part has, is a
 * category of its own.
 *
 * @throws RangeError where there is no such column, none goes in, the target goes in too, a target is
 *   missing, or a column of numbers holds something else.
 */
export function tableLoaders<Row extends object>(options: TableLoadersOptions<Row>): TableLoaders<Row> {
  checkOptions('tableLoaders', options, {
    frame: required(aFrame),
    target: required(aString),
    categorical: someStrings,
    numeric: someStrings,
    categories: oneOf('one-hot', 'numbers'),
    ...splitKinds,
    ...originKinds,
  });
  const { frame, target, name = 'a table', source = 'a data frame', citation = '' } = options;
  const inputs = [...(options.categorical ?? []), ...(options.numeric ?? [])];
  frame.select(...inputs); // names a column that is not there
  if (inputs.includes(target)) {
    throw new RangeError(`tableLoaders: "${target}" is the target, so it cannot be among the inputs`);
  }
  const answers = targetsOf(frame, target);
  const isQuantity = answers.every((answer) => typeof answer === 'number');
  const classes = isQuantity ? [] : classesOf(answers.map(String));
  return fittedLoaders(
    datasetOf(frame.rows(), answers),
    (train) => tableEncoding(itemsOf(train), options, classes),
    { ...options, name, source, citation },
  );
}

function targetsOf<Row extends object>(
  frame: Frame<Row>,
  target: keyof Row & string,
): readonly (string | number)[] {
  return Array.from(frame.column(target), (value: unknown, row) => {
    if (isMissing(value)) {
      const hint = 'leave such rows out (frame.filter)';
      throw new RangeError(`tableLoaders: the target "${target}" is missing in row ${row}; ${hint}`);
    }
    return typeof value === 'number' ? value : String(value);
  });
}
