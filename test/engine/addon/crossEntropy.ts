/** Softmax cross-entropy with its gradient, for the tests of the operation that does both as one. */
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { softmaxCrossEntropy } from 'inkwell/training/losses';

/** Rows and classes: fewer than a vector, more, and enough of them for several threads. */
export const crossEntropyCases: readonly (readonly [rows: number, classes: number])[] = [
  [1, 10],
  [3, 33],
  [17, 1],
  [40, 2],
  [701, 50],
];

/** The loss, and its gradient for the logits. */
export function lossAndGradient(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor[] {
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => softmaxCrossEntropy(x, labels))(logits);
  return [value, grad];
}

/** Logits up to some 20, and labels that sum to one. */
export function inputsOf(rows: number, classes: number): [tf.Tensor, tf.Tensor] {
  const normal = (seed: number): tf.Tensor => tf.randomNormal([rows, classes], 0, 1, 'float32', seed);
  return [tf.mul(normal(3), 5), tf.softmax(normal(4))];
}

/** What a graph makes of a case. */
export function compiledNumbers(rows: number, classes: number): number[][] {
  return tf.tidy(() => {
    const run = compile(lossAndGradient);
    const numbers = run(...inputsOf(rows, classes)).map((tensor) => Array.from(tensor.dataSync()));
    run.dispose();
    return numbers;
  });
}
