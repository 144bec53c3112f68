/**
 * Optimizers: pairs of pure functions. `init` makes the state (velocities,
 * moments), `update` takes one step and returns new parameters and new state;
 * nothing is changed in place, and the learning rate is a tensor, so a step
 * can be recorded once and run with any rate.
 *
 * The rules are those of PyTorch, against which they are tested. Sutskever et
 * al., 2013 (momentum, Nesterov); Tieleman and Hinton, 2012 (RMSprop); Kingma
 * and Ba, 2014 (Adam); Loshchilov and Hutter, 2017 (AdamW).
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import { aTensor } from '../engine/argument-kinds';
import * as tf from '../engine/tf';
import { someTensors } from '../layers/argument-kinds';
import type { Tensors } from '../layers/layer';

/** What an update returns: new tensors throughout. */
export interface Updated {
  readonly parameters: Tensors;
  readonly state: Tensors;
}

/** A rule for learning from gradients. */
export interface Optimizer {
  /** The rule with its numbers, such as `adam(beta1 0.9, beta2 0.999, epsilon 1e-8)`. */
  readonly name: string;
  /** The state before the first step. Who asks for it disposes of it. */
  init(parameters: Tensors): Tensors;
  /** One step; `gradients` have the names of the parameters. To be called in a `tidy`. */
  update(parameters: Tensors, gradients: Tensors, state: Tensors, learningRate: tf.Scalar): Updated;
}

/** `p ← p − η·g`. */
export function sgd(): Optimizer {
  return {
    name: 'sgd',
    init: () => ({}),
    update: (parameters, gradients, _state, learningRate) => ({
      parameters: each(parameters, (name, p) => tf.sub(p, tf.mul(learningRate, of(gradients, name)))),
      state: {},
    }),
  };
}

/** `v ← μ·v + g`, `p ← p − η·v`. @param options.momentum μ, default 0.9. */
export function momentum(options: { readonly momentum?: number } = {}): Optimizer {
  checkOptions('momentum', options, { momentum: aNumber });
  const { momentum: mu = 0.9 } = options;
  return withVelocity(`momentum(${mu})`, mu, (_gradient, velocity) => velocity);
}

/** `v ← μ·v + g`, `p ← p − η·(g + μ·v)`. @param options.momentum μ, default 0.9. */
export function nesterov(options: { readonly momentum?: number } = {}): Optimizer {
  checkOptions('nesterov', options, { momentum: aNumber });
  const { momentum: mu = 0.9 } = options;
  return withVelocity(`nesterov(${mu})`, mu, (gradient, velocity) => tf.add(gradient, tf.mul(mu, velocity)));
}

function withVelocity(
  name: string,
  mu: number,
  direction: (gradient: tf.Tensor, velocity: tf.Tensor) => tf.Tensor,
): Optimizer {
  checkRange(name, 'momentum', mu, 0, 1);
  return {
    name,
    init: (parameters) => prefixed('velocity', each(parameters, zerosLike)),
    update(parameters, gradients, state, learningRate) {
      const velocity = each(parameters, (p) =>
        tf.add(tf.mul(mu, of(state, `velocity.${p}`)), of(gradients, p)),
      );
      const step = (p: string): tf.Tensor => direction(of(gradients, p), of(velocity, p));
      return {
        parameters: each(parameters, (p, value) => tf.sub(value, tf.mul(learningRate, step(p)))),
        state: prefixed('velocity', velocity),
      };
    },
  };
}

export interface RmspropOptions {
  /** The share of the old average that stays; default 0.99. */
  readonly decay?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/** `s ← ρ·s + (1 − ρ)·g²`, `p ← p − η·g / (√s + ε)`. */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  checkOptions('rmsprop', options, { decay: aNumber, epsilon: aNumber });
  const { decay = 0.99, epsilon = 1e-8 } = options;
  checkRange('rmsprop', 'decay', decay, 0, 1);
  return {
    name: `rmsprop(decay ${decay}, epsilon ${epsilon})`,
    init: (parameters) => prefixed('square', each(parameters, zerosLike)),
    update(parameters, gradients, state, learningRate) {
      const square = each(parameters, (p) =>
        mixed(of(state, `square.${p}`), tf.square(of(gradients, p)), decay),
      );
      const step = (p: string): tf.Tensor =>
        tf.div(tf.mul(learningRate, of(gradients, p)), tf.add(tf.sqrt(of(square, p)), epsilon));
      return {
        parameters: each(parameters, (p, value) => tf.sub(value, step(p))),
        state: prefixed('square', square),
      };
    },
  };
}

