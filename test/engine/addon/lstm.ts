/** An LSTM with all gradients, for the tests of the operations that do all of its steps at once. */
import { compile } from 'inkwell/engine/compile/compile';
import { type LstmParameters, type LstmReturns, lstmSteps } from 'inkwell/engine/lstm';
import * as tf from 'inkwell/engine/tf';

/** Sizes of a case. */
export interface LstmCase {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
  readonly returns: LstmReturns;
}

const sizes = (
  batch: number,
  steps: number,
  features: number,
  units: number,
  returns: LstmReturns,
): LstmCase => ({ batch, steps, features, units, returns });

/** Every branch of the loops: one row and many, one block of units and several, rests, one step and many. */
export const lstmCases: readonly LstmCase[] = [
  sizes(1, 1, 1, 1, 'last'),
  sizes(2, 1, 3, 4, 'sequence'),
  sizes(3, 5, 2, 3, 'sequence'),
  sizes(5, 4, 7, 16, 'last'),
  sizes(7, 3, 1, 33, 'sequence'),
  sizes(33, 6, 5, 37, 'last'),
  sizes(70, 2, 30, 8, 'sequence'),
  sizes(8, 3, 20, 80, 'last'),
  sizes(2, 100, 3, 5, 'sequence'),
];

export const nameOf = ({ batch, steps, features, units, returns }: LstmCase): string =>
  `${batch} × [${steps}, ${features}], ${units} units, ${returns}`;

/** What computes an LSTM: the operations, or what they are compared with. */
export type Lstm = (xs: tf.Tensor, parameters: LstmParameters, returns?: LstmReturns) => tf.Tensor;

/** The result, and what a gradient of it is to the input, both matrices and the biases. */
export function withGradients(
  { returns }: Pick<LstmCase, 'returns'>,
  lstm: Lstm = lstmSteps,
): (...args: tf.Tensor[]) => tf.Tensor[] {
  const run = (...given: tf.Tensor[]): tf.Tensor => {
    const [xs, weights, recurrentWeights, biases] = given as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    return lstm(xs, { weights, recurrentWeights, biases }, returns);
  };
  return (...args) => {
    const { value, grads } = tf.valueAndGrads(run)(args.slice(0, 4), args[4]);
    return [value, ...grads];
  };
}

/** Input, matrices, biases and a gradient of the result. */
export function inputsOf({ batch, steps, features, units, returns }: LstmCase): tf.Tensor[] {
  const normal = (seed: number, scale: number, ...shape: number[]): tf.Tensor =>
    tf.randomNormal(shape, 0, scale, 'float32', seed);
  return [
    normal(1, 1, batch, steps, features),
    normal(2, 1 / Math.sqrt(features), features, 4 * units),
    normal(3, 1 / Math.sqrt(units), units, 4 * units),
    normal(4, 1, 4 * units),
    returns === 'last' ? normal(5, 1, batch, units) : normal(5, 1, batch, steps, units),
  ];
}

/** The numbers of each tensor when compiled. */
export function compiledNumbers(sizes: LstmCase): number[][] {
  const run = compile(withGradients(sizes));
  const numbers = tf.tidy(() => run(...inputsOf(sizes)).map((tensor) => Array.from(tensor.dataSync())));
  run.dispose();
  return numbers;
}
