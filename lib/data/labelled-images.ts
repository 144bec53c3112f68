/**
 * Images and their labels, side by side: the shape in which every data set of
 * digits comes, whether people wrote them or the project drew them.
 */
import { dataError } from './errors';
import type { IdxArray } from './idx';

/** `count` grey images and what each shows. */
export interface LabelledImages {
  /** `count × height × width` values, 0 (background) … 255 (ink), row by row, image after image. */
  readonly images: Uint8Array;
  /** `count` labels; for digits 0 … 9. */
  readonly labels: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Pairs images with labels as they stand in two IDX files.
 *
 * @param images `uint8`, shape `[count, height, width]`.
 * @param labels `uint8`, shape `[count]`, each below `classes`.
 * @param options.classes how many classes there are; default 10.
 * @param options.label what to call the pair in an error; default `data`.
 * @throws InkwellError `DATA_FORMAT` where either is of another type or shape or a label is no
 *   class, `DATA_COUNTS` where there are not as many labels as images.
 */
export function labelledImages(
  images: IdxArray,
  labels: IdxArray,
  options: { readonly classes?: number; readonly label?: string } = {},
): LabelledImages {
  const { classes = 10, label = 'data' } = options;
  const [count = 0, height = 0, width = 0] = images.shape;
  if (!(images.values instanceof Uint8Array) || images.shape.length !== 3) {
    throw dataError('DATA_FORMAT', `${label}: images must be uint8 of 3 dimensions, got ${describe(images)}`);
  }
  if (!(labels.values instanceof Uint8Array) || labels.shape.length !== 1) {
    throw dataError('DATA_FORMAT', `${label}: labels must be uint8 of 1 dimension, got ${describe(labels)}`);
  }
  if (labels.values.length !== count) {
    const hint = 'The two files belong to different data sets, or one was made from a part of the other.';
    throw dataError('DATA_COUNTS', `${label}: there are ${count} images but ${labels.values.length} labels`, {
      hint,
    });
  }
  const stray = labels.values.findIndex((value) => value >= classes);
  if (stray >= 0) {
    const range = `labels must be 0 … ${classes - 1}`;
    throw dataError('DATA_FORMAT', `${label}: ${range}, got ${labels.values[stray]} at ${stray}`);
  }
  return { images: images.values, labels: labels.values, count, height, width };
}

function describe({ type, shape }: IdxArray): string {
  return `${type} of shape ${shape.join(' × ')}`;
}

/**
 * The first `count` images, as views: nothing is copied.
 *
 * @throws RangeError where `count` is not a whole number in 0 … `set.count`.
 */
export function firstImages(set: LabelledImages, count: number): LabelledImages {
  if (!Number.isInteger(count) || count < 0 || count > set.count) {
    throw new RangeError(`firstImages: count must be a whole number in 0 … ${set.count}, got ${count}`);
  }
  const { height, width } = set;
  const images = set.images.subarray(0, count * height * width);
  return { images, labels: set.labels.subarray(0, count), count, height, width };
}
