/** Loaders of pictures that each show one thing: pictures in, names out. */
import * as tf from '../../engine/tf';
import { type DataLoaders, type DataOrigin, dataLoaders } from '../loaders/data-loaders';
import { datasetOf, type SplitDatasetOptions } from '../loaders/dataset';
import { type ColourImage, pictureTensor } from './colour-image';

/** Pictures of one size, and the class of each. */
export interface LabelledPictures {
  readonly pictures: readonly ColourImage[];
  readonly labels: readonly string[];
  /** In the order of their numbers. */
  readonly classes: readonly string[];
}

/**
 * Splits pictures into two parts and wraps both.
 *
 * @param set at least one picture, all of one size.
 * @returns `xs` float32 `[count, height, width, channels]`, 0 … 1; `ys` class numbers, int32 `[count]`.
 * @throws RangeError where the fraction is not in 0 … 1, or a label is no class.
 */
export function pictureLoaders(
  set: LabelledPictures,
  options: DataOrigin & SplitDatasetOptions,
): DataLoaders<ColourImage, string> {
  const { pictures, labels, classes } = set;
  const [first] = pictures;
  if (first === undefined) throw new RangeError('pictureLoaders: expected at least one picture, got none');
  const numbers = new Map(classes.map((name, index) => [name, index]));
  const stray = labels.find((label) => !numbers.has(label));
  if (stray !== undefined) {
    throw new RangeError(`pictureLoaders: labels must be among ${classes.join(', ')}, got ${stray}`);
  }
  return dataLoaders(datasetOf(pictures, labels), {
    ...options,
    inputShape: [first.height, first.width, first.channels],
    classes,
    collate: ({ count, item, answer }) => ({
      xs: pictureTensor(Array.from({ length: count }, (_, index) => item(index))),
      ys: tf.tensor1d(
        Int32Array.from({ length: count }, (_, index) => numbers.get(answer(index)) as number),
        'int32',
      ),
    }),
  });
}
