/**
 * The ranges by which the images of a grid are coloured: one for all, or each its own.
 */
import type { Pixels } from '../frames/pixels';
import { type ColorMap, checkValueRange, defaultRange, extent, type ValueRange } from './color';

/** One range for all, or a list of one for each image; `each`: every image by its own values. */
export type ImageRange = ValueRange | 'each' | readonly ValueRange[];

/** Whether each image has a range of its own in a list. */
export function isRangeList(range: ImageRange | undefined): range is readonly ValueRange[] {
  return Array.isArray(range) && typeof range[0] !== 'number';
}

/** Throws RangeError unless there is one range for each image. */
export function checkRanges(ranges: readonly ValueRange[], count: number): void {
  if (ranges.length !== count) {
    throw new RangeError(
      `imageGrid: range must be one for each image, got ${ranges.length} for ${count} images`,
    );
  }
  for (const range of ranges) checkValueRange('imageGrid', range);
}

/** One range for each image. */
export function rangesFor(
  images: readonly Pixels[],
  colorMap: ColorMap,
  range: ImageRange | undefined,
): readonly ValueRange[] {
  if (isRangeList(range)) return range;
  if (range === 'each') return images.map(({ values }) => defaultRange(values, colorMap));
  const shared =
    range ??
    defaultRange(
      images.flatMap((image) => [...extent(image.values)]),
      colorMap,
    );
  return images.map(() => shared);
}
