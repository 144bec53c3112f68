/** Two dense layers that take steps of gradient descent, for the tests of the operation that does them as one. */
import { type Compiled, compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';

/** Sizes of the layers: from inputs to units to outputs. */
export interface DescentCase {
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
  readonly outputs: number;
}

/** Both layers are large enough; whole tiles and rests. */
export const descentCases: readonly DescentCase[] = [
  { batch: 64, inputs: 768, units: 672, outputs: 480 },
  { batch: 7, inputs: 521, units: 517, outputs: 533 },
  { batch: 1, inputs: 300, units: 1031, outputs: 301 },
  { batch: 33, inputs: 1024, units: 512, outputs: 1024 },
];

export const nameOf = ({ batch, inputs, units, outputs }: DescentCase): string =>
  `${batch} × ${inputs}-${units}-${outputs}`;

export interface DescentNet {
  readonly weights: readonly [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R2>];
  /** A step; returns the loss before it. */
  step(x: tf.Tensor, y: tf.Tensor, rate: tf.Tensor): tf.Scalar;
  inputs(): [x: tf.Tensor, y: tf.Tensor, rate: tf.Scalar];
}

/** A net with weights that depend on the sizes alone. */
export function descentNet({ batch, inputs, units, outputs }: DescentCase): DescentNet {
  const normal = (shape: [number, number], deviation: number, seed: number): tf.Tensor2D =>
    tf.randomNormal(shape, 0, deviation, 'float32', seed);
  const weights = tf.tidy(() => [
    tf.variable(normal([inputs, units], inputs ** -0.5, 1)),
    tf.variable(normal([units, outputs], units ** -0.5, 2)),
  ]) as unknown as DescentNet['weights'];
  const lossOf = (x: tf.Tensor, y: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
    const hidden = tf.relu(tf.matMul(x as tf.Tensor2D, a as tf.Tensor2D));
    return tf.sum(tf.square(tf.sub(tf.matMul(hidden, b as tf.Tensor2D), y)));
  };
  return {
    weights,
    step(x, y, rate) {
      const { value, grads } = tf.valueAndGrads((...[a, b]: tf.Tensor[]) =>
        lossOf(x, y, a as tf.Tensor, b as tf.Tensor),
      )([...weights]);
      weights.forEach((variable, i) => {
        variable.assign(tf.sub(variable, tf.mul(rate, grads[i] as tf.Tensor)));
      });
      return value as tf.Scalar;
    },
    inputs: () => [normal([batch, inputs], 1, 3), normal([batch, outputs], 1, 4), tf.scalar(1e-4)],
  };
}

/** Losses of three steps and the weights after them, compiled or not. */
export function train(sizes: DescentCase, { compiled }: { readonly compiled: boolean }): number[][] {
  const net = descentNet(sizes);
  const step: DescentNet['step'] & Partial<Compiled<never, never>> = compiled ? compile(net.step) : net.step;
  return tf.tidy(() => {
    const inputs = net.inputs();
    const losses = [0, 1, 2].map(() => step(...inputs).dataSync()[0] as number);
    const numbers = [losses, ...net.weights.map((variable) => Array.from(variable.dataSync()))];
    step.dispose?.();
    tf.dispose([...net.weights]);
    return numbers;
  });
}
