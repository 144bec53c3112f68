/** Reductions along axes, and picking by index. */
import * as tf from 'inkwell/engine/tf';
import { rows } from '../rows';
import { type ForwardCase, of } from './case';

const square = rows('1 2', '3 4');
const truths = (): tf.Tensor1D => tf.tensor1d([1, 0], 'bool');
const indices = (...texts: string[]): tf.Tensor2D => tf.tensor2d(rows(...texts), undefined, 'int32');

export const reductions: readonly ForwardCase[] = [
  of('sum along rows', () => tf.sum(square, 1), [2], [3, 7]),
  of('mean, axis kept', () => tf.mean(square, 0, true), [1, 2], [2, 3]),
  of('argMax, the first of equals', () => tf.argMax(rows('1 5 5', '9 0 0'), 1), [2], [1, 0]),
  of('argMin', () => tf.argMin([[1, 5, 0]], 1), [1], [2]),
  of('all and any', () => tf.stack([tf.all(truths()), tf.any(truths())]), [2], [0, 1]),
  of('cumsum', () => tf.cumsum(square, 0), [2, 2], [1, 2, 4, 6]),
  of('cumsum, exclusive and reversed', () => tf.cumsum([1, 2, 3], 0, true, true), [3], [5, 3, 0]),
  of('topk values', () => tf.topk([3, 9, 1, 7], 2).values, [2], [9, 7]),
  of('topk indices', () => tf.topk([3, 9, 1, 7], 2).indices, [2], [1, 3]),
  of(
    'gather',
    () => tf.gather(rows('1 2', '3 4', '5 6'), tf.tensor1d([2, 0, 2], 'int32')),
    [3, 2],
    [5, 6, 1, 2, 5, 6],
  ),
  of('gatherND', () => tf.gatherND(square, indices('1 0', '0 1')), [2], [3, 2]),
  of(
    'scatterND adds up',
    () => tf.scatterND(indices('1', '1', '3'), tf.tensor1d([1, 2, 4]), [4]),
    [4],
    [0, 3, 0, 4],
  ),
  of(
    'unsortedSegmentSum leaves negative segments out',
    () => tf.unsortedSegmentSum([1, 2, 4, 8], tf.tensor1d([1, 0, -1, 1], 'int32'), 3),
    [3],
    [2, 9, 0],
  ),
  of('oneHot', () => tf.oneHot(tf.tensor1d([2, 0, 5], 'int32'), 3), [3, 3], [0, 0, 1, 1, 0, 0, 0, 0, 0]),
  of(
    'oneHot in floats, with label smoothing',
    () => tf.oneHot(tf.tensor1d([1], 'int32'), 3, 0.8, 0.1, 'float32'),
    [1, 3],
    [0.1, 0.8, 0.1],
  ),
];
