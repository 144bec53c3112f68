/**
 * Gradient of the cumulative sum: the cumulative sum of the gradient, from the
 * other end. TensorFlow.js transposes it where the axis is not the last one.
 */
import * as tf from '../tf';

interface Attributes {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

export const cumsumGradient: tf.GradConfig = {
  kernelName: 'Cumsum',
  gradFunc: (dy, _saved, attributes) => {
    const { axis, exclusive, reverse } = attributes as unknown as Attributes;
    return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
  },
};
