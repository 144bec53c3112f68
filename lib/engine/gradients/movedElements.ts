/**
 * Gradients of operations that only move and copy elements: strided slices, of
 * which TensorFlow.js has none, and reflected borders, whose gradient it cuts off
 * with the border.
 *
 * Moving the numbers of the elements in place of the elements tells where each
 * came from; each place then gets the sum of what was made of it.
 */
import * as tf from '../tf';

/** Carries a gradient back through `move`, which was applied to a tensor of this shape. */
export function carryBack(
  dy: tf.Tensor,
  shape: number[],
  move: (numbers: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const origins = move(tf.range(0, size, 1, 'int32').reshape(shape)).flatten() as tf.Tensor1D;
  return tf.unsortedSegmentSum(dy.flatten(), origins, size).reshape(shape);
}

interface SliceAttributes {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

export const stridedSliceGradient: tf.GradConfig = {
  kernelName: 'StridedSlice',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => {
    const a = attributes as unknown as SliceAttributes;
    const { begin, end, strides } = a;
    const masks = [a.beginMask, a.endMask, a.ellipsisMask, a.newAxisMask, a.shrinkAxisMask] as const;
    const move = (numbers: tf.Tensor): tf.Tensor => tf.stridedSlice(numbers, begin, end, strides, ...masks);
    return { x: () => carryBack(dy as tf.Tensor, (x as tf.Tensor).shape, move) };
  },
};

interface MirrorPadAttributes {
  readonly paddings: [number, number][];
  readonly mode: 'reflect' | 'symmetric';
}

export const mirrorPadGradient: tf.GradConfig = {
  kernelName: 'MirrorPad',
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => {
    const { paddings, mode } = attributes as unknown as MirrorPadAttributes;
    const move = (numbers: tf.Tensor): tf.Tensor => tf.mirrorPad(numbers, paddings, mode);
    return { x: () => carryBack(dy as tf.Tensor, (x as tf.Tensor).shape, move) };
  },
};
