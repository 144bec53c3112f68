/**
 * Choosing part of a set of labelled images: some classes, a few of each, or
 * exactly those at certain indices.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber, type Kind, someNumbers } from '../core/argument-kinds';
import { createRandom } from '../core/random';
import { anImageSet } from './argument-kinds';
import type { LabelledImages } from './labelled-images';

export interface SelectOptions {
  /** The labels to keep, such as `[2, 9]`; default all. */
  readonly digits?: readonly number[];
  /** The most images to keep; default all. */
  readonly limit?: number;
  /** Shuffles before the limit takes the first ones; without a seed the order stays. */
  readonly seed?: number;
}

/**
 * Keeps some of the images, copied into a new set; labels stay what they are.
 *
 * @throws RangeError where a digit is no whole number in 0 … 255 or the limit none of at least 0.
 */
export function select(set: LabelledImages, options: SelectOptions = {}): LabelledImages {
  checkArguments('select', { set }, { set: anImageSet });
  checkOptions('select', options, { digits: someNumbers, limit: aNumber, seed: aNumber });
  const { digits, limit = set.count, seed } = options;
  if (!Number.isInteger(limit) || limit < 0) {
    throw new RangeError(`select: limit must be a whole number of at least 0, got ${limit}`);
  }
  const wrong = digits?.find((digit) => !Number.isInteger(digit) || digit < 0 || digit > 255);
  if (wrong !== undefined)
    throw new RangeError(`select: digits must be whole numbers in 0 … 255, got ${wrong}`);
  const kept = new Set(digits ?? set.labels);
  const indices: number[] = [];
  for (const [index, label] of set.labels.entries()) if (kept.has(label)) indices.push(index);
  if (seed !== undefined) createRandom(seed).shuffle(indices);
  return take(set, indices.slice(0, limit));
}

const someIndices: Kind = {
  ...someNumbers,
  advice: (value) =>
    typeof value === 'number' ? `for the first ${value} images, select(set, { limit: ${value} })` : undefined,
};

/**
 * The images at these indices, in this order, copied into a new set.
 *
 * @param indices whole numbers in 0 … `set.count − 1`, repeats allowed; RangeError otherwise.
 */
export function take(set: LabelledImages, indices: ArrayLike<number>): LabelledImages {
  checkArguments('take', { set, indices }, { set: anImageSet, indices: someIndices });
  const { height, width } = set;
  const pixels = height * width;
  const images = new Uint8Array(indices.length * pixels);
  const labels = new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (!Number.isInteger(index) || index < 0 || index >= set.count) {
      throw new RangeError(`take: an index must be a whole number in 0 … ${set.count - 1}, got ${index}`);
    }
    images.set(set.images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
    labels[i] = set.labels[index] as number;
  }
  return { images, labels, count: indices.length, height, width };
}
