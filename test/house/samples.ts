/** Values of the types that public functions take: right ones, and wrong ones. */

import type ts from '@tslab/typescript-for-tslab';
import { createRandom } from 'inkwell/core/random';
import type { LabelledImages } from 'inkwell/data/labelled-images';
import { datasetOf } from 'inkwell/data/loaders/dataset';
import * as tf from 'inkwell/engine/tf';
import { frame } from 'inkwell/frames/create';
import { initialize } from 'inkwell/layers/net';
import { mlp } from 'inkwell/models/mlp';
import { Learner } from 'inkwell/training/learner';
import { sgd } from 'inkwell/training/optimizers';
import { lineChart } from 'inkwell/views/charts/line-chart';
import {
  choicesOf,
  classesOf,
  fieldsOf,
  itemClassesOf,
  itemsOf,
  nameOf,
  type ValueClass,
} from './public-types';

const images: LabelledImages = {
  images: new Uint8Array(2 * 784),
  labels: Uint8Array.of(0, 1),
  count: 2,
  height: 28,
  width: 28,
};

const net = mlp({ hidden: [3] });

/** Of types that are made by a function, not written down: how one is made. */
const MADE: Readonly<Record<string, () => unknown>> = {
  AbortSignal: () => new AbortController().signal,
  ColumnTable: () => frame([{ a: 1 }]).table,
  Dataset: () => datasetOf(['a', 'b'], ['c', 'd']),
  Digits: () => ({
    name: 'made digits',
    source: '',
    whyNotMnist: undefined,
    train: images,
    test: images,
    citation: '',
  }),
  EpochRecord: () => ({ epoch: 0, step: 1, learningRate: 1, durationMs: 1, scores: { train: { loss: 1 } } }),
  Examples: () => ({ xs: tf.zeros([2, 28, 28, 1]), ys: tf.zeros([2]) }),
  Frame: () => frame([{ a: 1 }]),
  LabelledImages: () => images,
  Learner: () => new Learner({ net }),
  NetSpec: () => net,
  Optimizer: () => sgd(),
  PixelSource: () => [
    [1, 2],
    [3, 4],
  ],
  Random: () => createRandom(1),
  SavedNet: () => ({ net, weights: initialize(net) }),
  Scalar: () => tf.scalar(1),
  TensorLike: () => tf.zeros([2, 2]),
  Tensor: () => tf.zeros([2, 10]),
  Tensors: () => ({}),
  View: () => lineChart({ series: [{ name: 'a', y: [1, 2] }], alt: 'a line' }),
  WatchedLearner: () => new Learner({ net }),
  Weights: () => initialize(net),
};

/** One of those that are made. */
export const sampleOfName = (name: string): unknown => MADE[name]?.();

/** Whether values of a type are made elsewhere, so that their fields are not written down in a call. */
export const isMade = (type: ts.Type): boolean => nameOf(type) in MADE;

/** A value of the right kind; what it holds may make no sense. */
export function sampleOf(type: ts.Type, depth = 0): unknown {
  const make = MADE[nameOf(type)];
  if (make !== undefined) return make();
  const [choice] = choicesOf(type) ?? [];
  if (choice !== undefined) return choice;
  const classes = [...classesOf(type)].filter((each) => each !== 'undefined' && each !== 'null');
  if (classes.includes('number')) return 1;
  if (classes.includes('string') || classes.includes('anything')) return 'a';
  if (classes.includes('boolean')) return true;
  if (classes.includes('array'))
    return depth > 4 ? [] : itemsOf(type).map((item) => sampleOf(item, depth + 1));
  if (classes.includes('function')) return () => 0;
  const needed = fieldsOf(type).filter(({ isOptional }) => !isOptional && depth < 4);
  return Object.fromEntries(needed.map(({ name, type: own }) => [name, sampleOf(own, depth + 1)]));
}

/** One of each class, and what is easily given by mistake. */
const CANDIDATES: readonly (readonly [ValueClass, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['number', 6400],
  ['string', 'a word'],
  ['boolean', true],
  ['function', () => 0],
  ['array', []],
  ['object', {}],
  ['object', Promise.resolve(1)],
];

/** Values that a type does not take. */
export function wrongFor(type: ts.Type): readonly unknown[] {
  const classes = classesOf(type);
  if (classes.has('anything')) return [];
  const strangers = CANDIDATES.filter(([own]) => !classes.has(own)).map(([, value]) => value);
  // An object of another make.
  if (classes.has('object')) strangers.push(Promise.resolve(1));
  if (isMade(type) && nameOf(type) !== 'Tensors') strangers.push({});
  const items = [...itemClassesOf(type)].join();
  if (items === 'number') strangers.push(['a', 'b']);
  if (items === 'string') strangers.push([1, 2]);
  if (choicesOf(type)?.every((choice) => typeof choice === 'string')) strangers.push('no such choice');
  return strangers;
}
