/** Loaders of pictures with a mask each: pictures in, a class for every pixel out. */
import { type DataLoaders, type DataOrigin, dataLoaders } from '../loaders/data-loaders';
import { datasetOf, type SplitDatasetOptions } from '../loaders/dataset';
import { type ColourImage, type Mask, maskTensor, pictureTensor } from './colour-image';

/** Pictures of one size, and the mask of each. */
export interface SegmentedPictures {
  readonly pictures: readonly ColourImage[];
  readonly masks: readonly Mask[];
  /** In the order of their numbers. */
  readonly classes: readonly string[];
}

/**
 * Splits pictures and masks into two parts and wraps both.
 *
 * @param set at least one picture, all of one size, the masks too.
 * @returns `xs` float32 `[count, height, width, channels]`, 0 … 1; `ys` int32 `[count, height, width]`.
 * @throws RangeError where sizes differ, a number is no class, or the fraction is not in 0 … 1.
 */
export function maskLoaders(
  set: SegmentedPictures,
  options: DataOrigin & SplitDatasetOptions,
): DataLoaders<ColourImage, Mask> {
  const { pictures, masks, classes } = set;
  const [first] = pictures;
  if (first === undefined) throw new RangeError('maskLoaders: expected at least one picture, got none');
  for (const [index, mask] of masks.entries()) checkMask(mask, index, first, classes.length);
  return dataLoaders(datasetOf(pictures, masks), {
    ...options,
    inputShape: [first.height, first.width, first.channels],
    classes,
    collate: ({ count, item, answer }) => ({
      xs: pictureTensor(Array.from({ length: count }, (_, index) => item(index))),
      ys: maskTensor(Array.from({ length: count }, (_, index) => answer(index))),
    }),
  });
}

function checkMask(
  { pixels, height, width }: Mask,
  index: number,
  picture: ColourImage,
  classes: number,
): void {
  if (height !== picture.height || width !== picture.width) {
    const both = `${picture.height} × ${picture.width}, got ${height} × ${width}`;
    throw new RangeError(`maskLoaders: masks must have the size of the pictures, ${both} at ${index}`);
  }
  const stray = pixels.find((number) => number >= classes);
  if (stray === undefined) return;
  throw new RangeError(
    `maskLoaders: class numbers must be 0 … ${classes - 1}, got ${stray} in the mask at ${index}`,
  );
}
