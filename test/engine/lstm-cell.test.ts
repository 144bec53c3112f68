import { lstmCell } from 'inkwell/engine/lstm-cell';
import { withoutLeaks } from 'inkwell/engine/memory';
import { hasOwnOperations } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { composedCell } from 'inkwell/layers/lstm';
import { expectClose } from '../fixtures/close';
import { useNative } from './compile/native';
import { gradientsOf } from './conformance/finiteDifferences';

beforeAll(useNative);

type Cell = typeof lstmCell;

/** Hidden states and cells, as one tensor. */
const both =
  (cell: Cell) =>
  (x: tf.Tensor, h: tf.Tensor, before: tf.Tensor): tf.Tensor => {
    const state = cell(x, h, before);
    return tf.concat([state.hidden, tf.mul(state.cell, 0.7)]);
  };

test.each([
  [1, 1],
  [3, 5],
  [7, 16],
  [33, 37],
])('a batch of %i, %i units: as composed of operations, gradients too', async (batch, units) => {
  expect(hasOwnOperations()).toBe(true);
  await withoutLeaks(() =>
    tf.tidy(() => {
      const wide = (seed: number): tf.Tensor => tf.randomNormal([batch, 4 * units], 0, 2, 'float32', seed);
      const inputs = [wide(1), wide(2), tf.randomNormal([batch, units], 0, 1, 'float32', 3)];
      const probe = tf.randomNormal([2 * batch, units], 0, 1, 'float32', 4);
      const [fused, composed] = [lstmCell, composedCell].map((cell) =>
        tf.valueAndGrads((...[x, h, before]: tf.Tensor[]) =>
          tf.sum(tf.mul(both(cell)(x as tf.Tensor, h as tf.Tensor, before as tf.Tensor), probe)),
        )(inputs),
      ) as [{ value: tf.Tensor; grads: tf.Tensor[] }, { value: tf.Tensor; grads: tf.Tensor[] }];
      expectClose(fused.value.dataSync(), composed.value.dataSync(), 1e-4);
      fused.grads.forEach((gradient, i) => {
        expectClose(gradient.dataSync(), (composed.grads[i] as tf.Tensor).dataSync(), 1e-5);
      });
    }),
  );
});

test('its gradient agrees with finite differences', () => {
  const inputs = [{ shape: [2, 12] }, { shape: [2, 12] }, { shape: [2, 3] }];
  const { analytic, numeric } = gradientsOf({ name: 'lstmCell', f: both(lstmCell) as never, inputs });
  analytic.forEach((gradient, i) => {
    expectClose(gradient, numeric[i] as Float32Array, 5e-3);
  });
});

test('saturates without overflow, keeps small numbers, and hands NaN on', () => {
  tf.tidy(() => {
    const gates = (values: number[]): tf.Tensor => tf.tensor2d(values, [1, 4]);
    const run = (values: number[], before: number): number[] => {
      const { hidden, cell } = lstmCell(gates(values), tf.zeros([1, 4]), tf.tensor2d([[before]]));
      return [hidden.dataSync()[0] as number, cell.dataSync()[0] as number];
    };
    expectClose(run([1e4, -1e4, 1e4, 1e4], 5), [Math.tanh(1), 1], 1e-6);
    expectClose(run([1e4, -1e4, -1e4, 1e4], 5), [Math.tanh(-1), -1], 1e-6);
    const [hidden, cell] = run([0, 0, 1e-6, 0], 0) as [number, number]; // ½ · tanh(½ · 1e-6)
    expect(cell / 5e-7).toBeCloseTo(1, 5);
    expect(hidden / 2.5e-7).toBeCloseTo(1, 5);
    expect(run([Number.NaN, 0, 0, 0], 1)).toEqual([Number.NaN, Number.NaN]);
  });
});

test('refuses shapes that do not fit each other', () => {
  const cells = tf.zeros([2, 3]);
  const gates = tf.zeros([2, 12]);
  expect(() => lstmCell(gates, tf.zeros([2, 8]), cells)).toThrow('input 1 is [2,8], expected [2,12]');
  expect(() => lstmCell(gates, gates, tf.zeros([3]))).toThrow('expected [');
  tf.dispose([cells, gates]);
});
