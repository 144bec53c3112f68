import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import type { Initializer } from 'inkwell/layers/initializer';
import { initialValues } from 'inkwell/layers/initializers';
import { initializeLsuv } from 'inkwell/layers/lsuv';
import { disposeWeights, forward, initialize } from 'inkwell/layers/net';
import type { LayerSpec, NetSpec } from 'inkwell/layers/spec';

beforeAll(async () => {
  await useEngine();
});

const values = (initializer: Initializer, seed = 1, shape = [200, 300]): Float32Array =>
  initialValues(
    { name: 'layers.0.weights', shape, initializer, fanIn: 200, fanOut: 300, role: 'parameter' },
    seed,
  );

function deviation(list: Float32Array): number {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  return Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length);
}

test.each<[Initializer, number]>([
  ['normal', 1],
  ['nielsen', Math.sqrt(1 / 300)],
  ['lecun-normal', Math.sqrt(1 / 200)],
  ['glorot-uniform', Math.sqrt(2 / 500)],
  ['glorot-normal', Math.sqrt(2 / 500)],
  ['he-uniform', Math.sqrt(2 / 200)],
  ['he-normal', Math.sqrt(2 / 200)],
  [{ kind: 'normal', deviation: 0.01 }, 0.01],
  [{ kind: 'uniform', limit: 3 }, Math.sqrt(3)],
  ['zeros', 0],
])('%j has the deviation that it promises', (initializer, expected) => {
  expect(Math.abs(deviation(values(initializer)) - expected)).toBeLessThanOrEqual(0.02 * expected);
});

test('nielsen draws biases from N(0, 1)', () => {
  expect(Math.abs(deviation(values('nielsen', 1, [5000])) - 1)).toBeLessThan(0.05);
});

test('ones and constants', () => {
  expect([...values('ones', 1, [2])]).toEqual([1, 1]);
  expect([...values({ kind: 'constant', values: 0.5 }, 1, [2])]).toEqual([0.5, 0.5]);
  expect([...values({ kind: 'constant', values: [1, 2] }, 1, [2])]).toEqual([1, 2]);
  expect(() => values({ kind: 'constant', values: [1] }, 1, [2])).toThrow(
    new RangeError('layers.0.weights: needs 2 constants, got 1'),
  );
  expect(() => values('magic' as 'ones')).toThrow(
    new RangeError('layers.0.weights: there is no initializer "magic"'),
  );
});

test.each([[[6, 4]], [[4, 6]]])('orthogonal rows or columns of %j', (shape) => {
  tf.tidy(() => {
    const matrix = tf.tensor2d(values('orthogonal', 1, shape), shape as [number, number]);
    const tall = (shape[0] as number) > (shape[1] as number);
    const product = tall ? tf.matMul(matrix, matrix, true) : tf.matMul(matrix, matrix, false, true);
    expect(tf.max(tf.abs(tf.sub(product, tf.eye(4)))).dataSync()[0]).toBeLessThan(1e-6);
  });
});

test('one seed decides all, another gives others', () => {
  const all = (seed: number): number[][] =>
    tf.tidy(() => Object.values(initialize(NET, { seed }).parameters).map((t) => [...t.dataSync()]));
  expect(all(1)).toEqual(all(1));
  expect(all(1)).not.toEqual(all(2));
  expect(values('normal', 7)).not.toEqual(values('normal', 8));
});

const NET: NetSpec = {
  inputShape: [50],
  layers: [
    { kind: 'dense', units: 80 },
    { kind: 'activation', name: 'relu' },
    { kind: 'dense', units: 60 },
    { kind: 'activation', name: 'relu' },
    { kind: 'dense', units: 10 },
  ],
};

test('LSUV gives every layer unit variance on the batch', async () => {
  const xs = tf.mul(tf.randomNormal([200, 50], 0, 1, 'float32', 1), 7);
  const weights = await withoutLeaks(() => initializeLsuv(NET, xs), { kept: 6 });
  const deviations: number[] = [];
  const onOutput = (path: string, output: tf.Tensor): void => {
    if (['layers.0', 'layers.2', 'layers.4'].includes(path)) {
      deviations.push(deviation(output.dataSync() as Float32Array));
    }
  };
  forward(NET, weights, xs, { onOutput }).dispose();
  expect(deviations.length).toBe(3);
  for (const value of deviations) expect(Math.abs(value - 1)).toBeLessThan(0.02);
  disposeWeights(weights);
  xs.dispose();
});

test('LSUV reaches the layers inside blocks', async () => {
  const conv = (filters: number, size: number): LayerSpec => ({
    kind: 'conv',
    filters,
    size,
    padding: 'same',
  });
  const net: NetSpec = {
    inputShape: [6, 6, 2],
    layers: [
      {
        kind: 'residual',
        body: [conv(4, 3), { kind: 'activation', name: 'relu' }, conv(4, 3)],
        shortcut: [conv(4, 1)],
      },
      { kind: 'parallel', branches: [[conv(3, 1)], [{ kind: 'residual', body: [conv(4, 3)] }]] },
      { kind: 'flatten' },
      { kind: 'dense', units: 5 },
    ],
  };
  const xs = tf.randomNormal([64, 6, 6, 2], 0.5, 3, 'float32', 4);
  const weights = initializeLsuv(net, xs);
  const deviations = new Map<string, number>();
  const onOutput = (path: string, output: tf.Tensor): void => {
    deviations.set(path, Math.sqrt(tf.moments(output).variance.dataSync()[0] as number));
  };
  forward(net, weights, xs, { onOutput }).dispose();
  const scaled = ['0.body.0', '0.body.2', '0.shortcut.0', '1.branches.0.0', '1.branches.1.0.body.0', '3'];
  for (const path of scaled) {
    expect(Math.abs((deviations.get(`layers.${path}`) as number) - 1)).toBeLessThan(0.011);
  }
  xs.dispose();
  disposeWeights(weights);
});
