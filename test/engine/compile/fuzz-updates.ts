/** Random updates of a variable: those that compile() makes in place, and ones that only look like them. */
import type { Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';

/** What an update may use. */
export interface Parts {
  readonly parameter: tf.Variable;
  /** What is remembered from call to call, as large as the parameter. */
  readonly state: tf.Variable;
  /** Parameters of the same shape, this one among them. */
  readonly others: readonly tf.Variable[];
  readonly gradient: tf.Tensor;
  readonly rate: tf.Scalar;
}

export interface Update {
  readonly name: string;
  /** Makes it; returns what the function shall return of it. */
  apply(): tf.Tensor[];
}

type Maker = (parts: Parts, random: Random) => tf.Tensor[];

const velocityOf = ({ state, gradient }: Parts): tf.Tensor => tf.add(tf.mul(0.9, state), gradient);

const makers: Readonly<Record<string, Maker>> = {
  none: () => [],
  descent: ({ parameter, gradient, rate }) => {
    parameter.assign(tf.sub(parameter, tf.mul(rate, gradient)));
    return [];
  },
  descentTurned: ({ parameter, gradient, rate }) => {
    parameter.assign(tf.sub(parameter, tf.mul(gradient, rate)));
    return [parameter];
  },
  descentReturned: ({ parameter, gradient, rate }) => {
    const step = tf.mul(gradient, rate);
    parameter.assign(tf.sub(parameter, step));
    return [step, gradient];
  },
  rateOfOne: ({ parameter, gradient, rate }) => {
    const next = tf.sub(parameter, tf.mul(tf.reshape(rate, [1]), gradient));
    if (next.rank === parameter.rank) parameter.assign(next);
    return [];
  },
  twice: ({ parameter, gradient, rate }) => {
    parameter.assign(tf.sub(parameter, tf.mul(gradient, rate)));
    const between = tf.mul(parameter, 2);
    parameter.assign(tf.sub(parameter, tf.mul(tf.tanh(parameter), rate)));
    return [between];
  },
  shrunk: ({ parameter, gradient, rate }) => {
    const factor = tf.sub(1, tf.mul(rate, 0.1));
    parameter.assign(tf.sub(tf.mul(parameter, factor), tf.mul(rate, gradient)));
    return [];
  },
  momentum: (parts) => {
    const { parameter, state, rate } = parts;
    const velocity = velocityOf(parts);
    parameter.assign(tf.sub(parameter, tf.mul(rate, velocity)));
    state.assign(velocity);
    return [];
  },
  momentumShrunk: (parts) => {
    const { parameter, state, rate } = parts;
    const velocity = velocityOf(parts);
    parameter.assign(tf.sub(tf.mul(parameter, tf.sub(1, rate)), tf.mul(velocity, rate)));
    state.assign(velocity);
    return [];
  },
  momentumReturned: (parts) => {
    const { parameter, state, rate } = parts;
    const velocity = velocityOf(parts);
    parameter.assign(tf.sub(parameter, tf.mul(rate, velocity)));
    state.assign(velocity);
    return [velocity, parameter, state];
  },
  nesterov: (parts) => {
    const { parameter, state, gradient, rate } = parts;
    const velocity = velocityOf(parts);
    const direction = tf.add(gradient, tf.mul(0.9, velocity));
    parameter.assign(tf.sub(parameter, tf.mul(rate, direction)));
    state.assign(velocity);
    return [];
  },
  nesterovOfAnother: (parts, random) => {
    const { parameter, state, gradient, rate } = parts;
    const velocity = velocityOf(parts);
    const direction = tf.add(gradient, tf.mul(random.pick([0.8, 0.9]), velocity));
    parameter.assign(tf.sub(parameter, tf.mul(rate, direction)));
    state.assign(velocity);
    return [];
  },
  rootMeanSquare: ({ parameter, state, gradient, rate }) => {
    const square = tf.add(tf.mul(state, 0.9), tf.mul(tf.square(gradient), 0.1));
    parameter.assign(tf.sub(parameter, tf.div(tf.mul(rate, gradient), tf.add(tf.sqrt(square), 1e-2))));
    state.assign(square);
    return [];
  },
  swap: ({ parameter, state }) => {
    const before = parameter.clone();
    parameter.assign(tf.add(state, 0));
    state.assign(before);
    return [];
  },
  exchange: ({ parameter, others }, random) => {
    const other = random.pick(others);
    const [one, two] = [parameter.clone(), other.clone()];
    parameter.assign(two);
    other.assign(one);
    return [];
  },
  gradientKept: ({ state, gradient }) => {
    state.assign(gradient);
    return [];
  },
  fromAnother: ({ parameter, others, rate }, random) => {
    parameter.assign(tf.sub(parameter, tf.mul(rate, random.pick(others))));
    return [];
  },
  addition: ({ parameter, state, gradient, rate }) => {
    const step = tf.mul(gradient, rate);
    state.assign(tf.add(step, state));
    parameter.assign(tf.sub(parameter, step));
    return [];
  },
  itself: ({ state, parameter }) => {
    state.assign(tf.add(state, state));
    parameter.assign(tf.sub(parameter, tf.mul(0.1, parameter)));
    return [];
  },
};

/** Updates after which whole numbers are whole numbers still. */
const exact = ['none', 'swap', 'exchange'];

/** An update of some kind. @param options.whole whether it must leave whole numbers whole. */
export function updateOf(random: Random, parts: Parts, options: { readonly whole: boolean }): Update {
  const all = [...Object.keys(makers), 'descent', 'momentum', 'nesterov'];
  const name = random.pick(options.whole ? exact : all);
  return { name, apply: () => (makers[name] as Maker)(parts, random) };
}
