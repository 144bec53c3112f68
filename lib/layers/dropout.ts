/**
 * Dropout (Srivastava et al., 2014): while training, each input is zeroed with
 * probability `rate`, and the rest divided by `1 − rate`, so that the expected
 * sum stays. Outside training it does nothing.
 */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { checkNumber } from './shape';
import type { DropoutSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function dropoutLayer(spec: DropoutSpec, where: string): Layer {
  const { rate } = spec;
  return {
    ...withoutParameters,
    outputShape(input) {
      checkNumber(where, 'rate', rate, rate >= 0 && rate < 1, 'in [0, 1)');
      return input;
    },
    forward(xs, { training }) {
      if (training === undefined) return xs;
      const share = training.dropoutRate ?? tf.scalar(rate);
      const kept = tf.cast(tf.greaterEqual(training.uniform(xs.shape), share), 'float32');
      return tf.mul(xs, tf.div(kept, tf.sub(1, share)));
    },
  };
}
