/**
 * One image out of a set.
 */
import { checkArguments } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import { anImageSet } from './argument-kinds';
import type { LabelledImages } from './labelled-images';

/** A grey image and, where it is known, what it shows. */
export interface DigitImage {
  /** `height × width` values, 0 (background) … 255 (ink), row by row. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly label: number;
}

/**
 * The image at `index`, as a view: its pixels are those of the set, not copies.
 *
 * @param index a whole number in 0 … `set.count − 1`; RangeError otherwise.
 */
export function image(set: LabelledImages, index: number): DigitImage {
  checkArguments('image', { set, index }, { set: anImageSet, index: aNumber });
  const { height, width } = set;
  const label = set.labels[index];
  if (label === undefined) {
    throw new RangeError(`image: index must be a whole number in 0 … ${set.count - 1}, got ${index}`);
  }
  const start = index * height * width;
  return { pixels: set.images.subarray(start, start + height * width), height, width, label };
}
