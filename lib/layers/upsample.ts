/**
 * Upsampling: each pixel becomes a square of pixels, all of its own value
 * (nearest neighbour). What pooling took from a picture's size this gives back,
 * so that a net can answer for every pixel (Long, Shelhamer and Darrell, 2015;
 * Ronneberger, Fischer and Brox, 2015).
 */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { checkRank, checkWhole } from './shape';
import type { UpsampleSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function upsampleLayer(spec: UpsampleSpec, where: string): Layer {
  const { factor = 2 } = spec;
  return {
    ...withoutParameters,
    outputShape(input) {
      checkRank(where, input, 3, 'height, width, channels');
      checkWhole(where, 'factor', factor);
      const [height, width, channels] = input as readonly [number, number, number];
      return [height * factor, width * factor, channels];
    },
    forward(xs) {
      const [count, height, width, channels] = (xs as tf.Tensor4D).shape;
      // Side by side along the last axis is next to each other along the one before:
      // a concat has a gradient on every engine, resizing has not.
      const wide = repeated(xs, factor);
      const rows = tf.reshape(wide, [count, height, width * factor * channels]);
      return tf.reshape(repeated(rows, factor), [count, height * factor, width * factor, channels]);
    },
  };
}

function repeated(xs: tf.Tensor, times: number): tf.Tensor {
  return times === 1 ? xs : tf.concat(Array<tf.Tensor>(times).fill(xs), -1);
}
