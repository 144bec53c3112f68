import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { take, tensorCounts, useNative } from './native';

beforeAll(useNative);

/** A counter that a compiled function advances, past its first two calls. */
function counter(): { count: tf.Variable; next: () => number; dispose(): void } {
  const count = tf.tidy(() => tf.variable(tf.scalar(0)));
  const step = compile(() => {
    count.assign(count.add(1));
    return count.mul(10);
  });
  const next = (): number => take(step())[0] as number;
  return {
    count,
    next,
    dispose() {
      step.dispose();
      count.dispose();
    },
  };
}

describe('variables of compiled functions', () => {
  test('change with every call, and can be read at any time', () => {
    const { count, next, dispose } = counter();
    for (let i = 1; i <= 6; i++) {
      expect(next()).toBe(10 * i);
      expect(count.dataSync()[0]).toBe(i);
    }
    next();
    next();
    expect(take(count.add(0.5))).toEqual([8.5]); // an eager operation sees the value too
    dispose();
  });

  test('can be assigned to outside', () => {
    const { count, next, dispose } = counter();
    for (let i = 0; i < 4; i++) next();
    count.assign(tf.scalar(100));
    expect(next()).toBe(1010);
    expect(count.dataSync()[0]).toBe(101);
    dispose();
  });

  test('leave clones as they were', () => {
    const { count, next, dispose } = counter();
    for (let i = 0; i < 3; i++) next();
    const early = count.clone();
    next();
    const late = count.clone();
    expect(next()).toBe(50);
    expect([early, late].map(take)).toEqual([[3], [4]]);
    expect(count.dataSync()[0]).toBe(5);
    dispose();
  });

  test('are told from the tensor that they were made of', () => {
    const start = tf.tensor1d([1, 2]);
    const w = tf.variable(start);
    const step = compile(() => {
      w.assign(w.mul(2));
      return w.sub(start);
    });
    const results = [1, 2, 3, 4].map(() => take(step()));
    expect(results.at(-1)).toEqual([15, 30]);
    expect(Array.from(start.dataSync())).toEqual([1, 2]);
    step.dispose();
  });

  test('are shared by several compiled functions and shapes', () => {
    const w = tf.tidy(() => tf.variable(tf.scalar(1)));
    const train = compile((x: tf.Tensor) => {
      w.assign(w.add(x.sum()));
      return w.mul(1);
    });
    const predict = compile((x: tf.Tensor) => x.mul(w));
    for (let i = 0; i < 4; i++) {
      train(tf.tensor1d([1, 1])).dispose();
      train(tf.tensor1d([1])).dispose();
      expect(take(predict(tf.scalar(2)))).toEqual([2 * (1 + 3 * (i + 1))]);
    }
    expect([train.graphs, predict.graphs]).toEqual([2, 1]);
    train.dispose();
    predict.dispose();
    expect(w.dataSync()[0]).toBe(13);
    w.dispose();
  });

  test('swap their values', () => {
    const a = tf.variable(tf.scalar(1));
    const b = tf.variable(tf.scalar(2));
    const swap = compile(() => {
      const old = a.clone();
      a.assign(b);
      b.assign(old);
    });
    for (let i = 0; i < 5; i++) swap();
    expect([a.dataSync()[0], b.dataSync()[0]]).toEqual([2, 1]);
    swap.dispose();
    tf.dispose([a, b]);
  });

  test('may be made by the first call, as an optimizer does', () => {
    const w = tf.variable(tf.tensor1d([5, -3]));
    const expected = tf.variable(tf.tensor1d([5, -3]));
    const loss = (v: tf.Variable) => (): tf.Scalar => v.square().sum();
    const optimizers = [tf.train.adam(0.1), tf.train.adam(0.1)] as const;
    const step = compile(() => optimizers[0].minimize(loss(w), true, [w]) as tf.Scalar);
    for (let i = 0; i < 50; i++) {
      const [l] = take(step());
      const reference = optimizers[1].minimize(loss(expected), true, [expected]) as tf.Scalar;
      expect(l).toBeCloseTo(take(reference)[0] as number, 5);
    }
    expect(step.graphs).toBe(1);
    step.dispose();
  });

  test('may be arguments too', () => {
    const w = tf.variable(tf.scalar(1));
    const step = compile((old: tf.Tensor) => {
      w.assign(w.add(1));
      return old.mul(10);
    });
    for (let i = 1; i <= 5; i++) {
      expect(take(step(w))).toEqual([10 * i]);
      expect(w.dataSync()[0]).toBe(i + 1);
    }
    step.dispose();
  });

  test('leave results, and the array that they were made of, as they were', () => {
    const start = new Float32Array([1, 2, 3, 4]);
    const w = tf.tidy(() => tf.variable(tf.tensor1d(start)));
    const rate = tf.scalar(0.5);
    const step = compile((gradient: tf.Tensor) => {
      const before = w.clone();
      w.assign(w.sub(gradient.mul(rate)));
      return [before, w];
    });
    const results = Array.from({ length: 6 }, () => step(tf.ones([4])));
    results.forEach(([before, after], i) => {
      expect(take(before as tf.Tensor)[0]).toBe(1 - 0.5 * i);
      expect(take(after as tf.Tensor)[3]).toBe(4 - 0.5 * (i + 1));
    });
    const inPlace = compile((gradient: tf.Tensor) => {
      w.assign(w.sub(gradient.mul(rate)));
    });
    w.assign(tf.tensor1d(start));
    for (let i = 0; i < 5; i++) inPlace(tf.ones([4]));
    expect(Array.from(w.dataSync())).toEqual([-1.5, -0.5, 0.5, 1.5]);
    w.assign(tf.tensor1d(start)); // now the graph starts from the array itself
    const held = w.clone();
    inPlace(tf.ones([4]));
    inPlace(tf.ones([4]));
    expect(take(held)).toEqual([1, 2, 3, 4]);
    expect(Array.from(start)).toEqual([1, 2, 3, 4]);
    expect(Array.from(w.dataSync())).toEqual([0, 1, 2, 3]);
    step.dispose();
    inPlace.dispose();
  });

  test('free what they hold', () => {
    const round = (): ReturnType<typeof tensorCounts> => {
      const { next, dispose } = counter();
      for (let i = 0; i < 10; i++) next();
      dispose();
      return tensorCounts();
    };
    const before = round(); // the first one hands the other tests' variables to TensorFlow
    expect(round()).toEqual(before);
  });

  test('that are gone are an error that names them', () => {
    const w = tf.variable(tf.scalar(1), true, 'weights of a test');
    const f = compile((x: tf.Tensor) => x.mul(w));
    for (let i = 0; i < 3; i++) f(tf.scalar(1)).dispose();
    w.dispose();
    expect(() => f(tf.scalar(1))).toThrow('the variable "weights of a test" of the function was disposed');
    f.dispose();
  });
});
