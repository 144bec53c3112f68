/**
 * A data set as training sees it: so many items, each with the answer that a
 * model should give. Items are as people look at them (a picture, a review, a
 * row of a table); `data-loader.ts` makes tensors of them.
 */
import { checkArguments, checkOptions } from '../../core/argument';
import { aList, someNumbers } from '../../core/argument-kinds';
import { aDataset } from '../argument-kinds';
import { type SplitOptions, splitIndices, splitKinds } from '../split-indices';

/** Items and answers by index, from 0. */
export interface Dataset<Item, Answer> {
  readonly count: number;
  /** What comes in, the independent variable. Throws RangeError where there is no such index. */
  item(index: number): Item;
  /** What should come out, the dependent variable. Throws RangeError where there is no such index. */
  answer(index: number): Answer;
}

/**
 * A data set from two lists of one length.
 *
 * @throws RangeError where the lengths differ.
 */
export function datasetOf<Item, Answer>(
  items: readonly Item[],
  answers: readonly Answer[],
): Dataset<Item, Answer> {
  checkArguments('datasetOf', { items, answers }, { items: aList, answers: aList });
  if (items.length !== answers.length) {
    throw new RangeError(`datasetOf: ${items.length} items but ${answers.length} answers`);
  }
  return {
    count: items.length,
    item: (index) => items[checkIndex(index, items.length)] as Item,
    answer: (index) => answers[checkIndex(index, items.length)] as Answer,
  };
}

/**
 * The items at these indices, in this order; nothing is copied.
 *
 * @throws RangeError where an index is no whole number in 0 … `count − 1`.
 */
export function subset<Item, Answer>(
  dataset: Dataset<Item, Answer>,
  indices: ArrayLike<number>,
): Dataset<Item, Answer> {
  checkArguments('subset', { dataset, indices }, { dataset: aDataset, indices: someNumbers });
  const chosen = Array.from(indices, (index) => checkIndex(index, dataset.count));
  const at = (index: number): number => chosen[checkIndex(index, chosen.length)] as number;
  return {
    count: chosen.length,
    item: (index) => dataset.item(at(index)),
    answer: (index) => dataset.answer(at(index)),
  };
}

/** All items, in order. */
export function itemsOf<Item, Answer>(dataset: Dataset<Item, Answer>): Item[] {
  return Array.from({ length: dataset.count }, (_, index) => dataset.item(index));
}

/** All answers, in order. */
export function answersOf<Item, Answer>(dataset: Dataset<Item, Answer>): Answer[] {
  return Array.from({ length: dataset.count }, (_, index) => dataset.answer(index));
}

/** How a data set is divided. */
export type SplitDatasetOptions = SplitOptions;

/** The two parts. Together they hold every item once. */
export interface DatasetSplit<Item, Answer> {
  readonly train: Dataset<Item, Answer>;
  readonly validation: Dataset<Item, Answer>;
}

/**
 * Divides a data set at random into a part to train on and one to validate on.
 *
 * @returns `validation.count` is `count · validationFraction`, rounded.
 * @throws RangeError where the fraction is not in 0 … 1.
 */
export function splitDataset<Item, Answer>(
  dataset: Dataset<Item, Answer>,
  options: SplitDatasetOptions = {},
): DatasetSplit<Item, Answer> {
  checkArguments('splitDataset', { dataset }, { dataset: aDataset });
  checkOptions('splitDataset', options, splitKinds);
  const { train, validation } = splitIndices(dataset.count, options, 'splitDataset');
  return { train: subset(dataset, train), validation: subset(dataset, validation) };
}

function checkIndex(index: number, count: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`dataset: an index must be a whole number in 0 … ${count - 1}, got ${index}`);
}
