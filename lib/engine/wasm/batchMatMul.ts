/**
 * Matrix products with a transposed operand. The wasm engine runs on XNNPACK only
 * where neither is transposed, as both are in turn in every backward pass:
 * transposing first and multiplying then is four times faster.
 */

import { installKernel } from '../kernels/install';
import * as tf from '../tf';
import { Workbench } from './call';

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Registers the kernel, which leaves the product itself to the engine's own. */
export function installBatchMatMul(): void {
  const own = tf.getKernel('BatchMatMul', 'wasm');
  installKernel({
    ...own,
    kernelFunc: (call) => {
      const { transposeA, transposeB } = call.attrs as unknown as Attributes;
      if (!transposeA && !transposeB) return own.kernelFunc(call);
      const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const bench = new Workbench(call.backend);
      const inputs = { a: transposeA ? flipped(bench, a) : a, b: transposeB ? flipped(bench, b) : b };
      const attrs = { transposeA: false, transposeB: false };
      const product = own.kernelFunc({ inputs, attrs, backend: call.backend }) as tf.TensorInfo;
      return bench.finish(product);
    },
  });
}

/** The last two axes exchanged. */
function flipped(bench: Workbench, x: tf.TensorInfo): tf.TensorInfo {
  const axes = x.shape.map((_, axis) => axis);
  return bench.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
