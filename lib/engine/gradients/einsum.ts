/**
 * Gradient of Einstein summation, which TensorFlow.js lacks.
 *
 * For `ab,bc->ac` the gradient of the first operand is `ac,bc->ab` of the gradient
 * and the second operand: the operand trades places with the output. Letters that
 * only this operand had were summed away; along them the gradient is constant.
 */
import * as tf from '../tf';

export const einsumGradient: tf.GradConfig = {
  kernelName: 'Einsum',
  saveAllInputs: true,
  gradFunc: (dy, saved, attributes) => {
    const { equation } = attributes as unknown as { equation: string };
    const [left, output] = equation.replaceAll(' ', '').split('->') as [string, string];
    const letters = left.split(',');
    const gradients = letters.map(
      (_, i) => () => operandGradient(dy as tf.Tensor, saved, letters, output, i),
    );
    return Object.fromEntries(gradients.map((gradient, i) => [String(i), gradient]));
  },
};

function operandGradient(
  dy: tf.Tensor,
  operands: readonly tf.Tensor[],
  letters: readonly string[],
  output: string,
  which: number,
): tf.Tensor {
  const own = letters[which] as string;
  const { shape } = operands[which] as tf.Tensor;
  const others = letters.filter((_, i) => i !== which);
  const known = [...own].filter((letter) => output.includes(letter) || others.join('').includes(letter));
  const equation = `${[output, ...others].join(',')}->${known.join('')}`;
  const partial = tf.einsum(equation, dy, ...operands.filter((_, i) => i !== which));
  const widened = [...own].map((letter, axis) => (known.includes(letter) ? (shape[axis] as number) : 1));
  return partial.reshape(widened).broadcastTo(shape);
}
