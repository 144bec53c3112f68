/** Products, element-wise functions, normalization and losses. */
import * as tf from 'inkwell/engine/tf';
import { rows } from '../rows';
import { type ForwardCase, of } from './case';

const left = rows('1 2', '3 4');
const right = rows('5 6', '7 8');

function crossEntropy(): tf.Tensor {
  const logits = [
    [0, Math.log(3)],
    [0, 0],
  ];
  return tf.losses.softmaxCrossEntropy(rows('0 1', '1 0'), logits);
}

function normalizeBatch(): tf.Tensor {
  const [mean, variance, offset, scale] = rows('2 4', '1 4', '0 10', '2 1').map((row) => tf.tensor1d(row));
  return tf.batchNorm(
    tf.tensor2d(rows('1 2', '3 6')),
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset,
    scale,
    0,
  );
}

/** Mean and variance, one after the other. */
const moments = (): tf.Tensor => tf.stack(Object.values(tf.moments(tf.tensor1d([1, 2, 3, 6]))));

export const arithmetic: readonly ForwardCase[] = [
  of('matMul', () => tf.matMul(left, right), [2, 2], [19, 22, 43, 50]),
  of('matMul, first transposed', () => tf.matMul(left, right, true), [2, 2], [26, 30, 38, 44]),
  of('matMul, second transposed', () => tf.matMul(left, right, false, true), [2, 2], [17, 23, 39, 53]),
  of('matMul, both transposed', () => tf.matMul(left, right, true, true), [2, 2], [23, 31, 34, 46]),
  of('einsum', () => tf.einsum('ij,jk->ki', tf.tensor2d(left), tf.tensor2d(right)), [2, 2], [19, 43, 22, 50]),
  of('broadcasting', () => tf.add([[1], [2]], [10, 20, 30]), [2, 3], [11, 21, 31, 12, 22, 32]),
  of(
    'whole-number division',
    () => tf.tensor1d([7, -7], 'int32').floorDiv(tf.scalar(2, 'int32')),
    [2],
    [3, -4],
  ),
  of('mod', () => tf.mod([7, 8, 9], 4), [3], [3, 0, 1]),
  of('sigmoid, also far out', () => tf.sigmoid([0, Math.log(3), -100, 100]), [4], [0.5, 0.75, 0, 1]),
  of('tanh', () => tf.tanh([0, Math.log(2)]), [2], [0, 0.6]),
  of('softplus', () => tf.softplus([0, 100]), [2], [Math.LN2, 100]),
  of('elu', () => tf.elu([1, -Math.LN2]), [2], [1, -0.5]),
  of('leakyRelu', () => tf.leakyRelu([2, -2], 0.1), [2], [2, -0.2]),
  of('softmax', () => tf.softmax([0, Math.log(2), Math.log(3)]), [3], [1 / 6, 2 / 6, 3 / 6]),
  of('softmax of large numbers', () => tf.softmax([1000, 1000]), [2], [0.5, 0.5]),
  of('logSoftmax', () => tf.logSoftmax([0, Math.log(3)]), [2], [-Math.log(4), Math.log(3 / 4)]),
  of('softmax cross-entropy, averaged over the batch', crossEntropy, [], [(Math.log(4 / 3) + Math.LN2) / 2]),
  of('batchNorm', normalizeBatch, [2, 2], [-2, 9, 2, 11]),
  of('moments', moments, [2], [3, 3.5]),
  of('where', () => tf.where(tf.tensor1d([1, 0], 'bool'), [1, 2], [3, 4]), [2], [1, 4]),
];
