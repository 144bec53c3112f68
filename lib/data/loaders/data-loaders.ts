/**
 * The pair that every demonstration trains with: a loader of the part to learn
 * from and a loader of the part to validate on, split 80 to 20 unless told
 * otherwise (after fastai's `DataLoaders`, Howard and Gugger, 2020). Pictures,
 * masks, texts, tables and ratings all come as this.
 */
import { checkArguments, checkOptions, type OptionKinds, required } from '../../core/argument';
import { aFunction, aString, someNumbers, someStrings } from '../../core/argument-kinds';
import { aDataset } from '../argument-kinds';
import { splitKinds } from '../split-indices';
import { type Collate, DataLoader } from './data-loader';
import { type Dataset, type DatasetSplit, type SplitDatasetOptions, splitDataset } from './dataset';

/** Where the data came from, in words fit for print. */
export interface DataOrigin {
  /** Stands on every figure: `Oxford-IIIT Pet`, `made cats and dogs`. */
  readonly name: string;
  /** `drawn by this project, seed 1`, or where a public set was found. */
  readonly source: string;
  readonly citation: string;
}

export const originKinds: OptionKinds<Partial<DataOrigin>> = {
  name: aString,
  source: aString,
  citation: aString,
};

/** Both parts, and what a model for them has to take and give. */
export interface DataLoaders<Item, Answer> extends DataOrigin {
  /** What a net takes, without the count: `[64, 64, 3]`. */
  readonly inputShape: readonly number[];
  /** What the class numbers mean, `classes[0]` first; empty where the answer is a quantity. */
  readonly classes: readonly string[];
  readonly train: DataLoader<Item, Answer>;
  readonly validation: DataLoader<Item, Answer>;
  /** Frees the tensors of both. */
  dispose(): void;
}

/** What the parts of one data set have in common. */
export interface LoaderOptions<Item, Answer> extends DataOrigin {
  readonly inputShape: readonly number[];
  readonly classes?: readonly string[];
  readonly collate: Collate<Item, Answer>;
}

/** The same, and how to split. */
export interface DataLoadersOptions<Item, Answer> extends LoaderOptions<Item, Answer>, SplitDatasetOptions {}

/**
 * Splits a data set and wraps both parts.
 *
 * @throws RangeError where the fraction is not in 0 … 1.
 */
export function dataLoaders<Item, Answer>(
  dataset: Dataset<Item, Answer>,
  options: DataLoadersOptions<Item, Answer>,
): DataLoaders<Item, Answer> {
  checkArguments('dataLoaders', { dataset }, { dataset: aDataset });
  checkOptions('dataLoaders', options, {
    inputShape: required(someNumbers),
    classes: someStrings,
    collate: required(aFunction),
    name: required(aString),
    source: required(aString),
    citation: required(aString),
    ...splitKinds,
  });
  return loadersOf(splitDataset(dataset, options), options);
}

/** Wraps two parts that are split already. */
export function loadersOf<Item, Answer>(
  parts: DatasetSplit<Item, Answer>,
  options: LoaderOptions<Item, Answer>,
): DataLoaders<Item, Answer> {
  const { name, source, citation, inputShape, classes = [], collate } = options;
  const train = new DataLoader(parts.train, collate);
  const validation = new DataLoader(parts.validation, collate);
  const dispose = (): void => {
    train.dispose();
    validation.dispose();
  };
  return { name, source, citation, inputShape, classes, train, validation, dispose };
}
