/**
 * Convolutions after Winograd, batch normalisation and max pooling of our own, with all
 * gradients, for the tests of these operations: written in tfjs, compiled or not.
 */
import { normaliseBatch } from 'inkwell/engine/batch-norm';
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { composedBatchNorm } from 'inkwell/layers/batch-norm';

/** A function of tensors, and the shapes of what it is given. */
export interface PictureCase {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly run: (...inputs: tf.Tensor[]) => tf.Tensor;
}

type Four = tf.Tensor4D;

const conv = (x: tf.Tensor, filters: tf.Tensor, padding: 'same' | 'valid' = 'same'): Four =>
  tf.conv2d(x as Four, filters as Four, 1, padding);

/** A convolution of pictures, biases added, ReLU. */
function convolution(
  pictures: readonly number[],
  filters: number,
  padding: 'same' | 'valid' = 'same',
): PictureCase {
  return {
    name: `convolution of [${pictures}], ${filters} filters, ${padding}`,
    shapes: [pictures, [3, 3, pictures[3] as number, filters], [filters]],
    run: (...[x, w, b]) => tf.relu(tf.add(conv(x as Four, w as Four, padding), b as tf.Tensor)),
  };
}

/** Two convolutions, the result of the second added to what the first was given: a residual block. */
const residual: PictureCase = {
  name: 'two convolutions and a way around them',
  shapes: [[2, 7, 6, 20], [3, 3, 20, 24], [3, 3, 24, 20], [20]],
  run: (...[x, w, v, b]) => {
    const before = tf.relu(x as Four);
    const body = tf.add(conv(tf.relu(conv(before, w as Four)), v as Four), b as tf.Tensor);
    return tf.relu(tf.add(body, before));
  },
};

/** ReLU, then convolutions that step over pixels, side by side, as residual blocks have them. */
function stepping(
  pictures: readonly number[],
  size: number,
  step: number,
  padding: 'same' | 'valid' = 'same',
): PictureCase {
  const channels = pictures[3] as number;
  return {
    name: `steps of ${step} over [${pictures}], filters of ${size}, ${padding}`,
    shapes: [pictures, [size, size, channels, 20], ...(padding === 'same' ? [[1, 1, channels, 20]] : [])],
    run: (...[x, w, v]) => {
      const before = tf.relu(x as Four);
      const sums = tf.conv2d(before, w as Four, step, padding);
      return v === undefined ? sums : tf.add(sums, tf.conv2d(before, v as Four, step, 'same'));
    },
  };
}

function pooling(
  pictures: readonly number[],
  size: number,
  step: number,
  padding: 'same' | 'valid',
): PictureCase {
  return {
    name: `pooling of [${pictures}], ${size} × ${size}, step ${step}, ${padding}`,
    shapes: [pictures, pictures],
    run: (...[x, y]) => tf.maxPool(tf.relu(tf.add(x as Four, y as Four)) as Four, size, step, padding),
  };
}

/** Every branch of the loops: full vectors and rests, pictures of one square and of several, edges. */
export const pictureCases: readonly PictureCase[] = [
  convolution([1, 4, 4, 16], 16),
  convolution([3, 9, 10, 16], 33),
  convolution([2, 14, 14, 40], 17),
  convolution([2, 7, 5, 32], 64, 'valid'),
  convolution([5, 3, 3, 130], 20, 'valid'),
  convolution([70, 5, 6, 16], 16),
  residual,
  stepping([2, 8, 8, 16], 3, 2),
  stepping([3, 9, 7, 5], 3, 2),
  stepping([2, 11, 12, 3], 5, 4, 'valid'),
  stepping([1, 6, 5, 33], 2, 3),
  pooling([3, 6, 6, 16], 2, 2, 'valid'),
  pooling([2, 7, 9, 5], 2, 2, 'same'),
  pooling([2, 9, 8, 35], 3, 2, 'same'),
  pooling([2, 9, 8, 3], 3, 2, 'valid'),
  pooling([2, 5, 5, 20], 3, 1, 'same'),
  pooling([1, 11, 5, 4], 2, 3, 'valid'),
];

