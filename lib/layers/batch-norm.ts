/**
 * Batch normalisation (Ioffe and Szegedy, 2015): each channel with mean 0 and
 * variance 1 over the mini-batch, then scaled and shifted by learned numbers:
 * `y = scale · (x − mean) / √(variance + epsilon) + shift`.
 *
 * Outside training the moving averages stand in for the batch's statistics.
 * The moving variance is the unbiased one, as in PyTorch.
 */
import * as tf from '../engine/tf';
import type { Layer, ParameterSpec, Scope, TrainingScope } from './layer';
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
      const { mean, variance } =
        scope.training === undefined ? averages(scope) : statistics(xs, scope, scope.training, momentum);
      const factor = tf.mul(scope.tensor('scale'), tf.rsqrt(tf.add(variance, epsilon)));
      return tf.add(tf.mul(tf.sub(xs, mean), factor), scope.tensor('shift'));
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

interface Moments {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

function averages(scope: Scope): Moments {
  return { mean: scope.tensor('movingMean'), variance: scope.tensor('movingVariance') };
}

/** The batch's own mean and variance; moves the averages towards them. */
function statistics(xs: tf.Tensor, scope: Scope, training: TrainingScope, momentum: number): Moments {
  const axes = xs.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(xs, axes);
  const count = xs.size / (xs.shape.at(-1) as number);
  const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
  const moved = (name: string, value: tf.Tensor): void =>
    training.setBuffer(name, tf.add(tf.mul(scope.tensor(name), momentum), tf.mul(value, 1 - momentum)));
  moved('movingMean', mean);
  moved('movingVariance', unbiased);
  return { mean, variance };
}
