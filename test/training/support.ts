/** A small task that nets can learn in a second: which of four corners is bright. */
import { createRandom } from 'inkwell/core/random';
import type { Examples } from 'inkwell/data/examples';
import * as tf from 'inkwell/engine/tf';
import type { NetSpec } from 'inkwell/layers/spec';

/** Images of 6 × 6 with noise; the class is the bright corner. */
export function corners(count: number, seed: number): Examples {
  const random = createRandom(seed);
  const pixels = new Float32Array(count * 36).map(() => random.normal(0, 0.3));
  const labels = Int32Array.from({ length: count }, () => random.integer(4));
  for (const [i, label] of labels.entries()) {
    for (const place of [0, 1, 6, 7]) {
      const at = i * 36 + place + (label % 2) * 4 + (label > 1 ? 24 : 0);
      pixels[at] = (pixels[at] as number) + 0.6;
    }
  }
  return { xs: tf.tensor4d(pixels, [count, 6, 6, 1]), ys: tf.tensor1d(labels, 'int32') };
}

/** A bit of everything that has state or chance. */
export const smallNet: NetSpec = {
  inputShape: [6, 6, 1],
  layers: [
    // Without biases, whose gradient before a batch norm is 0 but for rounding: Adam would follow the rounding.
    { kind: 'conv', filters: 4, size: 3, biases: 'none' },
    { kind: 'batch-norm' },
    { kind: 'activation', name: 'relu' },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.2 },
    { kind: 'dense', units: 4 },
  ],
};

/** The values of all variables, by name. */
export function valuesOf(group: { readonly [name: string]: tf.Tensor }): { [name: string]: number[] } {
  return Object.fromEntries(Object.entries(group).map(([name, tensor]) => [name, [...tensor.dataSync()]]));
}
