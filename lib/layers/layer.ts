/**
 * What a layer can do, once its spec is known: say its output shape, list its
 * parameters, compute. Each kind's file makes one of these from its spec.
 */
import type * as tf from '../engine/tf';
import type { Initializer } from './initializer';
import type { Shape } from './shape';

/** Tensors by name, such as `layers.0.weights`. */
export type Tensors = { readonly [name: string]: tf.Tensor };

/** A tensor that a layer owns. */
export interface ParameterSpec {
  /** Within the layer, `weights`; from the net, `layers.0.weights`. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** Inputs that each output sums over, and outputs that each input reaches: for the initializer. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** A parameter is learned by gradients; a buffer is kept by the layer itself (moving averages). */
  readonly role: 'parameter' | 'buffer';
}

/** What a layer computes with: its tensors and, in training, chance. */
export interface Scope {
  /** The layer's own tensor of that name. */
  tensor(name: string): tf.Tensor;
  /** Present while training. */
  readonly training: TrainingScope | undefined;
  /** The scope of a layer inside this one. */
  inside(path: string): Scope;
  /** Told the output of each layer. */
  seen(output: tf.Tensor): void;
}

export interface TrainingScope {
  /** Uniform in [0, 1), other numbers for each layer and step, the same for the same seed. */
  uniform(shape: Shape): tf.Tensor;
  /** The share that dropout zeroes in place of the specs' own rates, where it is scheduled. */
  readonly dropoutRate: tf.Scalar | undefined;
  /** Replaces a buffer after the step. */
  setBuffer(name: string, value: tf.Tensor): void;
}

/** A layer of some kind, bound to its spec and its place in the net. */
export interface Layer {
  /** Checks the spec against the input and returns the output shape. Throws RangeError. */
  outputShape(input: Shape): Shape;
  /** The tensors that it owns, for an input that `outputShape` has accepted. */
  parameters(input: Shape): readonly ParameterSpec[];
  /** Multiplications, each with its addition, for one example. */
  multiplyAdds(input: Shape): number;
  /** The output, batch first. To be called in a `tidy`. */
  forward(xs: tf.Tensor, scope: Scope): tf.Tensor;
}

/** The parts of a layer that has no parameters and does not multiply. */
export const withoutParameters: Pick<Layer, 'parameters' | 'multiplyAdds'> = {
  parameters: () => [],
  multiplyAdds: () => 0,
};
