/** Multi-layer perceptrons: dense layers with a non-linearity between them. */
import { checkOptions, required } from '../core/argument';
import { aNumber, oneOf, someNumbers } from '../core/argument-kinds';
import { activationNames } from '../layers/activation';
import { anInitializer } from '../layers/argument-kinds';
import type { Initializer } from '../layers/initializer';
import { type Shape, sizeOf } from '../layers/shape';
import type { ActivationName, LayerSpec, NetSpec } from '../layers/spec';

export interface MlpOptions {
  /** Default `[784]`; flattened where it has more than one axis. */
  readonly inputShape?: Shape;
  /** Units of each hidden layer, such as `[100]`; may be empty. */
  readonly hidden: readonly number[];
  /** Default 10. */
  readonly outputs?: number;
  /** After each hidden layer; default `relu`. */
  readonly activation?: ActivationName;
  /** Of the hidden layers; default `he-normal` for ReLU, else `glorot-uniform`. */
  readonly weights?: Initializer;
  /** Before the dense layers, the share dropped; default 0. */
  readonly dropout?: number;
}

/** A perceptron that ends in logits. */
export function mlp(options: MlpOptions): NetSpec {
  checkOptions('mlp', options, {
    inputShape: someNumbers,
    hidden: required(someNumbers),
    outputs: aNumber,
    activation: oneOf(...activationNames),
    weights: anInitializer,
    dropout: aNumber,
  });
  const { inputShape = [784], hidden, outputs = 10, activation = 'relu', dropout = 0 } = options;
  const weights = options.weights ?? (activation === 'relu' ? 'he-normal' : 'glorot-uniform');
  const drop: LayerSpec[] = dropout > 0 ? [{ kind: 'dropout', rate: dropout }] : [];
  return {
    inputShape,
    layers: [
      ...(sizeOf(inputShape) === inputShape[0] ? [] : [{ kind: 'flatten' } as const]),
      ...hidden.flatMap((units, i): LayerSpec[] => [
        ...(i === 0 ? [] : drop),
        { kind: 'dense', units, weights },
        { kind: 'activation', name: activation },
      ]),
      ...(hidden.length === 0 ? [] : drop),
      { kind: 'dense', units: outputs, weights: 'glorot-uniform' },
    ],
  };
}

/** Ciresan, Meier, Gambardella and Schmidhuber, 2010: big, simple and deep, 12.1 million parameters. */
export function bigSimpleDeep(): NetSpec {
  return mlp({ hidden: [2500, 2000, 1500, 1000, 500], activation: 'tanh' });
}
