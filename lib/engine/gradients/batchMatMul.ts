/**
 * Gradient of the matrix product, with batches that broadcast.
 *
 * For C = A·B: ∂L/∂A = ∂L/∂C·Bᵀ and ∂L/∂B = Aᵀ·∂L/∂C. TensorFlow.js forgets to sum over
 * the part of a batch that was broadcast: `[2, 3, 4] · [1, 4, 5]` fails there.
 */
import * as tf from '../tf';
import { sumToShape } from './sumToShape';

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

type Matrices = tf.Tensor3D;

export const batchMatMulGradient: tf.GradConfig = {
  kernelName: 'BatchMatMul',
  inputsToSave: ['a', 'b'],
  gradFunc: (dyOrList, saved, attributes) => {
    const dy = dyOrList as Matrices;
    const [a, b] = saved as [Matrices, Matrices];
    const { transposeA, transposeB } = attributes as unknown as Attributes;
    const gradientOfA = (): tf.Tensor =>
      transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB);
    const gradientOfB = (): tf.Tensor =>
      transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false);
    return {
      a: () => sumToShape(gradientOfA(), a.shape),
      b: () => sumToShape(gradientOfB(), b.shape),
    };
  },
};
