/**
 * VGG (Simonyan and Zisserman, 2014): blocks of 3 × 3 convolutions, each block
 * halving the picture. An architecture is a list of pairs: how many
 * convolutions, how many filters.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aList, aNumber, someNumbers } from '../core/argument-kinds';
import type { LayerSpec, NetSpec } from '../layers/spec';

/** How many convolutions, and the filters of each. */
export type VggBlock = readonly [convolutions: number, filters: number];

/** Configurations A, D and E of the paper's table 1. */
export const vggBlocks: { readonly [name in 'vgg11' | 'vgg16' | 'vgg19']: readonly VggBlock[] } = {
  vgg11: [
    [1, 64],
    [1, 128],
    [2, 256],
    [2, 512],
    [2, 512],
  ],
  vgg16: [
    [2, 64],
    [2, 128],
    [3, 256],
    [3, 512],
    [3, 512],
  ],
  vgg19: [
    [2, 64],
    [2, 128],
    [4, 256],
    [4, 512],
    [4, 512],
  ],
};

export interface VggOptions {
  /** Default 224 × 224 × 3. */
  readonly inputShape?: readonly [number, number, number];
  /** Units of the dense layers; default `[4096, 4096]`. */
  readonly hidden?: readonly number[];
  /** Default 1000. */
  readonly classes?: number;
}

const relu: LayerSpec = { kind: 'activation', name: 'relu' };

/** A VGG of the given blocks: `vgg(vggBlocks.vgg11)` has 132,863,336 parameters. */
export function vgg(blocks: readonly VggBlock[], options: VggOptions = {}): NetSpec {
  checkArguments('vgg', { blocks }, { blocks: aList });
  checkOptions('vgg', options, { inputShape: someNumbers, hidden: someNumbers, classes: aNumber });
  const { inputShape = [224, 224, 3], hidden = [4096, 4096], classes = 1000 } = options;
  return {
    inputShape,
    layers: [
      ...blocks.flatMap(vggBlock),
      { kind: 'flatten' },
      ...hidden.flatMap((units): LayerSpec[] => [
        { kind: 'dense', units, weights: 'he-normal' },
        relu,
        { kind: 'dropout', rate: 0.5 },
      ]),
      { kind: 'dense', units: classes },
    ],
  };
}

/** The layers of one block. */
export function vggBlock([convolutions, filters]: VggBlock): LayerSpec[] {
  const convolution: LayerSpec = { kind: 'conv', filters, size: 3, padding: 'same', weights: 'he-normal' };
  return [
    ...Array.from({ length: convolutions }, () => [convolution, relu]).flat(),
    { kind: 'pool', method: 'max', size: 2 },
  ];
}
