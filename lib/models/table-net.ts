/**
 * A net for tables: each category is embedded, the embeddings and the numbers
 * stand side by side, dense layers follow (Guo and Berkhahn, 2016; as in Howard
 * and Gugger, 2020, chapter 9).
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aNumber, someNumbers } from '../core/argument-kinds';
import type { LayerSpec, NetSpec } from '../layers/spec';
import { mlp } from './mlp';

export interface TableNetOptions {
  /** How many categories each column has, in the order of the columns; these stand in front. */
  readonly categories: readonly number[];
  /** How many columns of numbers follow. */
  readonly numbers: number;
  /** Units of each hidden layer; default `[64, 32]`. */
  readonly hidden?: readonly number[];
  /** Default 2. */
  readonly outputs?: number;
  /** Before the dense layers after the first, the share dropped; default 0. */
  readonly dropout?: number;
}

/** The length of an embedding, after fastai's rule of thumb: 1.6 · categories^0.56, at most 600. */
export function embeddingSize(categories: number): number {
  checkArguments('embeddingSize', { categories }, { categories: aNumber });
  return Math.min(600, Math.round(1.6 * categories ** 0.56));
}

/**
 * A net that takes rows of category numbers, then numbers, and ends in logits.
 *
 * @throws RangeError (from `outputShape`) where there is no column.
 */
export function tableNet(options: TableNetOptions): NetSpec {
  checkOptions('tableNet', options, {
    categories: required(someNumbers),
    numbers: required(aNumber),
    hidden: someNumbers,
    outputs: aNumber,
    dropout: aNumber,
  });
  const { categories, numbers, hidden = [64, 32], outputs = 2, dropout = 0 } = options;
  const embedded = categories.map((vocabulary, at): LayerSpec[] => [
    { kind: 'select', at },
    {
      kind: 'embedding',
      vocabulary,
      dimensions: embeddingSize(vocabulary),
      weights: { kind: 'normal', deviation: 0.1 },
    },
  ]);
  const places = Array.from({ length: numbers }, (_, i) => categories.length + i);
  const plain: LayerSpec[][] = numbers === 0 ? [] : [[{ kind: 'select', at: places }]];
  return {
    inputShape: [categories.length + numbers],
    layers: [
      { kind: 'parallel', branches: [...embedded, ...plain] },
      ...mlp({ inputShape: [1], hidden, outputs, dropout }).layers,
    ],
  };
}
