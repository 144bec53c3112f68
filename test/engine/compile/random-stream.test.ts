import { compile } from 'inkwell/engine/compile/compile';
import { randomStream } from 'inkwell/engine/compile/random-stream';
import * as tf from 'inkwell/engine/tf';
import { evaluateInNode } from '../nodeProcess';
import { take, tensorCounts, useNative } from './native';

beforeAll(useNative);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('randomStream', () => {
  test('draws the same numbers compiled and eagerly, and new ones each time', () => {
    const streams = [randomStream(5), randomStream(5)] as const;
    const f = compile(() => [streams[0].uniform([4]), streams[0].normal([3])] as const);
    const compiled = [0, 1, 2, 3, 4].map(() => f().flatMap(take));
    const eager = compiled.map(() => [...take(streams[1].uniform([4])), ...take(streams[1].normal([3]))]);
    expect(f.graphs).toBe(1);
    expect(compiled).toEqual(eager);
    expect(new Set(compiled.map(String)).size).toBe(5);
  });

  test('differs from seed to seed', () => {
    expect(take(randomStream(1).uniform([4]))).not.toEqual(take(randomStream(2).uniform([4])));
  });

  test('is uniform and normal', () => {
    const stream = randomStream(3);
    const uniform = take(stream.uniform([20_000], -1, 3));
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...uniform)).toBeLessThan(3);
    expect(Math.abs(mean(uniform) - 1)).toBeLessThan(0.05);
    const normal = take(stream.normal([20_000], 2, 0.5));
    const centre = mean(normal);
    expect(Math.abs(centre - 2)).toBeLessThan(0.02);
    expect(Math.abs(Math.sqrt(mean(normal.map((v) => (v - centre) ** 2))) - 0.5)).toBeLessThan(0.02);
  });

  test('goes on from a saved state', () => {
    const stream = randomStream(8);
    stream.uniform([2]);
    const saved = stream.state.dataSync().slice();
    const next = take(stream.uniform([3]));
    const other = randomStream(0);
    other.state.assign(tf.tensor1d(saved, 'int32'));
    expect(take(other.uniform([3]))).toEqual(next);
  });

  test('drops out, with a keep probability that may change', () => {
    const stream = randomStream(2);
    const f = compile((x: tf.Tensor, keep: tf.Scalar) => stream.dropout(x, keep));
    const x = tf.ones([10_000]);
    for (const keep of [0.5, 0.5, 0.5, 0.9, 1]) {
      const values = take(f(x, tf.scalar(keep)));
      const kept = values.filter((value) => value !== 0);
      expect(Math.abs(kept.length / 10_000 - keep)).toBeLessThan(0.02);
      expect(kept.every((value) => Math.abs(value - 1 / keep) < 1e-6)).toBe(true);
    }
    expect(f.graphs).toBe(1);
    f.dispose();
  });

  test('has the gradient of what it kept', () => {
    const stream = randomStream(4);
    const x = tf.ones([50]);
    const { value, grad } = tf.valueAndGrad((v: tf.Tensor) => stream.dropout(v, 0.25).sum())(x);
    const kept = take(grad);
    expect(new Set(kept)).toEqual(new Set([0, 4]));
    expect(take(value)[0]).toBeCloseTo(kept.reduce((a, b) => a + b, 0));
  });

  test('leaves nothing behind', () => {
    const before = tensorCounts();
    const stream = randomStream(1);
    for (let i = 0; i < 5; i++) tf.tidy(() => stream.dropout(tf.ones([3]), 0.5).dispose());
    stream.dispose();
    expect(tensorCounts()).toEqual(before);
  });

  test('refuses bad seeds and probabilities', () => {
    expect(() => randomStream(0.5)).toThrow('randomStream: seed must be a whole number of 32 bits, got 0.5');
    expect(() => randomStream(2 ** 31)).toThrow(RangeError);
    expect(() => randomStream(1).dropout(tf.ones([1]), 0)).toThrow(
      'RandomStream.dropout: keep must be above 0 and at most 1, got 0',
    );
  });

  test.each(['wasm', 'cpu'])('is reproducible on %s', async (engine) => {
    const script = `
      const { useEngine } = require('inkwell/engine/engine');
      const { randomStream } = require('inkwell/engine/compile/random-stream');
      await useEngine();
      const draw = () => { const s = randomStream(6); return [...s.uniform([3]).dataSync(), ...s.normal([3]).dataSync()]; };
      return [draw(), draw()];`;
    const [one, two] = await evaluateInNode<number[][]>(script, { INKWELL_ENGINE: engine });
    expect(one).toEqual(two);
    expect(new Set(one).size).toBe(6);
  });
});
