/**
 * Gradient of (a − b)²: 2(a − b) for a, the opposite for b. TensorFlow.js forgets
 * to sum over the axes that were broadcast.
 */
import type * as tf from '../tf';
import { sumToShape } from './sumToShape';

export const squaredDifferenceGradient: tf.GradConfig = {
  kernelName: 'SquaredDifference',
  inputsToSave: ['a', 'b'],
  gradFunc: (dyOrList, saved) => {
    const dy = dyOrList as tf.Tensor;
    const [a, b] = saved as [tf.Tensor, tf.Tensor];
    const gradient = (): tf.Tensor => dy.mul(a.sub(b)).mul(2);
    return {
      a: () => sumToShape(gradient(), a.shape),
      b: () => sumToShape(gradient().neg(), b.shape),
    };
  },
};
