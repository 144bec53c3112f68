/**
 * Residual nets for small pictures (He et al., 2015, section 4.2): three
 * stages of blocks, each stage half as wide in pixels and twice in channels.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFlag, aNumber, someNumbers } from '../core/argument-kinds';
import type { LayerSpec, NetSpec, ResidualSpec } from '../layers/spec';

export interface ResNetOptions {
  /** Default 32 × 32 × 3. */
  readonly inputShape?: readonly [number, number, number];
  /** Blocks in each stage; the depth is `6 · blocks + 2`; default 3 (ResNet-20). */
  readonly blocks?: number;
  /** Channels of the first stage; default 16. */
  readonly channels?: number;
  /** Default 10. */
  readonly classes?: number;
}

const relu: LayerSpec = { kind: 'activation', name: 'relu' };

const conv = (filters: number, size: number, stride: number): LayerSpec[] => [
  { kind: 'conv', filters, size, stride, padding: 'same', weights: 'he-normal', biases: 'none' },
  { kind: 'batch-norm' },
];

/** Two 3 × 3 convolutions and a way round them; the way round is a 1 × 1 convolution where shapes change. */
export function residualBlock(
  filters: number,
  options: { readonly stride?: number; readonly widen?: boolean } = {},
): ResidualSpec {
  checkArguments('residualBlock', { filters }, { filters: aNumber });
  checkOptions('residualBlock', options, { stride: aNumber, widen: aFlag });
  const { stride = 1, widen = stride > 1 } = options;
  return {
    kind: 'residual',
    body: [...conv(filters, 3, stride), relu, ...conv(filters, 3, 1)],
    shortcut: widen ? conv(filters, 1, stride) : [],
  };
}

/** A residual net that ends in logits. */
export function resNet(options: ResNetOptions = {}): NetSpec {
  checkOptions('resNet', options, {
    inputShape: someNumbers,
    blocks: aNumber,
    channels: aNumber,
    classes: aNumber,
  });
  const { inputShape = [32, 32, 3], blocks = 3, channels = 16, classes = 10 } = options;
  const stage = (filters: number, stride: number): LayerSpec[] =>
    Array.from({ length: blocks }, (_, i) => [
      residualBlock(filters, { stride: i === 0 ? stride : 1 }),
      relu,
    ]).flat();
  return {
    inputShape,
    layers: [
      ...conv(channels, 3, 1),
      relu,
      ...stage(channels, 1),
      ...stage(2 * channels, 2),
      ...stage(4 * channels, 2),
      { kind: 'pool', method: 'average', size: 'global' },
      { kind: 'flatten' },
      { kind: 'dense', units: classes },
    ],
  };
}
