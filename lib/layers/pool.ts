/**
 * Pooling: one number for each window of each channel. `max` keeps whether a
 * feature was found, `average` how much of it, `l2` the root of the sum of its
 * squares (Nielsen, 2015, chapter 6).
 */
import * as tf from '../engine/tf';
import { type Layer, withoutParameters } from './layer';
import { checkRank } from './shape';
import type { PoolSpec } from './spec';
import { windowCount } from './window';

/** Keeps the root's slope finite where a window is all zeros. */
const EPSILON = 1e-12;

/** The layer of a spec. @param where its place, for errors. */
export function poolLayer(spec: PoolSpec, where: string): Layer {
  const { method, size, padding = 'valid' } = spec;
  const stride = spec.stride ?? (size === 'global' ? 1 : size);
  return {
    ...withoutParameters,
    outputShape(input) {
      checkRank(where, input, 3, 'height, width, channels');
      if (!['max', 'average', 'l2'].includes(method)) {
        throw new RangeError(`${where}: method must be max, average or l2, got ${method}`);
      }
      const [height, width, channels] = input as readonly [number, number, number];
      if (size === 'global') return [1, 1, channels];
      const window = { size, stride, padding };
      return [windowCount(where, height, window), windowCount(where, width, window), channels];
    },
    forward(xs) {
      const picture = xs as tf.Tensor4D;
      const window: [number, number] =
        size === 'global' ? [picture.shape[1], picture.shape[2]] : [size, size];
      switch (method) {
        case 'max':
          return tf.maxPool(picture, window, stride, padding);
        case 'average':
          return tf.avgPool(picture, window, stride, padding);
        case 'l2': {
          // Zeros at the border add nothing to a sum, so pad first: a mean would leave them out.
          const squares =
            padding === 'same' ? zeroPadded(tf.square(picture), window, stride) : tf.square(picture);
          const sums = tf.mul(tf.avgPool(squares, window, stride, 'valid'), window[0] * window[1]);
          return tf.sqrt(tf.add(sums, EPSILON));
        }
      }
    },
  };
}

/** The zeros that `same` means, written out. */
function zeroPadded(xs: tf.Tensor4D, window: readonly [number, number], stride: number): tf.Tensor4D {
  const sides = [1, 2].map((axis, i): [number, number] => {
    const input = xs.shape[axis] as number;
    const total = Math.max(0, (Math.ceil(input / stride) - 1) * stride + (window[i] as number) - input);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
  return tf.pad(xs, [[0, 0], ...sides, [0, 0]]);
}