export interface AdamOptions {
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/** `m ← β₁·m + (1 − β₁)·g`, `s ← β₂·s + (1 − β₂)·g²`, `p ← p − η·m̂ / (√ŝ + ε)`. */
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions('adam', options, { beta1: aNumber, beta2: aNumber, epsilon: aNumber });
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkRange('adam', 'beta1', beta1, 0, 1);
  checkRange('adam', 'beta2', beta2, 0, 1);
  return {
    name: `adam(beta1 ${beta1}, beta2 ${beta2}, epsilon ${epsilon})`,
    init: (parameters) => ({
      ...prefixed('moment', each(parameters, zerosLike)),
      ...prefixed('square', each(parameters, zerosLike)),
      // β₁ᵗ and β₂ᵗ rather than t: two products instead of two powers a step.
      power1: tf.scalar(1),
      power2: tf.scalar(1),
    }),
    update(parameters, gradients, state, learningRate) {
      const moment = each(parameters, (p) => mixed(of(state, `moment.${p}`), of(gradients, p), beta1));
      const square = each(parameters, (p) =>
        mixed(of(state, `square.${p}`), tf.square(of(gradients, p)), beta2),
      );
      const power1 = tf.mul(of(state, 'power1'), beta1);
      const power2 = tf.mul(of(state, 'power2'), beta2);
      // Both corrections at once, in numbers that all parameters share (Kingma and Ba, end of section 2).
      const root = tf.sqrt(tf.sub(1, power2));
      const rate = tf.div(tf.mul(learningRate, root), tf.sub(1, power1));
      const shift = tf.mul(root, epsilon);
      const step = (p: string): tf.Tensor =>
        tf.div(tf.mul(rate, of(moment, p)), tf.add(tf.sqrt(of(square, p)), shift));
      return {
        parameters: each(parameters, (p, value) => tf.sub(value, step(p))),
        state: { ...prefixed('moment', moment), ...prefixed('square', square), power1, power2 },
      };
    },
  };
}

/** Adam with decay that is no gradient: `p ← p·(1 − η·decay)` first. @param options.weightDecay default 0.01. */
export function adamw(options: AdamOptions & { readonly weightDecay?: number } = {}): Optimizer {
  checkOptions('adamw', options, { beta1: aNumber, beta2: aNumber, epsilon: aNumber, weightDecay: aNumber });
  const { weightDecay = 0.01, ...rest } = options;
  const rule = adam(rest);
  return {
    ...rule,
    name: rule.name.replace('adam(', `adamw(decay ${weightDecay}, `),
    update(parameters, gradients, state, learningRate) {
      const factor = tf.sub(1, tf.mul(learningRate, weightDecay));
      const shrunk = each(parameters, (_, p) => tf.mul(p, factor));
      return rule.update(shrunk, gradients, state, learningRate);
    },
  };
}

/** Whether a parameter is a weight, to which L2 applies: biases, scales and shifts are left alone. */
export function isWeight(name: string): boolean {
  return /(^|\.)(w|recurrentW)eights$/.test(name);
}

/**
 * The gradients of `loss + ½·strength·Σ w²`, over weights only.
 *
 * Nielsen's network3 divides λ by the number of mini-batches an epoch, and
 * network2 by the number of examples: pass the quotient.
 */
export function addL2(gradients: Tensors, parameters: Tensors, strength: tf.Scalar): Tensors {
  checkArguments(
    'addL2',
    { gradients, parameters, strength },
    { gradients: someTensors, parameters: someTensors, strength: aTensor },
  );
  return each(gradients, (name, gradient) =>
    isWeight(name) ? tf.add(gradient, tf.mul(strength, of(parameters, name))) : gradient,
  );
}

const zerosLike = (_: string, value: tf.Tensor): tf.Tensor => tf.zerosLike(value);

const mixed = (old: tf.Tensor, value: tf.Tensor, share: number): tf.Tensor =>
  tf.add(tf.mul(old, share), tf.mul(value, 1 - share));

function each(tensors: Tensors, make: (name: string, tensor: tf.Tensor) => tf.Tensor): Tensors {
  const entries = Object.entries(tensors).map(([name, tensor]) => [name, make(name, tensor)]);
  return Object.fromEntries(entries) as Tensors;
}

function prefixed(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}.${name}`, tensor]));
}

function of(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined)
    throw new RangeError(`optimizer: there is no tensor ${name} beside the parameters`);
  return tensor;
}

function checkRange(rule: string, name: string, value: number, low: number, high: number): void {
  if (value >= low && value < high) return;
  throw new RangeError(`${rule}: ${name} must be in [${low}, ${high}), got ${value}`);
}