/** What normalises a batch: our operations, or what they are compared with. */
export type Normaliser = typeof normaliseBatch;

export const batchNormShapes: readonly (readonly number[])[] = [
  [3, 1],
  [7, 20],
  [64, 256],
  [2, 5, 6, 16],
  [3, 4, 4, 33],
  [40, 9, 9, 7],
  [2, 3, 4],
];

/** A batch, scale, shift, averages and a gradient of the outputs. */
export function batchOf(shape: readonly number[]): tf.Tensor[] {
  const channels = [shape.at(-1) as number];
  return [
    tf.add(tf.mul(3, normal(shape, 1)), 5),
    tf.add(1, tf.mul(0.3, normal(channels, 2))),
    normal(channels, 3),
    normal(channels, 4),
    tf.square(normal(channels, 5)),
    normal(shape, 6),
  ];
}

const normal = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.randomNormal([...shape], 0, 1, 'float32', seed);

/** Outputs, moved averages and the gradients of batch, scale and shift. */
export function normalised(normalise: Normaliser, ...inputs: tf.Tensor[]): tf.Tensor[] {
  const [xs, scale, shift, movingMean, movingVariance, dy] = inputs as Six;
  const numbers = { momentum: 0.9, epsilon: 1e-3 };
  const run = (x: tf.Tensor, factor: tf.Tensor, offset: tf.Tensor) =>
    normalise(x, { scale: factor, shift: offset, movingMean, movingVariance }, numbers);
  const { outputs, movedMean, movedVariance } = run(xs, scale, shift);
  const gradients = tf.grads((...[x, factor, offset]: tf.Tensor[]) => {
    return run(x as tf.Tensor, factor as tf.Tensor, offset as tf.Tensor).outputs;
  })([xs, scale, shift], dy);
  return [outputs, movedMean, movedVariance, ...gradients];
}

type Six = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

export const composed: Normaliser = composedBatchNorm;
export const own: Normaliser = normaliseBatch;

/** Inputs of a case and a gradient of its result. Whole numbers make many windows whose largest are equal. */
export function inputsOf({ shapes, run }: PictureCase, { whole = false } = {}): tf.Tensor[] {
  const round = (tensor: tf.Tensor): tf.Tensor => (whole ? tf.round(tensor) : tensor);
  const inputs = shapes.map((shape, i) => round(normal(shape, i + 1)));
  return [...inputs, normal(run(...inputs).shape, 9)];
}

/** The result, and what a gradient of it is to each input. */
export function withGradients({ shapes, run }: PictureCase): (...args: tf.Tensor[]) => tf.Tensor[] {
  return (...args) => {
    const inputs = args.slice(0, shapes.length);
    return [run(...inputs), ...tf.grads(run)(inputs, args[shapes.length])];
  };
}

/** The numbers of each tensor that a function makes. */
export function numbersOf(run: (...args: tf.Tensor[]) => tf.Tensor[], inputs: () => tf.Tensor[]): number[][] {
  return tf.tidy(() => run(...inputs()).map((tensor) => Array.from(tensor.dataSync())));
}

/** The same when compiled. */
export function compiledNumbers(
  run: (...args: tf.Tensor[]) => tf.Tensor[],
  inputs: () => tf.Tensor[],
): number[][] {
  const compiled = compile(run);
  const numbers = numbersOf(compiled, inputs);
  compiled.dispose();
  return numbers;
}

/** Those of all cases, when compiled. */
export function allNumbers(): number[][][] {
  return [
    ...pictureCases.map((each) => compiledNumbers(withGradients(each), () => inputsOf(each))),
    ...batchNormShapes.map((shape) =>
      compiledNumbers(
        (...args) => normalised(own, ...args),
        () => batchOf(shape),
      ),
    ),
  ];
}
