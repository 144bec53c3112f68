/**
 * A whole data set as examples in the engine. Mini-batches are gathered from
 * it by index, inside the step.
 */
import { checkArguments } from '../core/argument';
import { someNumbers } from '../core/argument-kinds';
import { anImageSet } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import type { LabelledImages } from '../data/labelled-images';
import { imageTensor, imageTensor4d, labelTensor } from '../data/tensors';
import * as tf from '../engine/tf';
import { type Shape, shapeText, sizeOf } from '../layers/shape';

/**
 * Labelled images as examples: pixels 0 … 1, class numbers.
 *
 * @param inputShape what the net takes: `[height, width, 1]`, `[height · width]` or the like.
 * @returns tensors; who asks for them disposes of them (`disposeExamples`).
 * @throws RangeError where an image does not have that many pixels.
 */
export function examplesOf(set: LabelledImages, inputShape: Shape): Examples {
  checkArguments('examplesOf', { set, inputShape }, { set: anImageSet, inputShape: someNumbers });
  const { height, width, count } = set;
  if (sizeOf(inputShape) !== height * width) {
    const images = `images of ${height} × ${width}`;
    throw new RangeError(`examplesOf: inputShape ${shapeText(inputShape)} does not fit ${images}`);
  }
  const isPicture = shapeText(inputShape) === shapeText([height, width, 1]);
  const xs = tf.tidy(() =>
    isPicture ? imageTensor4d(set) : tf.reshape(imageTensor(set), [count, ...inputShape]),
  );
  return { xs, ys: labelTensor(set) };
}

/** How many examples there are. Throws RangeError where inputs and targets are not as many, or none. */
export function exampleCount({ xs, ys }: Examples): number {
  const [inputs = 0] = xs.shape;
  const [targets = 0] = ys.shape;
  if (inputs !== targets) throw new RangeError(`examples: ${inputs} inputs but ${targets} targets`);
  if (inputs === 0) throw new RangeError('examples: there are none');
  return inputs;
}

/** Frees the tensors. */
export function disposeExamples({ xs, ys }: Examples): void {
  tf.dispose([xs, ys]);
}
