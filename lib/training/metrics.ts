/**
 * Metrics: what people want to know of a net, where the loss is what the
 * gradient wants. A metric measures a batch in the engine; the mean over an
 * epoch weighs each batch by its size.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
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
  checkOptions('binaryAccuracy', options, { threshold: aNumber });
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
  checkArguments('topAccuracy', { k }, { k: aNumber });
  return {
    name: `top-${k} accuracy`,
    measure(outputs, targets) {
      const { indices } = tf.topk(outputs, k);
      const hits = tf.equal(indices, tf.reshape(classNumbers(outputs, targets), [-1, 1]));
      return share(tf.any(hits, -1));
    },
  };
}

/**
 * Mean intersection over union, for nets that answer for each pixel: of all pixels that are a class
 * or were given as it, the share that is both (Jaccard, 1901), averaged over the classes in the
 * batch. Over several batches it is the mean of theirs; `confusionMatrix` counts all pixels at once.
 * Targets: class numbers, `[count, height, width]`.
 */
export const meanIntersectionOverUnion: Metric = {
  name: 'mean IoU',
  measure(outputs, targets) {
    const classes = outputs.shape.at(-1) as number;
    const rows = (numbers: tf.Tensor): tf.Tensor =>
      tf.cast(tf.oneHot(tf.cast(tf.reshape(numbers, [-1]), 'int32') as tf.Tensor1D, classes), 'float32');
    const given = rows(tf.argMax(outputs, -1));
    const wanted = rows(classNumbers(outputs, targets));
    const both = tf.sum(tf.mul(given, wanted), 0);
    const either = tf.sub(tf.add(tf.sum(given, 0), tf.sum(wanted, 0)), both);
    const present = tf.cast(tf.greater(either, 0), 'float32');
    return tf.div(tf.sum(tf.div(both, tf.maximum(either, 1))), tf.sum(present)) as tf.Scalar;
  },
};

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
