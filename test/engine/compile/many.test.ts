import { compile } from 'inkwell/engine/compile/compile';
import { callsTogether } from 'inkwell/engine/compile/graph-stage';
import { randomStream } from 'inkwell/engine/compile/random-stream';
import { runSteps } from 'inkwell/engine/compile/run-steps';
import * as tf from 'inkwell/engine/tf';
import { take, tensorCounts, useNative } from './native';
import { convNet, lstm, mlp, type Net } from './nets';

beforeAll(useNative);

/** Two variables that depend on each other, noise, and a result that shows all. */
function process(): { step: (x: tf.Tensor, rate: tf.Scalar) => tf.Tensor; dispose(): void } {
  const a = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
  const b = tf.tidy(() => tf.variable(tf.tensor1d([0.5, -1])));
  const stream = randomStream(4);
  return {
    step: (x, rate) => {
      const old = a.clone();
      a.assign(b.add(x));
      b.assign(b.sub(old.mul(rate)).add(stream.uniform([2])));
      return tf.concat([old, a, b]);
    },
    dispose: () => {
      tf.dispose([a, b]);
      stream.dispose();
    },
  };
}

const argumentsOf = (i: number): [tf.Tensor, tf.Scalar] => [tf.tensor1d([i, 1]), tf.scalar(0.1 / (1 + i))];

describe('many', () => {
  test.each([2, 3, 8, 21, 40])('gives what %s calls one after another give', (count) => {
    const [one, all] = [process(), process()];
    const single = compile(one.step);
    const several = compile(all.step);
    const calls = Array.from({ length: count }, (_, i) => argumentsOf(i));
    const expected = calls.map((args) => take(single(...args)));
    const batches = [calls.slice(0, 2), calls.slice(2)];
    expect(batches.flatMap((batch) => several.many(batch)).map(take)).toEqual(expected);
    for (const { dispose } of [single, several, one, all]) dispose();
  });

  test('takes calls of different shapes, and none', () => {
    const f = compile((x: tf.Tensor) => x.sum());
    expect(f.many([])).toEqual([]);
    const calls = Array.from({ length: 20 }, (_, i) => [tf.ones([1 + (i % 2)])] as const);
    expect(f.many(calls).map((sum) => take(sum)[0])).toEqual(calls.map((_, i) => 1 + (i % 2)));
    f.dispose();
  });

  test.each([0, 1])('a call that fails leaves no results of those before it, after %s calls', (before) => {
    const rows = tf.tensor1d([1, 2, 3, 4]);
    const step = compile((index: tf.Tensor) => tf.gather(rows, index as tf.Tensor1D));
    const [good, bad] = [tf.tensor1d([0, 3], 'int32'), tf.tensor1d([0, 4], 'int32')];
    for (let i = 0; i < before; i++) tf.dispose(step.many(Array.from({ length: 17 }, () => [good])));
    for (const at of [3, 10, 16]) {
      const { known } = tensorCounts();
      const calls = Array.from({ length: 17 }, (_, i): [tf.Tensor] => [i === at ? bad : good]);
      expect(() => step.many(calls)).toThrow('indices[1] = 4 is not in [0, 4)');
      expect(tensorCounts().known).toBe(known);
    }
    step.dispose();
    tf.dispose([rows, good, bad]);
  });

  test('leaves nothing behind', () => {
    const round = (): ReturnType<typeof tensorCounts> => {
      const { step, dispose } = process();
      const f = compile(step);
      for (let i = 0; i < 3; i++) {
        tf.tidy(() => {
          f.many(Array.from({ length: 2 * callsTogether + 3 }, (_, j) => argumentsOf(j)));
        });
      }
      f.dispose();
      dispose();
      return tensorCounts();
    };
    const before = round();
    expect(round()).toEqual(before);
  });
});

describe('runSteps of a compiled step has the losses of eager steps', () => {
  const data = (shape: readonly number[]): [tf.Tensor, tf.Tensor] => [
    tf.randomNormal([40, ...shape], 0, 1, 'float32', 5),
    tf
      .oneHot(
        tf.tensor1d(
          Array.from({ length: 40 }, (_, i) => i % 4),
          'int32',
        ),
        4,
      )
      .toFloat(),
  ];
  const stepOf = ({ variables, logits }: Net, xs: tf.Tensor, ys: tf.Tensor) => {
    const optimizer = tf.train.adam(0.01);
    return (indices: tf.Tensor1D): tf.Scalar =>
      optimizer.minimize(
        () =>
          tf.losses.softmaxCrossEntropy(tf.gather(ys, indices), logits(tf.gather(xs, indices))) as tf.Scalar,
        true,
        [...variables],
      ) as tf.Scalar;
  };
  const indices = (i: number): [tf.Tensor1D] => [
    tf.tensor1d(
      Array.from({ length: 6 }, (_, j) => (i * 6 + j) % 40),
      'int32',
    ),
  ];

  test.each([
    ['dense', mlp],
    ['convolutions with dropout', () => convNet('max', randomStream(9))],
    ['LSTM', lstm],
  ])('%s, over 300 steps', async (_, makeNet) => {
    const nets = [makeNet(), makeNet()] as const;
    const [xs, ys] = data(nets[0].inputShape);
    const eagerStep = stepOf(nets[0], xs, ys);
    const step = compile(stepOf(nets[1], xs, ys));
    const eager = await runSteps((i: tf.Tensor1D) => tf.tidy(() => eagerStep(i)), 300, indices);
    const compiled = await runSteps(step, 300, indices);
    expect(Math.max(...eager.map((loss, i) => Math.abs(loss - (compiled[i] as number))))).toBeLessThan(2e-3);
    expect(eager.at(-1)).toBeLessThan(eager[0] as number);
    step.dispose();
  });
});
