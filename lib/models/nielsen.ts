/**
 * The nets of M. Nielsen, Neural Networks and Deep Learning, 2015, chapter 6:
 * none, one or two convolution-pooling layers, dense layers, a softmax. Weights
 * start as in his network3.py: N(0, 1/n_out), biases N(0, 1), the softmax
 * layer at zero.
 */
import { checkOptions } from '../core/argument';
import { aNumber, oneOf, someNumbers } from '../core/argument-kinds';
import { activationNames } from '../layers/activation';
import type { ActivationName, LayerSpec, NetSpec } from '../layers/spec';

export interface NielsenOptions {
  /** Filters of each 5 × 5 convolution, pooled 2 × 2; default `[20, 40]`, `[]` for none. */
  readonly filters?: readonly number[];
  /** Units of each dense layer; default `[100]`. */
  readonly hidden?: readonly number[];
  /** Default `sigmoid`. */
  readonly activation?: ActivationName;
  /** Share dropped before each dense layer and before the softmax, but not in the convolutions; default 0. */
  readonly dropout?: number;
  /** Default 10. */
  readonly outputs?: number;
}

const SIZE = 5;
const POOL = 2;

/** A net for digits, `[28, 28, 1]`, that ends in logits. */
export function nielsen(options: NielsenOptions = {}): NetSpec {
  checkOptions('nielsen', options, {
    filters: someNumbers,
    hidden: someNumbers,
    activation: oneOf(...activationNames),
    dropout: aNumber,
    outputs: aNumber,
  });
  const { filters = [20, 40], hidden = [100], activation = 'sigmoid', dropout = 0, outputs = 10 } = options;
  const bend: LayerSpec = { kind: 'activation', name: activation };
  // network3 drops a layer's inputs, those of the softmax too.
  const drop: LayerSpec[] = dropout > 0 ? [{ kind: 'dropout', rate: dropout }] : [];
  return {
    inputShape: [28, 28, 1],
    layers: [
      ...filters.flatMap((count) => [...convolution(count), bend]),
      { kind: 'flatten' },
      ...hidden.flatMap((units): LayerSpec[] => [
        ...drop,
        { kind: 'dense', units, weights: 'nielsen', biases: 'normal' },
        bend,
      ]),
      ...drop,
      { kind: 'dense', units: outputs, weights: 'zeros', biases: 'zeros' },
    ],
  };
}

/** Pooling comes before the non-linearity: the same for a rising function, and a quarter of the work. */
function convolution(filters: number): LayerSpec[] {
  // network3 counts a filter's outputs after pooling: filters · 25 / 4.
  const outputs = (filters * SIZE * SIZE) / (POOL * POOL);
  const weights = { kind: 'normal', deviation: Math.sqrt(1 / outputs) } as const;
  return [
    { kind: 'conv', filters, size: SIZE, weights, biases: 'normal' },
    { kind: 'pool', method: 'max', size: POOL },
  ];
}
