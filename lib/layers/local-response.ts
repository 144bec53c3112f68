/**
 * Local response normalisation: a strong answer of one filter holds down those
 * of its neighbours at the same place.
 *
 * `y_c = x_c / (bias + alpha · Σ x²)^beta`, the sum over `channels` neighbours
 * of c (Krizhevsky, Sutskever and Hinton, 2012, section 3.3).
 */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { checkNumber, checkRank, checkWhole } from './shape';
import type { LocalResponseSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function localResponseLayer(spec: LocalResponseSpec, where: string): Layer {
  const { channels = 5, bias = 2, alpha = 1e-4, beta = 0.75 } = spec;
  return {
    ...withoutParameters,
    outputShape(input) {
      checkRank(where, input, 3, 'height, width, channels');
      checkWhole(where, 'channels', channels);
      checkNumber(where, 'channels', channels, channels % 2 === 1, 'odd');
      return input;
    },
    forward: (xs) => tf.localResponseNormalization(xs as tf.Tensor4D, (channels - 1) / 2, bias, alpha, beta),
  };
}
