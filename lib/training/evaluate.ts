/**
 * What a net answers on a whole data set, a few hundred examples at a time:
 * predictions, and scores weighted by batch size.
 */
import { setImmediate } from 'node:timers/promises';
import type { Examples } from '../data/examples';
import * as tf from '../engine/tf';
import { forward, type Weights } from '../layers/net';
import type { NetSpec } from '../layers/spec';
import { exampleCount } from './examples';
import type { Scores } from './history';
import type { Loss } from './losses';
import { type Metric, WeightedMean } from './metrics';

export interface EvaluateOptions {
  /** Examples at a time; default 500. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/** What is measured. */
export interface Measures {
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
}

/** Measures one batch: the loss first, then each metric; float32 `[1 + metrics]`. */
export type BatchScorer = (inputs: BatchInputs) => tf.Tensor;

/** A type, not an interface: it is a record of tensors. */
export type BatchInputs = { readonly xs: tf.Tensor; readonly ys: tf.Tensor; readonly indices: tf.Tensor };

/** The scorer of a net, as one function of tensors. */
export function createScorer(net: NetSpec, weights: Weights, { loss, metrics }: Measures): BatchScorer {
  return ({ xs, ys, indices }) =>
    tf.tidy(() => {
      const outputs = forward(net, weights, tf.gather(xs, indices));
      const targets = tf.gather(ys, indices);
      return tf.stack([loss(outputs, targets), ...metrics.map((metric) => metric.measure(outputs, targets))]);
    });
}

/** Runs a scorer over all examples. @param names those of the scorer's numbers. */
export async function score(
  scorer: BatchScorer,
  names: readonly string[],
  examples: Examples,
  options: EvaluateOptions = {},
): Promise<Scores> {
  const { batchSize = 500, signal } = options;
  const means = names.map(() => new WeightedMean());
  const count = exampleCount(examples);
  // Read, not spread: a loader's tensors are getters.
  const { xs, ys } = examples;
  for (let start = 0; start < count; start += batchSize) {
    signal?.throwIfAborted();
    const size = Math.min(batchSize, count - start);
    const values = tf.tidy(() =>
      scorer({ xs, ys, indices: tf.range(start, start + size, 1, 'int32') }).dataSync(),
    );
    for (const [i, mean] of means.entries()) mean.update(values[i] as number, size);
    await setImmediate(); // an interrupt gets in between two batches
  }
  return Object.fromEntries(names.map((name, i) => [name, (means[i] as WeightedMean).compute()]));
}

/** Answers one batch: `[batchSize, …outputShape]`. */
export type BatchPredictor = (inputs: Omit<BatchInputs, 'ys'>) => tf.Tensor;

/** The predictor of a net, as one function of tensors. */
export function createPredictor(net: NetSpec, weights: Weights): BatchPredictor {
  return ({ xs, indices }) => tf.tidy(() => forward(net, weights, tf.gather(xs, indices)));
}

/** Runs a predictor over all inputs. @returns `[count, …outputShape]`, the caller's. */
export function predictAll(
  predictor: BatchPredictor,
  xs: tf.Tensor,
  options: { readonly batchSize?: number } = {},
): tf.Tensor {
  const { batchSize = 500 } = options;
  const [count = 0] = xs.shape;
  if (count === 0) throw new RangeError('predict: there are no inputs');
  return tf.tidy(() => {
    const parts: tf.Tensor[] = [];
    for (let start = 0; start < count; start += batchSize) {
      const end = Math.min(start + batchSize, count);
      parts.push(predictor({ xs, indices: tf.range(start, end, 1, 'int32') }));
    }
    return tf.concat(parts, 0);
  });
}

/**
 * The net's outputs for many inputs.
 *
 * @returns `[count, …outputShape]`; who asks for it disposes of it.
 * @throws RangeError where there are no inputs.
 */
export function predict(
  net: NetSpec,
  weights: Weights,
  xs: tf.Tensor,
  options: { readonly batchSize?: number } = {},
): tf.Tensor {
  return predictAll(createPredictor(net, weights), xs, options);
}
