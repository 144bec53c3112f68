/**
 * From bytes to tensors: what a net computes with. Pixels become numbers in
 * 0 … 1, labels whole numbers or one-hot rows. Who makes a tensor disposes of it.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import * as tf from '../engine/tf';
import { anImageSet } from './argument-kinds';
import type { LabelledImages } from './labelled-images';

/**
 * The images as rows.
 *
 * @returns float32, shape `[count, height · width]`, 0 (background) … 1 (ink).
 */
export function imageTensor(set: LabelledImages): tf.Tensor2D {
  checkArguments('imageTensor', { set }, { set: anImageSet });
  return tf.tensor2d(scaled(set), [set.count, set.height * set.width], 'float32');
}

/**
 * The images as pictures of one channel, for convolutions.
 *
 * @returns float32, shape `[count, height, width, 1]`, 0 (background) … 1 (ink).
 */
export function imageTensor4d(set: LabelledImages): tf.Tensor4D {
  checkArguments('imageTensor4d', { set }, { set: anImageSet });
  return tf.tensor4d(scaled(set), [set.count, set.height, set.width, 1], 'float32');
}

/** The labels: int32, shape `[count]`. */
export function labelTensor(set: LabelledImages): tf.Tensor1D {
  checkArguments('labelTensor', { set }, { set: anImageSet });
  return tf.tensor1d(Int32Array.from(set.labels), 'int32');
}

/**
 * The labels one-hot: 1 in the label's column, 0 elsewhere.
 *
 * @param options.classes how many columns; default 10. RangeError where a label is not below it.
 * @returns float32, shape `[count, classes]`.
 */
export function oneHotTensor(set: LabelledImages, options: { readonly classes?: number } = {}): tf.Tensor2D {
  checkArguments('oneHotTensor', { set }, { set: anImageSet });
  checkOptions('oneHotTensor', options, { classes: aNumber });
  const { classes = 10 } = options;
  const rows = new Float32Array(set.count * classes);
  for (const [index, label] of set.labels.entries()) {
    if (label >= classes) throw new RangeError(`oneHotTensor: labels must be below ${classes}, got ${label}`);
    rows[index * classes + label] = 1;
  }
  return tf.tensor2d(rows, [set.count, classes], 'float32');
}

function scaled({ images }: LabelledImages): Float32Array {
  // Written out: a map over 47 million values is the slowest part of a chapter's start.
  const values = new Float32Array(images.length);
  for (let i = 0; i < images.length; i++) values[i] = (images[i] as number) / 255;
  return values;
}
