/**
 * A small convolutional net for small pictures of one thing each: three layers
 * of filters find ever larger features, and the last pooling keeps of each
 * feature only whether it was found, not where (a pointed ear anywhere is a
 * pointed ear).
 */
import { checkOptions, required } from '../core/argument';
import { aNumber, someNumbers } from '../core/argument-kinds';
import type { LayerSpec, NetSpec } from '../layers/spec';

export interface FeatureFinderOptions {
  /** Default 64 × 64 × 3. */
  readonly inputShape?: readonly [number, number, number];
  readonly classes: number;
  /** Filters of each layer; default 12, 24, 48. */
  readonly filters?: readonly number[];
}

/** A net that ends in a logit for each class. */
export function featureFinder(options: FeatureFinderOptions): NetSpec {
  checkOptions('featureFinder', options, {
    inputShape: someNumbers,
    classes: required(aNumber),
    filters: someNumbers,
  });
  const { inputShape = [64, 64, 3], classes, filters = [12, 24, 48] } = options;
  const block = (count: number, index: number): LayerSpec[] => [
    // The first one halves the picture itself: at full size it would cost four times as much.
    ...(index === 0 ? [] : [{ kind: 'pool', method: 'max', size: 2 } as const]),
    {
      kind: 'conv',
      filters: count,
      size: 3,
      stride: index === 0 ? 2 : 1,
      padding: 'same',
      weights: 'he-normal',
      biases: 'none',
    },
    { kind: 'batch-norm' },
    { kind: 'activation', name: 'relu' },
  ];
  return {
    inputShape,
    layers: [
      ...filters.flatMap(block),
      { kind: 'pool', method: 'max', size: 'global' },
      { kind: 'flatten' },
      { kind: 'dense', units: classes },
    ],
  };
}
