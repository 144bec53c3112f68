import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from './native';
import { operations } from './rewritten';

beforeAll(useNative);

type Activation = (x: tf.Tensor4D) => tf.Tensor4D;

const relu: Activation = (x) => tf.relu(x);
const sums = (x: tf.Tensor, filters: tf.Tensor, biases: tf.Tensor): tf.Tensor4D =>
  tf.add(tf.conv2d(x as tf.Tensor4D, filters as tf.Tensor4D, 1, 'same'), biases);
const pool = (x: tf.Tensor4D, size = 2, step = 2): tf.Tensor4D => tf.maxPool(x, size, step, 'valid');

/** A convolution, an activation and pooling, as VGG has them. */
function block(activation: Activation, size?: number, step?: number): (...args: tf.Tensor[]) => tf.Tensor {
  return (...args) => {
    const [x, filters, biases] = args as [tf.Tensor, tf.Tensor, tf.Tensor];
    return pool(activation(sums(x, filters, biases)), size, step);
  };
}

/** The result, and what a gradient of it is to pictures, filters and biases. */
function withGradients(fn: (...args: tf.Tensor[]) => tf.Tensor): (...args: tf.Tensor[]) => tf.Tensor[] {
  return (...args) => {
    const inputs = args.slice(0, 3);
    return [fn(...inputs), ...tf.grads(fn)(inputs, args[3])];
  };
}

const shapes = [[2, 7, 6, 3], [3, 3, 3, 5], [5], [2, 3, 3, 5]];

const normal = (): tf.Tensor[] => shapes.map((shape, i) => tf.randomNormal(shape, 0, 1, 'float32', i + 1));
/** Whole numbers: many squares with equal numbers. */
const whole = (): tf.Tensor[] => normal().map((tensor) => tf.round(tensor));
/** Biases so low that nothing gets through. */
const negative = (): tf.Tensor[] => normal().map((tensor, i) => (i === 2 ? tf.sub(tensor, 1000) : tensor));

const ops = (fn: (...args: tf.Tensor[]) => tf.Tensor[], args = normal()): string[] =>
  operations(() => fn(...args));

describe('pooling of what ReLU has made', () => {
  test('comes before ReLU, also in the gradient, as one operation with the convolution', () => {
    expect(ops((...args) => [block(relu)(...args)])).toEqual(['InkwellConvPool', 'Relu']);
    expect(ops(withGradients(block(relu))).sort()).toEqual([
      'BiasAddGrad',
      'InkwellConvPool',
      'InkwellConvPoolGradFilter',
      'InkwellConvPoolGradInput',
      'Relu',
      'ReluGrad',
    ]);
  });

  test.each([
    ['random numbers', normal],
    ['equal numbers in squares', whole],
    ['negative numbers throughout', negative],
  ])('has the values and gradients of the eager run: %s', (_, inputs) => {
    const args = inputs();
    const run = compile(withGradients(block(relu)));
    const expected = withGradients(block(relu))(...args);
    run(...args).forEach((tensor, i) => {
      expectClose(tensor.dataSync(), (expected[i] as tf.Tensor).dataSync(), 1e-5);
    });
    run.dispose();
  });

  test('is right where ReLU’s result is needed too', () => {
    const both = (...args: tf.Tensor[]): tf.Tensor => {
      const activations = relu(sums(...(args as [tf.Tensor, tf.Tensor, tf.Tensor])));
      return tf.add(pool(activations), tf.mean(tf.square(activations)));
    };
    const args = normal();
    const run = compile(withGradients(both));
    const expected = withGradients(both)(...args);
    run(...args).forEach((tensor, i) => {
      expectClose(tensor.dataSync(), (expected[i] as tf.Tensor).dataSync(), 1e-4);
    });
    run.dispose();
  });

  test('hands NaN on: of pictures, filters and biases', () => {
    const run = compile((...args: tf.Tensor[]) => tf.sum(block(relu)(...args)));
    for (const poisoned of [0, 1, 2]) {
      const args = normal()
        .slice(0, 3)
        .map((tensor, i) => (i === poisoned ? tf.mul(tensor, Number.NaN) : tensor));
      expect(run(...args).dataSync()[0]).toBeNaN();
    }
    run.dispose();
  });
});

test.each<[string, (...args: tf.Tensor[]) => tf.Tensor]>([
  ['another activation', block((x) => tf.tanh(x))],
  ['squares that overlap', block(relu, 3, 2)],
  [
    'averages',
    (x, filters, biases) =>
      tf.avgPool(relu(sums(x as tf.Tensor, filters as tf.Tensor, biases as tf.Tensor)), 2, 2, 'valid'),
  ],
  ['no convolution before', (x) => pool(relu(x as tf.Tensor4D))],
])('%s: order as it was', (_, fn) => {
  const names = ops((...args) => [fn(...args.slice(0, 3))]);
  expect(names).not.toContain('InkwellConvPool');
  expect(names.at(-1)).toMatch(/Pool$/);
});

test('a gradient of ReLU of something else than was pooled stays', () => {
  const other = (...args: tf.Tensor[]): tf.Tensor => {
    const [x, filters, biases] = args as [tf.Tensor, tf.Tensor, tf.Tensor];
    const before = sums(x, filters, biases);
    const spread = tf.grad((a: tf.Tensor) => pool(a as tf.Tensor4D))(relu(before));
    return tf.mul(spread, tf.step(sums(tf.neg(x), filters, biases)));
  };
  const args = normal().slice(0, 3);
  const run = compile(other);
  expect(ops((...all) => [other(...all.slice(0, 3))])).toContain('MaxPoolGrad');
  expectClose(run(...args).dataSync(), other(...args).dataSync(), 1e-5);
  run.dispose();
});
