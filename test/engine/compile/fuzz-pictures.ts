/** Operations on pictures: convolution, bias, activation and pooling in all orders. */
import * as tf from 'inkwell/engine/tf';
import { type Operation, type Operations, shift } from './fuzz-operations';

const convolve: Operation = (x, program) => {
  const { random } = program;
  const filters = program.parameter(undefined, undefined, undefined, undefined);
  const [, height = 0, width = 0] = x.shape;
  const [size = 0] = filters.shape;
  const fits = size <= height && size <= width;
  const padding = fits ? random.pick(['same', 'valid', 'same'] as const) : 'same';
  return tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, random.pick([1, 1, 1, 2]), padding);
};

const squares: Operation = (x) => {
  const [, height = 0, width = 0] = x.shape;
  return tf.maxPool(x as tf.Tensor4D, 2, 2, height < 2 || width < 2 ? 'same' : 'valid');
};

const pool =
  (kind: 'max' | 'avg'): Operation =>
  (x, { random }) => {
    const size = random.pick([1, 2, 2, 3]);
    const step = random.pick([1, 2, 2, 3]);
    const [, height = 0, width = 0] = x.shape;
    const padding = size <= height && size <= width ? random.pick(['same', 'valid'] as const) : 'same';
    return kind === 'max'
      ? tf.maxPool(x as tf.Tensor4D, size, step, padding)
      : tf.avgPool(x as tf.Tensor4D, size, step, padding);
  };

export const pictureOperations: Operations = {
  convolve,
  convolveAndShift: (x, program) => shift(convolve(x, program), program),
  block: (x, program) => squares(tf.relu(shift(convolve(x, program), program)), program),
  blockBefore: (x, program) => tf.relu(squares(shift(convolve(x, program), program), program)),
  blockOfAny: (x, program) => pool('max')(tf.relu(shift(convolve(x, program), program)), program),
  blockLinear: (x, program) => squares(shift(convolve(x, program), program), program),
  blockOfTanh: (x, program) => squares(tf.tanh(shift(convolve(x, program), program)), program),
  residual: (x, program) => {
    const filters = program.parameter(undefined, undefined, undefined, undefined);
    return tf.relu(tf.add(x, tf.mul(0.5, tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, 1, 'same'))));
  },
  squares,
  maxPool: pool('max'),
  avgPool: pool('avg'),
  normalise: (x) => tf.localResponseNormalization(x as tf.Tensor4D, 2, 1, 0.1, 0.75),
  batchNorm: (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 0.1)));
  },
  pixels: (x) =>
    tf.reshape(
      x,
      [-1, x.shape[3] as number].map((size, i, all) =>
        i === 0 ? x.size / Math.max(1, all[1] as number) : size,
      ),
    ),
  average: (x) => tf.mean(x, [1, 2]),
  largest: (x) => tf.max(x, [1, 2]),
  border: (x) =>
    tf.pad(x, [
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ]),
  turn: (x) => tf.transpose(x, [0, 2, 1, 3]),
};
