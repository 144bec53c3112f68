import { compile } from 'inkwell/engine/compile/compile';
import { withoutLeaks } from 'inkwell/engine/memory';
import { hasOwnOperations } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from '../compile/native';
import { operations } from '../compile/rewritten';
import { evaluateInNode } from '../nodeProcess';
import {
  type ConvPoolCase,
  compiledNumbers,
  convPoolCases,
  inputsOf,
  nameOf,
  withGradients,
} from './convPool';
import { withThreads } from './withThreads';

beforeAll(useNative);

const named = convPoolCases.map((sizes) => [nameOf(sizes), sizes] as const);
const [small, nielsen, wide] = convPoolCases as [ConvPoolCase, ConvPoolCase, ConvPoolCase];

/** The numbers of each tensor when TensorFlow's own operations compute them. */
function eagerNumbers(sizes: ConvPoolCase, options: { whole?: boolean } = {}): number[][] {
  return tf.tidy(() =>
    withGradients(sizes)(...inputsOf(sizes, options)).map((tensor) => Array.from(tensor.dataSync())),
  );
}

function expectSame(sizes: ConvPoolCase, numbers: number[][], options: { whole?: boolean } = {}): void {
  for (const [i, expected] of eagerNumbers(sizes, options).entries()) {
    const scale = Math.max(1, ...expected.map(Math.abs));
    expectClose(
      (numbers[i] as number[]).map((value) => value / scale),
      expected.map((value) => value / scale),
      2e-6,
    );
  }
}

test.each(named)('%s: as TensorFlow, gradients too', async (_, sizes) => {
  expect(hasOwnOperations()).toBe(true);
  await withoutLeaks(() => expectSame(sizes, compiledNumbers(sizes)));
});

test.each(named)('%s: of equal numbers in a square the first gets the gradient', (_, sizes) => {
  expectSame(sizes, compiledNumbers(sizes, { whole: true }), { whole: true });
});

test.each(['4', '8'])('vectors of %s numbers, for processors that have no wider ones', async (vectors) => {
  const numbers = await evaluateInNode<number[][][]>(
    `const { convPoolCases, compiledNumbers } = require('./addon/convPool');
     await require('./compile/native').useNative();
     return convPoolCases.map((sizes) => compiledNumbers(sizes));`,
    { INKWELL_VECTORS: vectors },
  );
  convPoolCases.forEach((sizes, i) => {
    expectSame(sizes, numbers[i] as number[][]);
  });
});

test('the same to the bit with one thread and with several', () => {
  const [one, three] = [1, 3].map((threads) =>
    withThreads(threads, () => convPoolCases.map((sizes) => compiledNumbers(sizes))),
  );
  expect(three).toEqual(one);
});

test('the operations in the graph', () => {
  const live = (sizes: ConvPoolCase): string[] => {
    const inputs = inputsOf(sizes);
    return operations(() => withGradients(sizes)(...inputs));
  };
  const fused = ['InkwellConvPool', 'Relu', 'ReluGrad', 'BiasAddGrad'];
  for (const sizes of [small, nielsen, wide]) {
    expect(live(sizes).sort()).toEqual(
      [...fused, 'InkwellConvPoolGradFilter', 'InkwellConvPoolGradInput'].sort(),
    );
  }
});

test.each<[string, (x: tf.Tensor4D, filters: tf.Tensor4D) => tf.Tensor]>([
  ['a step of two', (x, filters) => tf.maxPool(tf.conv2d(x, filters, 2, 'valid').add(1), 2, 2, 'valid')],
  ['dilation', (x, filters) => pool(tf.conv2d(x, filters, 1, 'valid', 'NHWC', 2))],
  ['no bias', (x, filters) => tf.maxPool(tf.conv2d(x, filters, 1, 'valid'), 2, 2, 'valid')],
  ['squares that overlap', (x, filters) => pool(tf.conv2d(x, filters, 1, 'valid'), 2, 1)],
  ['larger squares', (x, filters) => pool(tf.conv2d(x, filters, 1, 'valid'), 3, 3)],
  ['squares over the edge', (x, filters) => pool(tf.conv2d(x, filters, 1, 'valid'), 2, 2, 'same')],
  ['averages', (x, filters) => tf.avgPool(biased(tf.conv2d(x, filters, 1, 'valid')), 2, 2, 'valid')],
])('%s: left to TensorFlow', (_, fn) => {
  const [x, filters] = [tf.ones<tf.Rank.R4>([1, 11, 11, 2]), tf.ones<tf.Rank.R4>([3, 3, 2, 4])];
  expect(operations(() => [fn(x, filters)])).not.toContain('InkwellConvPool');
});

function biased(x: tf.Tensor4D): tf.Tensor4D {
  return tf.add(x, tf.ones([4]));
}

function pool(x: tf.Tensor4D, size = 2, step = 2, padding: 'valid' | 'same' = 'valid'): tf.Tensor {
  return tf.maxPool(biased(x), size, step, padding);
}

test('a picture that is not a number makes a result that is not', () => {
  const [x, filters, biases] = inputsOf(small) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const run = compile((...[a, b, c]: tf.Tensor[]) =>
    pool4(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'valid'), c as tf.Tensor),
  );
  const poisoned = tf.where(tf.equal(x, tf.max(x)), Number.NaN, x);
  expect(run(poisoned, filters, biases).dataSync()).toContainEqual(Number.NaN);
  run.dispose();
});

function pool4(sums: tf.Tensor4D, biases: tf.Tensor): tf.Tensor {
  return tf.maxPool(tf.add<tf.Tensor4D>(sums, biases), 2, 2, 'valid');
}

test('what the operations work in does not grow with the batch', async () => {
  const grownMegabytes = await evaluateInNode<number>(
    `const tf = require('inkwell/engine/tf');
     const { nativeBinding } = require('inkwell/engine/native/load');
     const { peakMb, residentMb } = require('../measure/process');
     await require('./compile/native').useNative();
     const binding = nativeBinding();
     const value = [112, 112, 3, 3, 1, 1, 1, 1];
     const attributes = [{ name: 'geometry', type: binding.TF_ATTR_INT, value }];
     const x = tf.relu(tf.fill([128, 112, 112, 16], 1)); // 103 MB
     const [xId, filters, biases] = tf.backend().getInputTensorIds([x, tf.ones([3, 3, 16, 1]), tf.ones([1])]);
     const run = (name, inputs, outputs) =>
       binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => id);
     const [pooled, places] = run('InkwellConvPool', [xId, filters, biases], 2);
     const before = residentMb();
     run('InkwellConvPoolGradFilter', [xId, places, pooled], 1);
     return peakMb() - before;`,
  );
  expect(grownMegabytes).toBeLessThan(50);
});
