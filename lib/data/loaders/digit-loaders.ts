/**
 * Loaders of handwritten digits, in the two forms in which the chapters use
 * them: one digit against another, and all ten. Built step by step in
 * chapter 05.
 */
import { checkArguments, checkOptions } from '../../core/argument';
import { aPair } from '../../core/argument-kinds';
import * as tf from '../../engine/tf';
import { someDigits } from '../argument-kinds';
import type { Digits } from '../digits';
import type { Examples } from '../examples';
import { type DigitImage, image } from '../image';
import type { LabelledImages } from '../labelled-images';
import { select } from '../select';
import { splitKinds } from '../split-indices';
import { type DataLoaders, dataLoaders } from './data-loaders';
import type { Dataset, SplitDatasetOptions } from './dataset';

/** Pictures and answers: 1 or 0 of a pair, the digit itself of all ten. */
export type DigitLoaders = DataLoaders<DigitImage, number>;

/**
 * One digit against another, out of the training half.
 *
 * @param pair the digit whose answer is 1, then the one whose answer is 0.
 * @returns `xs` of shape `[count, 784]`, 0 (paper) … 1 (ink); `ys` of `[count, 1]`, 1 or 0.
 * @throws RangeError where the digits are no whole numbers, or the fraction is not in 0 … 1.
 */
export function pairLoaders(
  digits: Digits,
  pair: readonly [number, number],
  options: SplitDatasetOptions = {},
): DigitLoaders {
  checkArguments('pairLoaders', { digits, pair }, { digits: someDigits, pair: aPair });
  checkOptions('pairLoaders', options, splitKinds);
  const [first, second] = pair;
  const classes = [String(second), String(first)];
  const set = select(digits.train, { digits: pair });
  return loadersOf(set, digits, {
    ...options,
    classes,
    answer: (label) => (label === first ? 1 : 0),
    ysOf: (answers) => tf.tensor2d(answers, [answers.length, 1], 'float32'),
  });
}

/**
 * All ten digits, out of the training half.
 *
 * @returns `xs` of shape `[count, 784]`, 0 (paper) … 1 (ink); `ys` class numbers, int32, `[count]`.
 * @throws RangeError where the fraction is not in 0 … 1.
 */
export function digitLoaders(digits: Digits, options: SplitDatasetOptions = {}): DigitLoaders {
  checkArguments('digitLoaders', { digits }, { digits: someDigits });
  checkOptions('digitLoaders', options, splitKinds);
  return loadersOf(digits.train, digits, {
    ...options,
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
    answer: (label) => label,
    ysOf: (answers) => tf.tensor1d(answers, 'int32'),
  });
}

interface Answering extends SplitDatasetOptions {
  readonly classes: readonly string[];
  readonly answer: (label: number) => number;
  readonly ysOf: (answers: number[]) => tf.Tensor;
}

function loadersOf(set: LabelledImages, digits: Digits, options: Answering): DigitLoaders {
  const { answer, ysOf, ...rest } = options;
  const { name, source, citation } = digits;
  const dataset: Dataset<DigitImage, number> = {
    count: set.count,
    item: (index) => image(set, index),
    answer: (index) => answer(image(set, index).label),
  };
  const collate = (part: Dataset<DigitImage, number>): Examples => ({
    xs: rowsOf(part, set.height * set.width),
    ys: ysOf(Array.from({ length: part.count }, (_, i) => part.answer(i))),
  });
  return dataLoaders(dataset, {
    ...rest,
    name,
    source,
    citation,
    inputShape: [set.height * set.width],
    collate,
  });
}

/** Pictures as rows, written out because a map over 37 million values is slow. */
function rowsOf(part: Dataset<DigitImage, number>, size: number): tf.Tensor2D {
  const values = new Float32Array(part.count * size);
  for (let i = 0; i < part.count; i++) {
    const { pixels } = part.item(i);
    for (let pixel = 0; pixel < size; pixel++) values[i * size + pixel] = (pixels[pixel] as number) / 255;
  }
  return tf.tensor2d(values, [part.count, size], 'float32');
}
