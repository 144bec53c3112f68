/** The embedding: a learned row of a table for each whole number, such as a character or a film. */
import * as tf from '../engine/tf';
import type { Layer } from './layer';
import { checkWhole } from './shape';
import type { EmbeddingSpec } from './spec';

/** The layer of a spec. @param where its place, for errors. */
export function embeddingLayer(spec: EmbeddingSpec, where: string): Layer {
  const { vocabulary, dimensions, weights = 'normal' } = spec;
  return {
    outputShape(input) {
      checkWhole(where, 'vocabulary', vocabulary);
      checkWhole(where, 'dimensions', dimensions);
      return [...input, dimensions];
    },
    parameters: () => [
      {
        name: 'weights',
        shape: [vocabulary, dimensions],
        initializer: weights,
        fanIn: vocabulary,
        fanOut: dimensions,
        role: 'parameter',
      },
    ],
    multiplyAdds: () => 0,
    forward: (xs, scope) => tf.gather(scope.tensor('weights'), tf.cast(xs, 'int32')),
  };
}
