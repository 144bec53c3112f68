/** Operations on rows: dense and recurrent layers, and sums of products. */
import * as tf from 'inkwell/engine/tf';
import { type Operation, type Operations, shift } from './fuzz-operations';

const multiply: Operation = (x, program) => {
  const classes = x.shape[1] as number;
  return tf.matMul(
    x as tf.Tensor2D,
    program.parameter(classes, classes) as tf.Tensor2D,
    false,
    program.random.uniform() < 0.3,
  );
};

export const rowOperations: Operations = {
  multiply,
  dense: (x, program) => shift(multiply(x, program), program),
  denseRelu: (x, program) => tf.relu(shift(multiply(x, program), program)),
  recurrent: (x, program) => {
    const classes = x.shape[1] as number;
    const weights = program.parameter(classes, classes) as tf.Tensor2D;
    let state: tf.Tensor = tf.tanh(x);
    for (let i = 0; i < 3; i++) state = tf.tanh(tf.add(tf.matMul(state as tf.Tensor2D, weights), x));
    return state;
  },
  products: (x, program) => {
    const other = program.like(x);
    const square = tf.matMul(x as tf.Tensor2D, other as tf.Tensor2D, true, false);
    const size = Math.max(1, x.shape[0] as number);
    return tf.matMul(
      tf.tanh(x) as tf.Tensor2D,
      tf.div(tf.add(square, tf.matMul(other as tf.Tensor2D, x as tf.Tensor2D, true)), size) as tf.Tensor2D,
    );
  },
  pack: (x, program) =>
    tf.reshape(tf.stack([x, program.like(x)]), [2 * (x.shape[0] as number), x.shape[1] as number]),
  split: (x) => {
    const [rows = 0] = x.shape;
    return rows % 2 === 0 && rows > 0 ? tf.add(...(tf.split(x, 2, 0) as [tf.Tensor, tf.Tensor])) : x;
  },
  gather: (x) => ((x.shape[0] as number) > 0 ? tf.gather(x, tf.tensor1d([0, 0], 'int32')) : x),
};
