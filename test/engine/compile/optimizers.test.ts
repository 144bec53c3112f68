/** tfjs's own optimizers in a compiled step: the same weights, and the same count of steps. */
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from './native';

beforeAll(useNative);

const makers: [string, () => tf.Optimizer][] = [
  ['sgd', () => tf.train.sgd(0.01)],
  ['momentum', () => tf.train.momentum(0.01, 0.9)],
  ['adagrad', () => tf.train.adagrad(0.1)],
  ['adadelta', () => tf.train.adadelta(0.1)],
  ['adam', () => tf.train.adam(0.1)],
  ['adamax', () => tf.train.adamax(0.1)],
  ['rmsprop', () => tf.train.rmsprop(0.1)],
];

const loss = (w: tf.Variable, x: tf.Tensor): tf.Scalar => tf.sum(tf.square(tf.sub(tf.mul(x, w), 1)));

/** The count as it is saved with the weights. */
async function savedCount(optimizer: tf.Optimizer): Promise<number> {
  const { tensor } = await optimizer.saveIterations();
  return tensor.dataSync()[0] as number;
}

test.each(makers)('%s', async (_, make) => {
  const [ours, reference] = [make(), make()];
  const start = (): tf.Variable => tf.variable(tf.tensor1d([1, 2]));
  const [w, expected] = [start(), start()];
  const step = compile((x: tf.Tensor) => ours.minimize(() => loss(w, x), true, [w]) as tf.Scalar);
  const x = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  for (let i = 0; i < 3; i++) step(x).dispose();
  tf.dispose(step.many(Array.from({ length: 9 }, () => [x] as const))); // eight as one graph, and one
  for (let i = 0; i < 12; i++)
    (reference.minimize(() => loss(expected, x), true, [expected]) as tf.Scalar).dispose();
  expectClose(w.dataSync(), expected.dataSync(), 1e-4);
  expect([await savedCount(ours), await savedCount(reference)]).toEqual([12, 12]);
  expect(step.graphs).toBe(1);
  step.dispose();
});

test('a refused step is not counted, one that falls back is', () => {
  const w = tf.variable(tf.tensor1d([1, 2]));
  const optimizer = tf.train.sgd(0.01);
  const step = (x: tf.Tensor): tf.Scalar => {
    const value = optimizer.minimize(() => loss(w, x), true, [w]) as tf.Scalar;
    return tf.add(value, Math.random());
  };
  const x = tf.scalar(1);
  const count = (): number => (optimizer as unknown as { iterations: number }).iterations;
  expect(() => compile(step)(x)).toThrow('Math.random');
  expect(count()).toBe(0);
  const tolerant = compile(step, { fallback: true });
  for (let i = 0; i < 3; i++) tolerant(x).dispose();
  expect(count()).toBe(3);
  tolerant.dispose();
});
