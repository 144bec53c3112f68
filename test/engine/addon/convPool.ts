/** Convolution, bias and pooling with all gradients, for the tests of the operation that does them as one. */
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';

/** Sizes of a case: pictures, filters, and the border of zeros. */
export interface ConvPoolCase {
  readonly batch: number;
  readonly picture: readonly [height: number, width: number, channels: number];
  readonly filter: readonly [height: number, width: number];
  readonly filters: number;
  readonly padding: 'valid' | 'same';
}

const sizes = (
  batch: number,
  picture: ConvPoolCase['picture'],
  filter: ConvPoolCase['filter'],
  filters: number,
  padding: ConvPoolCase['padding'] = 'valid',
): ConvPoolCase => ({ batch, picture, filter, filters, padding });

/** Every branch of the loops: one vector and several, rests, borders, odd sizes. */
export const convPoolCases: readonly ConvPoolCase[] = [
  sizes(1, [6, 6, 1], [3, 3], 1),
  sizes(3, [28, 28, 1], [5, 5], 20),
  sizes(2, [12, 12, 20], [5, 5], 40),
  sizes(5, [9, 11, 3], [4, 2], 7),
  sizes(2, [7, 9, 3], [3, 3], 33, 'same'),
  sizes(2, [8, 6, 2], [4, 4], 5, 'same'),
  sizes(1, [5, 6, 4], [3, 5], 50, 'same'),
  sizes(2, [6, 5, 70], [3, 3], 17),
  sizes(1, [4, 4, 130], [2, 3], 64, 'same'),
  sizes(2, [40, 6, 9], [1, 1], 16),
  sizes(7, [5, 34, 2], [2, 3], 3),
];

export const nameOf = ({ batch, picture, filter, filters, padding }: ConvPoolCase): string =>
  `${batch} × [${picture}], ${filters} filters of [${filter}], ${padding}`;

/** Convolution, bias and pooling, then ReLU, as the book's nets have them. */
function convPool({ padding }: ConvPoolCase, [x, filters, biases]: readonly tf.Tensor[]): tf.Tensor {
  const sums = tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, 1, padding);
  return tf.relu(tf.maxPool(tf.add<tf.Tensor4D>(sums, biases as tf.Tensor), 2, 2, 'valid'));
}

/** The result, and what a gradient of it is to pictures, filters and biases. */
export function withGradients(sizes: ConvPoolCase): (...args: tf.Tensor[]) => tf.Tensor[] {
  return (...args) => {
    const inputs = args.slice(0, 3);
    const all = tf.grads((...given: tf.Tensor[]) => convPool(sizes, given));
    return [convPool(sizes, inputs), ...all(inputs, args[3])];
  };
}

/**
 * Pictures, filters, biases and a gradient of the result. Whole numbers make many
 * squares whose largest numbers are equal.
 */
export function inputsOf(sizes: ConvPoolCase, { whole = false } = {}): tf.Tensor[] {
  const { batch, picture, filter, filters } = sizes;
  const shapes = [[batch, ...picture], [...filter, picture[2], filters], [filters]];
  const round = (tensor: tf.Tensor): tf.Tensor => (whole ? tf.round(tensor) : tensor);
  const inputs = shapes.map((shape, i) => round(tf.randomNormal(shape, 0, 1, 'float32', i + 1)));
  return [...inputs, tf.randomNormal(convPool(sizes, inputs).shape, 0, 1, 'float32', 9)];
}

/** The numbers of each tensor when compiled. */
export function compiledNumbers(sizes: ConvPoolCase, options: { whole?: boolean } = {}): number[][] {
  const run = compile(withGradients(sizes));
  const numbers = tf.tidy(() =>
    run(...inputsOf(sizes, options)).map((tensor) => Array.from(tensor.dataSync())),
  );
  run.dispose();
  return numbers;
}
