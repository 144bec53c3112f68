/**
 * Gradients by central differences, in double precision around an engine that
 * computes in single precision.
 */
import { createRandom } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';
import type { Draw, GradientCase } from './gradientCases';

/** Half the distance between the two points of a difference. */
const h = 1e-2;

/** Draws an input. */
export function draw(shape: readonly number[], how: Draw, seed: number): Float32Array {
  const random = createRandom(seed);
  const size = shape.reduce((product, length) => product * length, 1);
  if (how === 'normal') return Float32Array.from({ length: size }, () => random.normal(0, 0.7));
  if (how === 'positive') return Float32Array.from({ length: size }, () => random.between(0.5, 1.5));
  // Spaced: … −0.15, −0.1, 0.1, 0.15 … in random order, at least 5 h apart.
  const steps = Array.from({ length: size }, (_, i) => i - Math.floor(size / 2));
  return random.shuffle(
    Float32Array.from(steps, (step) => (step >= 0 ? 0.1 + 0.05 * step : 0.05 * step - 0.05)),
  );
}

/** Σ f(xs)·w with fixed weights w, summed in double precision. */
function weighted(f: GradientCase['f'], xs: readonly tf.Tensor[], weights: Float32Array): number {
  const values = tf.tidy(() => f(...xs).dataSync()) as Float32Array;
  return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
}

export interface Gradients {
  readonly analytic: Float32Array[];
  readonly numeric: Float32Array[];
}

/** The gradient of Σ f(xs)·w by the engine, and by moving every element of every input by ±h. */
export function gradientsOf({ f, inputs }: GradientCase): Gradients {
  const values = inputs.map(({ shape, draw: how = 'normal' }, i) => draw(shape, how, 11 + i));
  const tensors = values.map((value, i) => tf.tensor(value, [...(inputs[i]?.shape ?? [])]));
  const output = tf.tidy(() => f(...tensors));
  const weights = draw(output.shape, 'normal', 99);
  const w = tf.tensor(weights, output.shape);
  const analytic = tf.tidy(() =>
    tf
      .grads(
        (...xs: tf.Tensor[]) =>
          f(...xs)
            .mul(w)
            .sum() as tf.Scalar,
      )(tensors)
      .map((g) => g.dataSync() as Float32Array),
  );
  const numeric = values.map((value, i) =>
    value.map((_, j) => {
      const at = (step: number): number => {
        const moved = value.slice();
        moved[j] = (moved[j] as number) + step;
        return tf.tidy(() => weighted(f, tensors.with(i, tf.tensor(moved, tensors[i]?.shape)), weights));
      };
      return (at(h) - at(-h)) / (2 * h);
    }),
  );
  tf.dispose([tensors, output, w]);
  return { analytic, numeric };
}
