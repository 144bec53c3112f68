/** The one comparison of the suite. */
import type * as tf from 'inkwell/engine/tf';

/** Expects numbers within `tolerance · max(1, |expected|)` of the expected ones, and as many. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] as number;
    const got = actual[i] as number;
    const close =
      Object.is(got, wanted) || Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
    if (!close) throw new Error(`element ${i} of ${expected.length}: expected ${wanted}, got ${got}`);
  }
}

/** Expects a tensor with this shape and these values in row-major order; disposes it. */
export async function expectTensor(
  actual: tf.Tensor,
  shape: readonly number[],
  values: readonly number[],
  tolerance = 1e-5,
): Promise<void> {
  const data = await actual.data();
  expect(actual.shape).toEqual(shape);
  expectClose(data as Float32Array, values, tolerance);
  actual.dispose();
}
