/**
 * Examples in the engine: what comes in and what should come out, all of a
 * data set at once or a batch of it.
 */
import type * as tf from '../engine/tf';

/** Inputs and targets, example by example along the first axis. */
export interface Examples {
  /** `[count, …inputShape]`. */
  readonly xs: tf.Tensor;
  /** Class numbers `[count]`, or rows `[count, …]`. */
  readonly ys: tf.Tensor;
}
