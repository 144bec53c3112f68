/** Operations on tensors of any shape, for random functions. */
import type { Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';

/** What an operation may ask of the function that it is a part of. */
export interface Surroundings {
  readonly random: Random;
  /** A parameter of that shape; `undefined` for any length of an axis. */
  parameter(...shape: (number | undefined)[]): tf.Tensor;
  /** A tensor of the same shape. */
  like(x: tf.Tensor): tf.Tensor;
}

export type Operation = (x: tf.Tensor, program: Surroundings) => tf.Tensor;
export type Operations = Readonly<Record<string, Operation>>;

/** Whether numbers are large, as something that no gradient goes through. */
const isLarge = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((...inputs) => {
    const [value] = inputs as [tf.Tensor];
    return { value: tf.greater(value, 0.3), gradFunc: () => tf.zeros(value.shape) };
  })(x);

export const anyOperations: Operations = {
  relu: (x) => tf.relu(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  elu: (x) => tf.elu(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  softplus: (x) => tf.softplus(x),
  step: (x) => tf.mul(x, tf.step(x)),
  halfStep: (x) => tf.mul(x, tf.step(x, 0.5)),
  neg: (x) => tf.neg(x),
  abs: (x) => tf.abs(x),
  square: (x) => tf.square(tf.tanh(x)),
  root: (x) => tf.sqrt(tf.add(tf.abs(x), 1)),
  exponential: (x) => tf.exp(tf.tanh(x)),
  logarithm: (x) => tf.log(tf.add(tf.square(x), 1)),
  cast: (x) => tf.cast(x, 'float32'),
  sameShape: (x) => tf.reshape(x, x.shape),
  thereAndBack: (x) => tf.relu(tf.reshape(tf.reshape(x, [x.size]), x.shape)),
  scalar: (x, { random }) => tf.add(x, random.normal()),
  ofOne: (x, { random }) => tf.mul(x, tf.tensor1d([random.pick([1, 0.5, -1])])),
  zero: (x) => tf.mul(x, 0),
  addScalarParameter: (x, program) => tf.add(x, program.parameter()),
  mulParameterOfOne: (x, program) => tf.mul(x, program.parameter(1)),
  add: (x, program) => tf.add(x, program.like(x)),
  sub: (x, program) => tf.sub(program.like(x), x),
  mul: (x, program) => tf.mul(tf.tanh(x), program.like(x)),
  div: (x, program) => tf.div(x, tf.add(tf.square(program.like(x)), 1)),
  maximum: (x, program) => tf.maximum(x, program.like(x)),
  where: (x, program) => tf.where(isLarge(x), x, program.like(x)),
  clip: (x) => tf.clipByValue(x, -1, 1),
  addVector: (x, program) => tf.add(x, program.parameter(x.shape.at(-1))),
  vectorAdd: (x, program) => tf.add(program.parameter(x.shape.at(-1)), x),
  scaleVector: (x, program) => tf.mul(x, program.parameter(x.shape.at(-1))),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.sub(x, tf.logSumExp(x, -1, true)),
  centre: (x) => tf.sub(x, tf.mean(x, 0, true)),
  subtractSum: (x) => tf.sub(x, tf.mul(0.1, tf.sum(x, x.rank - 1, true))),
  cumulate: (x) => tf.mul(tf.cumsum(x, x.rank - 1), 0.5),
  reverse: (x) => tf.reverse(x, 0),
  halves: (x) =>
    tf.concat([
      tf.slice(x, 0, Math.floor((x.shape[0] as number) / 2)),
      tf.slice(x, Math.floor((x.shape[0] as number) / 2)),
    ]),
};

/** Adds a vector along the last axis. */
export const shift: Operation = (x, program) => tf.add(x, program.parameter(x.shape.at(-1)));
