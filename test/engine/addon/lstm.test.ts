import { type LstmReturns, lstmSteps } from 'inkwell/engine/lstm';
import { withoutLeaks } from 'inkwell/engine/memory';
import { hasOwnOperations } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { composedSteps } from 'inkwell/layers/lstm';
import { expectClose } from '../../fixtures/close';
import { useNative } from '../compile/native';
import { operations } from '../compile/rewritten';
import { gradientsOf } from '../conformance/finiteDifferences';
import { evaluateInNode } from '../nodeProcess';
import {
  compiledNumbers,
  inputsOf,
  type Lstm,
  type LstmCase,
  lstmCases,
  nameOf,
  withGradients,
} from './lstm';
import { withThreads } from './withThreads';

beforeAll(useNative);

const named = lstmCases.map((sizes) => [nameOf(sizes), sizes] as const);

/** The numbers of each tensor, without a graph. */
function eagerNumbers(sizes: LstmCase, lstm: Lstm): number[][] {
  return tf.tidy(() =>
    withGradients(sizes, lstm)(...inputsOf(sizes)).map((tensor) => Array.from(tensor.dataSync())),
  );
}

function expectAsComposed(sizes: LstmCase, numbers: number[][]): void {
  for (const [i, expected] of eagerNumbers(sizes, composedSteps).entries()) {
    const scale = Math.max(1, ...expected.map(Math.abs));
    expectClose(
      (numbers[i] as number[]).map((value) => value / scale),
      expected.map((value) => value / scale),
      5e-6,
    );
  }
}

test.each(named)('%s: as composed of operations, gradients too', async (_, sizes) => {
  expect(hasOwnOperations()).toBe(true);
  await withoutLeaks(() => expectAsComposed(sizes, eagerNumbers(sizes, lstmSteps)));
  await withoutLeaks(() => expectAsComposed(sizes, compiledNumbers(sizes)));
});

test.each(['4', '8'])('vectors of %s numbers, for processors that have no wider ones', async (vectors) => {
  const numbers = await evaluateInNode<number[][][]>(
    `const { lstmCases, compiledNumbers } = require('./addon/lstm');
     await require('./compile/native').useNative();
     return lstmCases.map((sizes) => compiledNumbers(sizes));`,
    { INKWELL_VECTORS: vectors },
  );
  lstmCases.forEach((sizes, i) => {
    expectAsComposed(sizes, numbers[i] as number[][]);
  });
});

test('the same to the bit with one thread and with several', () => {
  const [one, three] = [1, 3].map((threads) =>
    withThreads(threads, () => lstmCases.map((sizes) => compiledNumbers(sizes))),
  );
  expect(three).toEqual(one);
});

test('a row is the same to the bit in whatever batch it is', () => {
  tf.tidy(() => {
    const [xs, weights, recurrentWeights, biases] = inputsOf({
      batch: 37,
      steps: 4,
      features: 3,
      units: 21,
      returns: 'sequence',
    }) as [tf.Tensor3D, tf.Tensor, tf.Tensor, tf.Tensor];
    const states = (input: tf.Tensor): number[] =>
      Array.from(lstmSteps(input, { weights, recurrentWeights, biases }, 'sequence').dataSync());
    const all = states(xs);
    const row = 4 * 21;
    for (const [first, count] of [
      [0, 1],
      [5, 2],
      [17, 11],
      [30, 7],
    ] as const) {
      const some = states(tf.slice(xs, [first, 0, 0], [count, -1, -1]));
      expect(some).toEqual(all.slice(first * row, (first + count) * row));
    }
  });
});

test.each<LstmReturns>(['last', 'sequence'])('its gradient agrees with finite differences: %s', (returns) => {
  const inputs = [{ shape: [2, 3, 2] }, { shape: [2, 12] }, { shape: [3, 12] }, { shape: [12] }];
  const f = (...[xs, weights, recurrentWeights, biases]: tf.Tensor[]): tf.Tensor =>
    lstmSteps(xs as tf.Tensor, { weights, recurrentWeights, biases } as never, returns);
  const { analytic, numeric } = gradientsOf({ name: 'lstmSteps', f, inputs });
  analytic.forEach((gradient, i) => {
    expectClose(gradient, numeric[i] as Float32Array, 5e-3);
  });
});

/** The hidden state of one unit after one step with these numbers in its gates i, f, g, o: one row each. */
function afterGates(gates: readonly (readonly number[])[]): Float32Array {
  return tf.tidy(() => {
    const xs = tf.tensor3d(gates.flat(), [gates.length, 1, 4]);
    const parameters = { weights: tf.eye(4), recurrentWeights: tf.ones([1, 4]), biases: tf.zeros([4]) };
    return lstmSteps(xs, parameters).dataSync<'float32'>();
  });
}

