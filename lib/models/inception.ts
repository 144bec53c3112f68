/**
 * GoogLeNet (Szegedy et al., 2014): modules that look at the same picture
 * through windows of several sizes at once, with 1 × 1 convolutions before the
 * costly ones. Without the two auxiliary classifiers, which only train.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aNumber, anObject } from '../core/argument-kinds';
import type { LayerSpec, NetSpec, ParallelSpec } from '../layers/spec';

/** Filters of a module, in the order of the paper's table 1. */
export interface InceptionWidths {
  readonly one: number;
  readonly threeReduce: number;
  readonly three: number;
  readonly fiveReduce: number;
  readonly five: number;
  readonly poolProjection: number;
}

const relu: LayerSpec = { kind: 'activation', name: 'relu' };

const conv = (filters: number, size: number, stride = 1): LayerSpec[] => [
  { kind: 'conv', filters, size, stride, padding: 'same', weights: 'he-normal' },
  relu,
];

const halve: LayerSpec = { kind: 'pool', method: 'max', size: 3, stride: 2, padding: 'same' };

/** One module: 1 × 1, 3 × 3, 5 × 5 and pooling side by side, the picture's size unchanged. */
export function inceptionModule(widths: InceptionWidths): ParallelSpec {
  checkArguments('inceptionModule', { widths }, { widths: anObject });
  checkOptions('inceptionModule', widths, {
    one: required(aNumber),
    threeReduce: required(aNumber),
    three: required(aNumber),
    fiveReduce: required(aNumber),
    five: required(aNumber),
    poolProjection: required(aNumber),
  });
  const { one, threeReduce, three, fiveReduce, five, poolProjection } = widths;
  return {
    kind: 'parallel',
    branches: [
      conv(one, 1),
      [...conv(threeReduce, 1), ...conv(three, 3)],
      [...conv(fiveReduce, 1), ...conv(five, 5)],
      [{ kind: 'pool', method: 'max', size: 3, stride: 1, padding: 'same' }, ...conv(poolProjection, 1)],
    ],
  };
}

/** The nine modules, by the paper's names. */
const TABLE: { readonly [name: string]: readonly [number, number, number, number, number, number] } = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
};

function module(name: string): ParallelSpec {
  const [one, threeReduce, three, fiveReduce, five, poolProjection] = TABLE[name] as (typeof TABLE)['3a'] &
    readonly [number, number, number, number, number, number];
  return inceptionModule({ one, threeReduce, three, fiveReduce, five, poolProjection });
}

/** The whole net, for 224 × 224 × 3. @param options.classes default 1000. */
export function googLeNet(options: { readonly classes?: number } = {}): NetSpec {
  checkOptions('googLeNet', options, { classes: aNumber });
  const { classes = 1000 } = options;
  const normalise: LayerSpec = { kind: 'local-response' };
  return {
    inputShape: [224, 224, 3],
    layers: [
      ...[...conv(64, 7, 2), halve, normalise],
      ...[...conv(64, 1), ...conv(192, 3), normalise, halve],
      ...[module('3a'), module('3b'), halve],
      ...[module('4a'), module('4b'), module('4c'), module('4d'), module('4e'), halve],
      ...[module('5a'), module('5b')],
      { kind: 'pool', method: 'average', size: 'global' },
      { kind: 'flatten' },
      { kind: 'dropout', rate: 0.4 },
      { kind: 'dense', units: classes },
    ],
  };
}
