/**
 * Looking pictures up between their pixels: bilinear sampling by plain
 * operations, so that a warp is part of the training step's graph. What lies
 * outside a picture is 0, background.
 */
import * as tf from '../../engine/tf';

/**
 * The pictures as seen at other places.
 *
 * @param xs `[count, height, width, channels]`.
 * @param rows the row to look at for each output pixel, `[count, height, width]`; 0 is the first row's middle.
 * @param columns the column, likewise.
 * @returns the shape of `xs`. To be called in a `tidy`.
 */
export function sampleBilinear(xs: tf.Tensor4D, rows: tf.Tensor, columns: tf.Tensor): tf.Tensor4D {
  const [count, height, width, channels] = xs.shape;
  // A border of zeros on each side: every place outside is moved onto it.
  const framed = tf.pad(xs, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const pixels = tf.reshape(framed, [count * (height + 2) * (width + 2), channels]);
  const y = tf.add(tf.clipByValue(rows, -1, height), 1);
  const x = tf.add(tf.clipByValue(columns, -1, width), 1);
  const top = tf.minimum(tf.floor(y), height);
  const left = tf.minimum(tf.floor(x), width);
  const down = tf.reshape(tf.sub(y, top), [count, height, width, 1]);
  const right = tf.reshape(tf.sub(x, left), [count, height, width, 1]);
  // In int32: a float32 cannot count the pixels of a large batch.
  const first = tf.reshape(
    tf.mul(tf.range(0, count, 1, 'int32'), tf.scalar((height + 2) * (width + 2), 'int32')),
    [count, 1, 1],
  );
  const corner = tf.add(first, tf.cast(tf.add(tf.mul(top, width + 2), left), 'int32'));
  const at = (dy: number, dx: number): tf.Tensor =>
    tf.gather(pixels, tf.add(corner, tf.scalar(dy * (width + 2) + dx, 'int32')));
  const mix = (a: tf.Tensor, b: tf.Tensor, share: tf.Tensor): tf.Tensor =>
    tf.add(a, tf.mul(share, tf.sub(b, a)));
  return mix(mix(at(0, 0), at(0, 1), right), mix(at(1, 0), at(1, 1), right), down) as tf.Tensor4D;
}
