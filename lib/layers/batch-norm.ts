/**
 * Batch normalisation (Ioffe and Szegedy, 2015): each channel with mean 0 and
 * variance 1 over the mini-batch, then scaled and shifted by learned numbers:
 * `y = scale · (x − mean) / √(variance + epsilon) + shift`.
 *
 * Outside training the moving averages stand in for the batch's statistics.
 * The moving variance is the unbiased one, as in PyTorch.
 */
import {
  type BatchNormNumbers,
  type BatchNormTensors,
  type NormalisedBatch,
  normaliseBatch,
} from '../engine/batch-norm';
import { hasOwnOperations } from '../engine/native/load';
import * as tf from '../engine/tf';
import type { Layer, ParameterSpec } from './layer';
import { checkNumber, type Shape } from './shape';
import type { BatchNormSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function batchNormLayer(spec: BatchNormSpec, where: string): Layer {
  const { momentum = 0.9, epsilon = 1e-5 } = spec;
  return {
    outputShape(input) {
      if (input.length === 0)
        throw new RangeError(`${where}: expects input of at least one axis, got a scalar`);
      checkNumber(where, 'momentum', momentum, momentum >= 0 && momentum < 1, 'in [0, 1)');
      checkNumber(where, 'epsilon', epsilon, epsilon > 0, 'above 0');
      return input;
    },
    parameters: (input) => parametersFor(input),
    multiplyAdds: () => 0,
    forward(xs, scope) {
      const tensors = {
        scale: scope.tensor('scale'),
        shift: scope.tensor('shift'),
        movingMean: scope.tensor('movingMean'),
        movingVariance: scope.tensor('movingVariance'),
      };
      if (scope.training === undefined) return scaled(xs, tensors, epsilon);
      const isOwn = hasOwnOperations() && xs.dtype === 'float32';
      const normalised = (isOwn ? normaliseBatch : composedBatchNorm)(xs, tensors, { momentum, epsilon });
      scope.training.setBuffer('movingMean', normalised.movedMean);
      scope.training.setBuffer('movingVariance', normalised.movedVariance);
      return normalised.outputs;
    },
  };
}

function parametersFor(input: Shape): readonly ParameterSpec[] {
  const channels = input.at(-1) as number;
  const one = { shape: [channels], fanIn: channels, fanOut: channels };
  return [
    { name: 'scale', initializer: 'ones', role: 'parameter', ...one },
    { name: 'shift', initializer: 'zeros', role: 'parameter', ...one },
    { name: 'movingMean', initializer: 'zeros', role: 'buffer', ...one },
    { name: 'movingVariance', initializer: 'ones', role: 'buffer', ...one },
  ];
}

/** By the averages: one factor for each channel, and one number that is added. */
function scaled(xs: tf.Tensor, tensors: BatchNormTensors, epsilon: number): tf.Tensor {
  const { scale, shift, movingMean, movingVariance } = tensors;
  const factor = tf.mul(scale, tf.rsqrt(tf.add(movingVariance, epsilon)));
  return tf.add(tf.mul(xs, factor), tf.sub(shift, tf.mul(movingMean, factor)));
}

/** The same as `normaliseBatch`, from tfjs's own operations. */
export function composedBatchNorm(
  xs: tf.Tensor,
  { scale, shift, movingMean, movingVariance }: BatchNormTensors,
  { momentum, epsilon }: BatchNormNumbers,
): NormalisedBatch {
  const axes = xs.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(xs, axes);
  const count = xs.size / (xs.shape.at(-1) as number);
  const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
  const moved = (old: tf.Tensor, value: tf.Tensor): tf.Tensor =>
    tf.add(tf.mul(old, momentum), tf.mul(value, 1 - momentum));
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
  return {
    outputs: tf.add(tf.mul(tf.sub(xs, mean), factor), shift),
    movedMean: moved(movingMean, mean),
    movedVariance: moved(movingVariance, unbiased),
  };
}
