/**
 * Elastic distortion (Simard, Steinkraus and Platt, 2003): every pixel is moved
 * at random, and the moves are smoothed with a Gaussian, as if the picture were
 * drawn on rubber.
 */
import * as tf from '../../engine/tf';
import { statelessUniform } from '../../layers/random';

export interface ElasticOptions {
  /** How strong, in pixels before smoothing; Simard's 34. */
  readonly alpha: number;
  /** Deviation of the Gaussian in pixels; Simard's 4. */
  readonly sigma: number;
}

/** A field of moves, in pixels. */
export interface Displacement {
  /** `[count, height, width]`. */
  readonly rows: tf.Tensor;
  readonly columns: tf.Tensor;
}

/** Random moves for a batch of pictures, decided by the key. To be called in a `tidy`. */
export function elasticDisplacement(
  shape: readonly [count: number, height: number, width: number],
  { alpha, sigma }: ElasticOptions,
  key: tf.Tensor1D,
): Displacement {
  const [count, height, width] = shape;
  const rough = tf.sub(tf.mul(statelessUniform([2 * count, height, width], key), 2 * alpha), alpha);
  // A Gaussian in two directions is one along the rows, then one along the columns: two matrix products.
  const alongRows = tf.matMul(tf.reshape(rough, [2 * count * height, width]), gaussian(width, sigma));
  const turned = tf.transpose(tf.reshape(alongRows, [2 * count, height, width]), [0, 2, 1]);
  const alongColumns = tf.matMul(tf.reshape(turned, [2 * count * width, height]), gaussian(height, sigma));
  const smooth = tf.transpose(tf.reshape(alongColumns, [2, count, width, height]), [0, 1, 3, 2]);
  const [rows, columns] = tf.unstack(smooth) as [tf.Tensor, tf.Tensor];
  return { rows, columns };
}

/** Column j holds the weights of all places for place j; beyond the border there is nothing to add. */
function gaussian(size: number, sigma: number): tf.Tensor2D {
  const weight = (distance: number): number =>
    Math.exp((-distance * distance) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
  const values = Float32Array.from({ length: size * size }, (_, i) =>
    weight(Math.floor(i / size) - (i % size)),
  );
  return tf.tensor2d(values, [size, size]);
}
