/**
 * Setting part of the training data aside: what a net has not seen tells how
 * well it will do. The notebooks take 20 % unless they say otherwise.
 */
import { createRandom } from '../core/random';
import type { LabelledImages } from './labelled-images';
import { take } from './select';

export interface SplitOptions {
  /** The share that is set aside, in 0 … 1; default 0.2. */
  readonly validationFraction?: number;
  /** Decides which images are set aside; default 1. */
  readonly seed?: number;
}

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
  const { validationFraction = 0.2, seed = 1 } = options;
  if (!(validationFraction >= 0 && validationFraction <= 1)) {
    throw new RangeError(`split: validationFraction must be in 0 … 1, got ${validationFraction}`);
  }
  const indices = createRandom(seed).shuffle(Int32Array.from({ length: set.count }, (_, index) => index));
  const trainCount = set.count - Math.round(set.count * validationFraction);
  return {
    train: take(set, indices.subarray(0, trainCount)),
    validation: take(set, indices.subarray(trainCount)),
  };
}
