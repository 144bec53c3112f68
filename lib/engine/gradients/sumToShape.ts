/** Undoing a broadcast, as every gradient of a broadcasting operation must. */
import type * as tf from '../tf';

/** Sums a gradient over the axes along which its input was broadcast. */
export function sumToShape(gradient: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const extra = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((length, axis) =>
    axis < extra || (shape[axis - extra] === 1 && length !== 1) ? [axis] : [],
  );
  return axes.length === 0 ? gradient : gradient.sum(axes).reshape([...shape]);
}
