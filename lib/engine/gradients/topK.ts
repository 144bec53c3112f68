/**
 * Gradient of the k largest values of each row: it goes to the places they were
 * taken from. TensorFlow.js has none.
 */
import * as tf from '../tf';

export const topKGradient: tf.GradConfig = {
  kernelName: 'TopK',
  inputsToSave: ['x'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const [x, indices] = saved as [tf.Tensor, tf.Tensor];
    const width = x.shape.at(-1) ?? 1;
    const gradient = (): tf.Tensor => {
      const placed = tf.oneHot(indices as tf.Tensor1D, width, 1, 0, 'float32');
      return placed.mul((dys as tf.Tensor[])[0]?.expandDims(-1) ?? 0).sum(-2);
    };
    return { x: gradient };
  },
};
