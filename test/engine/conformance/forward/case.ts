/** One forward computation with its result, worked out by hand. */
import type * as tf from 'inkwell/engine/tf';

export interface ForwardCase {
  readonly name: string;
  readonly make: () => tf.Tensor;
  readonly shape: readonly number[];
  /** In row-major order. */
  readonly values: readonly number[];
}

/** A case in one line where it fits. */
export function of(
  name: string,
  make: () => tf.Tensor,
  shape: readonly number[],
  values: readonly number[],
): ForwardCase {
  return { name, make, shape, values };
}
