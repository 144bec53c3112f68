/** Squeezes numbers into a range: `low + (high − low) · σ(x)`, for answers that cannot be larger or smaller. */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { checkNumber } from './shape';
import type { SigmoidRangeSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function sigmoidRangeLayer({ low, high }: SigmoidRangeSpec, where: string): Layer {
  return {
    ...withoutParameters,
    outputShape(input) {
      checkNumber(where, 'low', low, Number.isFinite(low), 'a finite number');
      checkNumber(where, 'high', high, Number.isFinite(high) && high > low, `a number above ${low}`);
      return input;
    },
    forward: (xs) => tf.add(low, tf.mul(high - low, tf.sigmoid(xs))),
  };
}
