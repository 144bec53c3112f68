/** Small tables of numbers, written so that they read as tables. */
import * as tf from 'inkwell/engine/tf';

/** `rows('1 2', '3 4')` is `[[1, 2], [3, 4]]`. */
export function rows(...texts: readonly string[]): number[][] {
  return texts.map((text) => text.split(' ').map(Number));
}

/** An image with one channel from its rows, shape [1, rows, columns, 1]. */
export function image(...texts: readonly string[]): tf.Tensor4D {
  const table = rows(...texts);
  return tf.tensor4d(table.flat(), [1, table.length, table[0]?.length ?? 0, 1]);
}
