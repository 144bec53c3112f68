/**
 * The expanded training set: each image and four copies of it, shifted by one
 * pixel up, down, left and right; 250,000 images from 50,000 (expand_mnist.py,
 * M. Nielsen, Neural Networks and Deep Learning, 2015, chapter 6).
 */
import { checkArguments, checkOptions } from '../../core/argument';
import { aNumber } from '../../core/argument-kinds';
import { anImageSet } from '../../data/argument-kinds';
import type { LabelledImages } from '../../data/labelled-images';

/** Down and right, in pixels; the first is the image itself. */
const SHIFTS: readonly (readonly [down: number, right: number])[] = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];

/**
 * Five images for each: all as they are, then all shifted down, up, right, left.
 *
 * @param options.pixels how far; default 1. RangeError where that is no whole number of at least 1.
 * @returns copies; what is shifted in is background.
 */
export function expandByShifts(
  set: LabelledImages,
  options: { readonly pixels?: number } = {},
): LabelledImages {
  checkArguments('expandByShifts', { set }, { set: anImageSet });
  checkOptions('expandByShifts', options, { pixels: aNumber });
  const { pixels = 1 } = options;
  if (!Number.isInteger(pixels) || pixels < 1) {
    throw new RangeError(`expandByShifts: pixels must be a whole number of at least 1, got ${pixels}`);
  }
  const { count, height, width } = set;
  const images = new Uint8Array(SHIFTS.length * set.images.length);
  const labels = new Uint8Array(SHIFTS.length * count);
  for (const [i, [down, right]] of SHIFTS.entries()) {
    const target = images.subarray(i * set.images.length, (i + 1) * set.images.length);
    shiftInto(target, set, { down: down * pixels, right: right * pixels });
    labels.set(set.labels.subarray(0, count), i * count);
  }
  return { images, labels, count: SHIFTS.length * count, height, width };
}

function shiftInto(
  target: Uint8Array,
  { images, count, height, width }: LabelledImages,
  { down, right }: { readonly down: number; readonly right: number },
): void {
  const [from, to] = [Math.max(0, -right), Math.min(width, width - right)];
  if (from >= to) return;
  for (let row = 0; row < count * height; row++) {
    const y = (row % height) + down;
    if (y < 0 || y >= height) continue;
    const start = row * width;
    target.set(images.subarray(start + from, start + to), start + down * width + from + right);
  }
}
