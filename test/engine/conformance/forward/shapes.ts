/** Cutting, joining, padding, turning and converting. */
import * as tf from 'inkwell/engine/tf';
import { rows } from '../rows';
import { type ForwardCase, of } from './case';

const nine = rows('1 2 3', '4 5 6', '7 8 9');
const truths = (): tf.Tensor2D => tf.tensor2d(rows('1 0 1', '0 0 1'), undefined, 'bool');
const wholes = (...values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');
const fiveAxes = (): tf.Tensor => tf.range(0, 24).reshape([2, 1, 3, 2, 2]);

export const shapes: readonly ForwardCase[] = [
  of('tile', () => tf.tile([[1, 2]], [2, 2]), [2, 4], [1, 2, 1, 2, 1, 2, 1, 2]),
  of('slice', () => tf.slice(nine, [1, 0], [2, 2]), [2, 2], [4, 5, 7, 8]),
  of('slice of whole numbers', () => tf.slice(wholes(1, 2, 3, 4), 1, 2), [2], [2, 3]),
  of('slice of truth values', () => tf.slice(truths(), [0, 1], [2, 2]), [2, 2], [0, 1, 0, 1]),
  of(
    'slice in the middle of five axes',
    () => tf.slice(fiveAxes(), [0, 0, 1, 0, 1], [2, 1, 2, 2, 1]),
    [2, 1, 2, 2, 1],
    [5, 7, 9, 11, 17, 19, 21, 23],
  ),
  of(
    'stridedSlice of whole numbers, backwards',
    () => tf.stridedSlice(wholes(1, 2, 3, 4, 5), [4], [0], [-2]),
    [2],
    [5, 3],
  ),
  of('concat', () => tf.concat([tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]])], 1), [1, 4], [1, 2, 3, 4]),
  of('stack', () => tf.stack([tf.tensor1d([1, 2]), tf.tensor1d([3, 4])], 1), [2, 2], [1, 3, 2, 4]),
  of('pad', () => tf.pad([[1, 2]], rows('1 0', '0 1') as [number, number][], 9), [2, 3], [9, 9, 9, 1, 2, 9]),
  of('mirrorPad, reflect', () => tf.mirrorPad([1, 2, 3], [[2, 1]], 'reflect'), [6], [3, 2, 1, 2, 3, 2]),
  of('mirrorPad, symmetric', () => tf.mirrorPad([1, 2, 3], [[2, 1]], 'symmetric'), [6], [2, 1, 1, 2, 3, 3]),
  of('reverse', () => tf.reverse(rows('1 2', '3 4'), 1), [2, 2], [2, 1, 4, 3]),
  of('transpose', () => tf.transpose(rows('1 2 3', '4 5 6')), [3, 2], [1, 4, 2, 5, 3, 6]),
  of('cast to whole numbers', () => tf.cast([1.9, -1.9, 0], 'int32'), [3], [1, -1, 0]),
  of('comparison', () => tf.greaterEqual([1, 2, 3], 2), [3], [0, 1, 1]),
];
