/**
 * Activations: what makes a net of several layers more than one layer.
 *
 * | name | f(x) |
 * |---|---|
 * | linear | x |
 * | sigmoid | 1 / (1 + e⁻ˣ) |
 * | tanh | (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) |
 * | relu | max(x, 0) |
 * | leaky-relu | x where x > 0, else 0.01·x |
 * | elu | x where x > 0, else eˣ − 1 |
 * | gelu | x · Φ(x), Φ the normal distribution's (Hendrycks and Gimpel, 2016) |
 * | softplus | ln(1 + eˣ) |
 * | softmax | eˣ / Σ eˣ, over the last axis |
 */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import type { ActivationName, ActivationSpec } from './spec';

const functions: Readonly<Record<ActivationName, (xs: tf.Tensor) => tf.Tensor>> = {
  linear: (xs) => xs,
  sigmoid: (xs) => tf.sigmoid(xs),
  tanh: (xs) => tf.tanh(xs),
  relu: (xs) => tf.relu(xs),
  'leaky-relu': (xs) => tf.maximum(xs, tf.mul(xs, 0.01)),
  elu: (xs) => tf.elu(xs),
  gelu: (xs) => tf.mul(xs, tf.mul(0.5, tf.add(1, tf.erf(tf.div(xs, Math.SQRT2))))),
  softplus: (xs) => tf.softplus(xs),
  softmax: (xs) => tf.softmax(xs),
};

/** The names that there are. */
export const activationNames: readonly string[] = Object.keys(functions);

/**
 * The function of a name.
 *
 * @param where who asks, for the error.
 * @throws RangeError for a name that there is not.
 */
export function activationFunction(name: ActivationName, where: string): (xs: tf.Tensor) => tf.Tensor {
  const f = functions[name];
  if (f !== undefined) return f;
  throw new RangeError(
    `${where}: an activation must be one of ${activationNames.join(', ')}, got ${String(name)}`,
  );
}

/** The layer of a spec. @param where its place, for errors. */
export function activationLayer(spec: ActivationSpec, where: string): Layer {
  return {
    ...withoutParameters,
    outputShape(input) {
      activationFunction(spec.name, where);
      return input;
    },
    forward: (xs) => activationFunction(spec.name, where)(xs),
  };
}
