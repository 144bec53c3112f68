/**
 * Metrics: what people want to know of a net, where the loss is what the
 * gradient wants. A metric measures a batch in the engine; the mean over an
 * epoch weighs each batch by its size.
 */
import * as tf from '../engine/tf';

/** A number about a batch. */
export interface Metric {
  readonly name: string;
  /** The mean over the batch; a scalar. To be called in a `tidy`. */
  measure(outputs: tf.Tensor, targets: tf.Tensor): tf.Scalar;
}

/** The share of examples whose largest output is at the right class. Targets: class numbers or one-hot rows. */
export const accuracy: Metric = {
  name: 'accuracy',
  measure: (outputs, targets) => share(tf.equal(tf.argMax(outputs, -1), classNumbers(outputs, targets))),
};

/** The share of examples on the right side of a threshold; default 0, for logits. Targets: 0 or 1. */
export function binaryAccuracy(options: { readonly threshold?: number } = {}): Metric {
  const { threshold = 0 } = options;
  return {
    name: 'accuracy',
    measure(outputs, targets) {
      const sides = tf.greater(tf.reshape(outputs, [-1]), threshold);
      return share(tf.equal(tf.cast(sides, 'int32'), tf.reshape(tf.cast(targets, 'int32'), [-1])));
    },
  };
}

/** The share of examples whose class is among the `k` largest outputs, as ImageNet counts with k = 5. */
export function topAccuracy(k: number): Metric {
  return {
    name: `top-${k} accuracy`,
    measure(outputs, targets) {
      const { indices } = tf.topk(outputs, k);
      const hits = tf.equal(indices, tf.reshape(classNumbers(outputs, targets), [-1, 1]));
      return share(tf.any(hits, -1));
    },
  };
}

function classNumbers(outputs: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  return targets.rank === outputs.rank ? tf.argMax(targets, -1) : tf.cast(targets, 'int32');
}

function share(hits: tf.Tensor): tf.Scalar {
  return tf.mean(tf.cast(hits, 'float32')) as tf.Scalar;
}

/** A mean that grows batch by batch, each weighted by its size. */
export class WeightedMean {
  private sum = 0;
  private weight = 0;

  /** Starts again from nothing, or from a state that was saved. */
  reset(state: WeightedMeanState = { sum: 0, weight: 0 }): void {
    this.sum = state.sum;
    this.weight = state.weight;
  }

  /** Adds a batch's mean. @param weight the number of its examples. */
  update(value: number, weight: number): void {
    this.sum += value * weight;
    this.weight += weight;
  }

  /** The mean so far; NaN before the first batch. */
  compute(): number {
    return this.sum / this.weight;
  }

  /** What `reset` takes to go on from here. */
  get state(): WeightedMeanState {
    return { sum: this.sum, weight: this.weight };
  }
}

export interface WeightedMeanState {
  readonly sum: number;
  readonly weight: number;
}
