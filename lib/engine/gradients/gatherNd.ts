/**
 * Gradient of picking elements by their coordinates, which a cross-entropy over
 * class numbers is made of: every picked element gets its gradient, and one that
 * was picked twice gets the sum. TensorFlow.js has none.
 */
import * as tf from '../tf';

export const gatherNdGradient: tf.GradConfig = {
  kernelName: 'GatherNd',
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, saved) => {
    const [params, indices] = saved as [tf.Tensor, tf.Tensor];
    return {
      params: () => tf.scatterND(indices, dy as tf.Tensor, params.shape),
      indices: () => tf.zerosLike(indices),
    };
  },
};