test('gates and cell to the last digits, small numbers and large', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
  const numbers = Array.from({ length: 4001 }, (_, i) => Math.fround((i - 2000) ** 3 / 8e7)); // up to 100
  const expectRelative = (actual: Float32Array, expected: readonly number[]): void => {
    actual.forEach((value, i) => {
      const wanted = expected[i] as number;
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted) + 1e-36);
    });
  };
  const one = Math.tanh(1);
  expectRelative(
    afterGates(numbers.map((x) => [100, 0, 100, x])),
    numbers.map((x) => one * sigmoid(Math.max(x, -87))),
  );
  expectRelative(
    afterGates(numbers.map((x) => [100, 0, x, 100])),
    numbers.map((x) => Math.tanh(Math.tanh(x))),
  );
  expectRelative(
    afterGates(numbers.map((x) => [x, 0, 100, 100])),
    numbers.map((x) => Math.tanh(sigmoid(Math.max(x, -87)))),
  );
});

test('saturates without overflow, and hands NaN on', () => {
  const [large, negative, nan, off] = afterGates([
    [1e38, -1e38, 1e38, 1e38],
    [Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].map((x) =>
      Math.max(-1e30, Math.min(1e30, x)),
    ),
    [Number.NaN, 0, 0, 0],
    [1, 1, 1, -1e30],
  ]);
  expectClose([large as number, negative as number, off as number], [Math.tanh(1), -Math.tanh(1), 0], 1e-6);
  expect(nan).toBe(Number.NaN);
});

test('an infinite input closes gates, and its gradient is that of closed gates', () => {
  const sizes: LstmCase = { batch: 2, steps: 3, features: 1, units: 5, returns: 'last' };
  tf.tidy(() => {
    const [, ...rest] = inputsOf(sizes) as [tf.Tensor, ...tf.Tensor[]];
    const xs = tf.tensor3d([1, 2, Number.POSITIVE_INFINITY, 3, 4, 5], [2, 3, 1]);
    const [fused, composed] = [lstmSteps, composedSteps].map((lstm) => {
      const [hidden, dxs] = withGradients(sizes, lstm)(xs, ...rest);
      return [hidden, dxs].map((tensor) => (tensor as tf.Tensor).dataSync());
    }) as [Float32Array[], Float32Array[]];
    fused.forEach((values, i) => {
      expectClose(values, composed[i] as Float32Array, 1e-5);
    });
  });
});

test('the operations in the graph', () => {
  const inputs = inputsOf({ batch: 4, steps: 3, features: 2, units: 5, returns: 'last' });
  const [xs, weights, recurrentWeights, biases] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const train = (...[w, u, b]: tf.Tensor[]): tf.Tensor =>
    lstmSteps(xs, { weights: w, recurrentWeights: u, biases: b } as never);
  const steps = ['InkwellLstm', 'InkwellLstmGrad'];
  expect(operations(() => tf.grads(train)([weights, recurrentWeights, biases]))).toEqual([
    ...steps,
    'InkwellLstmGradWeights',
  ]);
  // What is not asked for is not computed.
  const look = tf.grad((x: tf.Tensor) => lstmSteps(x, { weights, recurrentWeights, biases }));
  expect(operations(() => [look(xs)])).toEqual([...steps, 'Reshape', 'MatMul', 'Reshape']);
});

test('takes whole numbers', () => {
  tf.tidy(() => {
    const [, weights, recurrentWeights, biases] = inputsOf(lstmCases[2] as LstmCase) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const parameters = { weights, recurrentWeights, biases };
    const xs = tf.tensor3d([1, 2, 3, 4, 5, 6], [1, 3, 2], 'int32');
    const floats = lstmSteps(tf.cast(xs, 'float32'), parameters);
    expect(lstmSteps(xs, parameters).dataSync()).toEqual(floats.dataSync());
  });
});

test('refuses shapes that do not fit each other', () => {
  tf.tidy(() => {
    const run = (features: number, columns: number): tf.Tensor =>
      lstmSteps(tf.zeros([2, 3, 4]), {
        weights: tf.zeros([features, 12]),
        recurrentWeights: tf.zeros([3, columns]),
        biases: tf.zeros([12]),
      });
    expect(() => run(5, 12)).toThrow('InkwellLstm: weights is [5,12], expected [4,12]');
    expect(() => run(4, 8)).toThrow('InkwellLstm: recurrent is [3,8], expected [3,12]');
  });
});
