/** Which examples are set aside to validate on: the same choice for a set of images and for any other data set. */
import type { OptionKinds } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import { createRandom } from '../core/random';

/** How a data set is divided. */
export interface SplitOptions {
  /** The share that is set aside to validate on, in 0 … 1; default 0.2. */
  readonly validationFraction?: number;
  /** Decides which examples are set aside; default 1. */
  readonly seed?: number;
}

export const splitKinds: OptionKinds<SplitOptions> = { validationFraction: aNumber, seed: aNumber };

/** Indices of the two parts. Together they hold each once. */
export interface SplitIndices {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Divides the indices 0 … count − 1 at random.
 *
 * @param where whose options they are, for the error.
 * @returns `validation.length` is `count · validationFraction`, rounded.
 * @throws RangeError where the fraction is not in 0 … 1.
 */
export function splitIndices(count: number, options: SplitOptions, where: string): SplitIndices {
  const { validationFraction = 0.2, seed = 1 } = options;
  if (!(validationFraction >= 0 && validationFraction <= 1)) {
    throw new RangeError(`${where}: validationFraction must be in 0 … 1, got ${validationFraction}`);
  }
  const order = createRandom(seed).shuffle(Int32Array.from({ length: count }, (_, index) => index));
  const trainCount = count - Math.round(count * validationFraction);
  return { train: order.subarray(0, trainCount), validation: order.subarray(trainCount) };
}
