/**
 * Loaders whose encoding is learned: a vocabulary, the mean of a column, the
 * list of all users. It is fitted to the training part alone. Whatever it took
 * from the validation part, the model would know of examples that it is not
 * supposed to have seen, and its score there would be too good.
 */
import { checkArguments, checkOptions, required } from '../../core/argument';
import { aFunction, aString } from '../../core/argument-kinds';
import type * as tf from '../../engine/tf';
import { aDataset } from '../argument-kinds';
import { splitKinds } from '../split-indices';
import { type DataLoaders, type DataOrigin, loadersOf } from './data-loaders';
import { answersOf, type Dataset, itemsOf, type SplitDatasetOptions, splitDataset } from './dataset';

/** How items and answers become numbers. */
export interface Encoding<Item, Answer> {
  /** Of one item. */
  readonly inputShape: readonly number[];
  /** What the class numbers mean; empty where the answer is a quantity. */
  readonly classes: readonly string[];
  /** Items, old or new, as a net takes them: `[count, …inputShape]`; the caller's. */
  encode(items: readonly Item[]): tf.Tensor;
  /** Class numbers, int32, or quantities, float32: `[count]`; the caller's. */
  encodeAnswers(answers: readonly Answer[]): tf.Tensor;
}

/** Loaders that know their encoding, so that new items can be encoded the same way. */
export interface FittedLoaders<Item, Answer, Learned extends Encoding<Item, Answer>>
  extends DataLoaders<Item, Answer> {
  readonly encoding: Learned;
}

/**
 * Splits a data set, fits an encoding to the part to train on, and wraps both parts.
 *
 * @param fit given the training part; what it returns encodes both.
 * @throws RangeError where the fraction is not in 0 … 1, or nothing is left to train on.
 */
export function fittedLoaders<Item, Answer, Learned extends Encoding<Item, Answer>>(
  dataset: Dataset<Item, Answer>,
  fit: (train: Dataset<Item, Answer>) => Learned,
  options: DataOrigin & SplitDatasetOptions,
): FittedLoaders<Item, Answer, Learned> {
  checkArguments('fittedLoaders', { dataset, fit }, { dataset: aDataset, fit: aFunction });
  checkOptions('fittedLoaders', options, {
    name: required(aString),
    source: required(aString),
    citation: required(aString),
    ...splitKinds,
  });
  const parts = splitDataset(dataset, options);
  if (parts.train.count === 0) {
    throw new RangeError(`fittedLoaders: of ${dataset.count} items none is left to train on`);
  }
  const encoding = fit(parts.train);
  const { name, source, citation } = options;
  const { inputShape, classes } = encoding;
  const collate = (part: Dataset<Item, Answer>): { xs: tf.Tensor; ys: tf.Tensor } => ({
    xs: encoding.encode(itemsOf(part)),
    ys: encoding.encodeAnswers(answersOf(part)),
  });
  return { ...loadersOf(parts, { name, source, citation, inputShape, classes, collate }), encoding };
}
