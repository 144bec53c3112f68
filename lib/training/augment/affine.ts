/**
 * Random affine maps: moving, turning, skewing and scaling, composed into one
 * matrix a picture, so that pixels are interpolated only once.
 */
import * as tf from '../../engine/tf';
import { statelessUniform } from '../../layers/random';

/** The most that each may be, in both directions; default 0 each. */
export interface AffineOptions {
  /** Up, down, left and right, in pixels. */
  readonly translationPixels?: number;
  /** Either way round. */
  readonly rotationDegrees?: number;
  /** Pixels that a row is shifted for each pixel from the middle: 0.2 leans a digit by about 11 degrees. */
  readonly skew?: number;
  /** Larger or smaller, each direction by itself: 0.15 is between 1/1.15 and 1.15. */
  readonly scale?: number;
}

/** The place in the old picture of each pixel of the new, in pixels from the first. */
export interface Places {
  /** `[count, height, width]`. */
  readonly rows: tf.Tensor;
  readonly columns: tf.Tensor;
}

/** Places for a batch of pictures, decided by the key. To be called in a `tidy`. */
export function affinePlaces(
  shape: readonly [count: number, height: number, width: number],
  options: AffineOptions,
  key: tf.Tensor1D,
): Places {
  const [count, height, width] = shape;
  const { translationPixels = 0, rotationDegrees = 0, skew = 0, scale = 0 } = options;
  const limits = [
    (rotationDegrees * Math.PI) / 180,
    skew,
    Math.log1p(scale),
    Math.log1p(scale),
    translationPixels,
    translationPixels,
  ];
  const draws = tf.mul(tf.sub(tf.mul(statelessUniform([limits.length, count], key), 2), 1), column(limits));
  const each = tf.unstack(tf.reshape(draws, [limits.length, count, 1, 1])) as Draws;
  const [angle, lean, logHeight, logWidth, down, right] = each;
  const y = centred(height, [1, height, 1]);
  const x = centred(width, [1, 1, width]);
  // The new pixel's place is turned back, leaned back, scaled back, moved back.
  const [cosine, sine] = [tf.cos(angle), tf.sin(angle)];
  const turnedRows = tf.sub(tf.mul(cosine, y), tf.mul(sine, x));
  const turnedColumns = tf.add(tf.mul(sine, y), tf.mul(cosine, x));
  const leaned = tf.add(turnedColumns, tf.mul(lean, turnedRows));
  return {
    rows: tf.add(tf.sub(tf.mul(tf.exp(logHeight), turnedRows), down), (height - 1) / 2),
    columns: tf.add(tf.sub(tf.mul(tf.exp(logWidth), leaned), right), (width - 1) / 2),
  };
}

type Draws = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

function column(values: readonly number[]): tf.Tensor {
  return tf.tensor2d([...values], [values.length, 1]);
}

/** −(size − 1)/2 … (size − 1)/2. */
function centred(size: number, shape: number[]): tf.Tensor {
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => i - (size - 1) / 2),
    shape,
  );
}
