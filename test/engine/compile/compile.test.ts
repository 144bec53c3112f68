import { compile } from 'inkwell/engine/compile/compile';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { evaluateInNode } from '../nodeProcess';
import { take, tensorCounts, useNative } from './native';

beforeAll(useNative);

/** Calls twice, so that the graph of the first call is used again, and returns the last result. */
function settled<T>(call: () => T): T {
  call();
  return call();
}

describe('compile', () => {
  test('gives the results of the function, as a graph', () => {
    const f = compile((x: tf.Tensor, y: tf.Tensor) => x.mul(y).add(1).sum());
    const x = tf.tensor1d([1, 2, 3]);
    const y = tf.tensor1d([4, 5, 6]);
    const counts = [0, 1, 2].map(() => {
      expect(take(f(x, y))).toEqual([35]);
      return f.graphs;
    });
    expect(counts).toEqual([1, 1, 1]);
    expect(take(f(y, y))).toEqual([80]);
    f.dispose();
  });

  test('makes a graph for each combination of shapes', () => {
    const f = compile((x: tf.Tensor) => x.square());
    expect(take(settled(() => f(tf.tensor1d([1, 2]))))).toEqual([1, 4]);
    expect(take(settled(() => f(tf.tensor2d([[3]]))))).toEqual([9]);
    expect(take(settled(() => f(tf.tensor1d([5, 6], 'int32'))))).toEqual([25, 36]);
    expect(f.graphs).toBe(3);
    f.dispose();
    expect(f.graphs).toBe(0);
    expect(take(f(tf.tensor1d([1, 2])))).toEqual([1, 4]);
    f.dispose();
  });

  test('takes and returns nested arrays and objects', () => {
    const f = compile(({ x, pair }: { x: tf.Tensor; pair: [tf.Tensor, tf.Tensor] }) => ({
      sum: x.add(pair[0]),
      rest: [pair[1], x],
    }));
    const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)];
    const result = settled(() => f({ x: a, pair: [b, c] }));
    expect(take(result.sum)).toEqual([3]);
    expect(result.rest.map((tensor) => take(tensor as tf.Tensor))).toEqual([[3], [1]]);
    expect(c.isDisposed).toBe(false); // the caller's own; the result was another
    f.dispose();
  });

  test('knows the same tensor given twice from two that are alike', () => {
    const f = compile((x: tf.Tensor, y: tf.Tensor) => x.sub(y.mul(10)));
    const x = tf.scalar(3);
    settled(() => f(x, x));
    expect(take(f(tf.scalar(1), tf.scalar(2)))).toEqual([-19]);
    f.dispose();
  });

  test('keeps tensors from outside in the engine', () => {
    const images = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const f = compile((indices: tf.Tensor1D) => tf.gather(images, indices).sum(1));
    settled(() => f(tf.tensor1d([0, 1], 'int32')));
    expect(f.graphs).toBe(1);
    expect(take(f(tf.tensor1d([2, 0], 'int32')))).toEqual([11, 3]);
    images.dispose(); // the graph has its own hold on it
    expect(take(f(tf.tensor1d([1, 1], 'int32')))).toEqual([7, 7]);
    f.dispose();
  });

  test('compiles gradients', () => {
    const f = compile((x: tf.Tensor) => tf.grad((v) => v.square().mul(v).sum())(x));
    expect(take(settled(() => f(tf.tensor1d([1, 2, 3]))))).toEqual([3, 12, 27]);
    f.dispose();
  });

  test('compiles expandDims, whose type tfjs-node leaves out, and its gradient', () => {
    for (const x of [tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[1, 2, 3]], [1, 3], 'int32')]) {
      const expanded = compile((v: tf.Tensor) => tf.expandDims(v, 1))(x);
      expect(expanded.shape).toEqual([1, 1, 3]);
      expect(take(expanded)).toEqual([1, 2, 3]);
    }
    const gradient = compile((v: tf.Tensor) => tf.grad((u: tf.Tensor) => tf.expandDims(u, 0).square())(v));
    expect(take(gradient(tf.tensor1d([1, 2])))).toEqual([2, 4]);
  });

  test('is a part of the graph of the function that calls it', () => {
    const inner = compile((x: tf.Tensor) => x.mul(2));
    const outer = compile((x: tf.Tensor) => inner(x).add(1));
    settled(() => inner(tf.scalar(1)));
    expect(take(settled(() => outer(tf.scalar(4))))).toEqual([9]);
    expect(outer.graphs).toBe(1);
    inner.dispose();
    expect(take(outer(tf.scalar(5)))).toEqual([11]);
    outer.dispose();
  });

  test('leaves nothing behind', () => {
    const x = tf.tensor1d([1, 2, 3]);
    x.square().dispose(); // tfjs hands it to TensorFlow when it is first used
    const before = tensorCounts();
    for (let round = 0; round < 3; round++) {
      const f = compile((a: tf.Tensor) => a.mul(x).add(tf.tensor1d([1, 1, 1])));
      for (let i = 0; i < 5; i++) f(x).dispose();
      f.dispose();
    }
    expect(tensorCounts()).toEqual(before);
    x.dispose();
  });

  test('passes on the errors of the function, and recovers', () => {
    let fails = true;
    const f = compile((x: tf.Tensor) => {
      if (fails) throw new Error('not today');
      return x.add(1);
    });
    expect(() => f(tf.scalar(1))).toThrow('not today');
    fails = false;
    expect(take(settled(() => f(tf.scalar(1))))).toEqual([2]);
    expect(f.graphs).toBe(1);
    f.dispose();
  });

  test('names the operation that fails in the graph, and goes on', () => {
    const data = tf.tensor1d([1, 2, 3]);
    const f = compile((indices: tf.Tensor1D) => tf.gather(data, indices));
    settled(() => f(tf.tensor1d([0], 'int32')));
    expect(() => f(tf.tensor1d([7], 'int32'))).toThrow(
      expect.objectContaining({
        code: 'COMPILE_RUN',
        message: 'compile: the operation GatherV2 failed: indices[0] = 7 is not in [0, 3).',
      }),
    );
    expect(take(f(tf.tensor1d([2], 'int32')))).toEqual([3]);
    f.dispose();
  });

  test('refuses arguments and results that are no tensors', () => {
    const f = compile((x: tf.Tensor) => x.add(1));
    expect(() => f(3 as never)).toThrow(
      'arguments[0] must be a tensor, or arrays and objects of tensors, got the number 3 (pass tf.scalar(3))',
    );
    const g = compile((x: tf.Tensor) => x.shape as never);
    expect(() => g(tf.tensor1d([1]))).toThrow('the result[0] must be a tensor');
    const h = compile((async (x: tf.Tensor) => x) as never);
    expect(() => h()).toThrow('a promise (a compiled function must not be async)');
  });

  test.each(['wasm', 'cpu'])('runs as it is on %s', async (engine) => {
    const script = `
      const { useEngine } = require('inkwell/engine/engine');
      const tf = require('inkwell/engine/tf');
      const { compile } = require('inkwell/engine/compile/compile');
      await useEngine();
      const w = tf.variable(tf.scalar(1));
      const f = compile((x) => { w.assign(w.add(x)); return w.mul(2); });
      const x = tf.scalar(1);
      const before = tf.memory().numTensors;
      const results = [1, 2, 3, 4].map(() => { const y = f(x); const [v] = y.dataSync(); y.dispose(); return v; });
      return { results, graphs: f.graphs, leaked: tf.memory().numTensors - before };`;
    expect(await evaluateInNode(script, { INKWELL_ENGINE: engine })).toEqual({
      results: [4, 6, 8, 10],
      graphs: 0,
      leaked: 0,
    });
  });

  test('the engine is still the one that was chosen', async () => {
    expect((await useEngine()).backend).toBe('tensorflow');
  });
});
