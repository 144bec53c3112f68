/**
 * Setting part of the training data aside: what a net has not seen tells how
 * well it will do. The notebooks take 20 % unless they say otherwise.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { anImageSet } from './argument-kinds';
import type { LabelledImages } from './labelled-images';
import { take } from './select';
import { type SplitOptions, splitIndices, splitKinds } from './split-indices';

export type { SplitOptions };

/** The two parts. Together they hold every image once. */
export interface Split {
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
}

/**
 * Splits a set at random into a part to train on and one to validate on.
 *
 * @returns copies; `validation.count` is `set.count · validationFraction`, rounded.
 * @throws RangeError where the fraction is not in 0 … 1.
 */
export function split(set: LabelledImages, options: SplitOptions = {}): Split {
  checkArguments('split', { set }, { set: anImageSet });
  checkOptions('split', options, splitKinds);
  const { train, validation } = splitIndices(set.count, options, 'split');
  return { train: take(set, train), validation: take(set, validation) };
}
