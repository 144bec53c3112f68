import { type EngineName, useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { foldIn, randomKey, statelessNormal, statelessUniform } from 'inkwell/layers/random';
import { onEngine } from '../fixtures/engine';

const COUNT = 20_000;

/** On the best engine here, and on one that draws in JavaScript. */
describe.each<[string, EngineName | undefined]>([
  ['best engine', undefined],
  ['cpu', 'cpu'],
])('%s', (_, engine) => {
  if (engine === undefined) beforeAll(() => useEngine());
  else onEngine(engine);

  const uniform = (seed: number, step: number, label?: string): Float32Array =>
    tf.tidy(() => {
      const key = randomKey(seed, step);
      const own = label === undefined ? key : foldIn(key, label);
      return statelessUniform([COUNT / 4, 4], own).dataSync<'float32'>();
    });

  test('uniform numbers fill [0, 1) evenly', () => {
    const values = uniform(1, 0);
    expect(values.length).toBe(COUNT);
    const tenths = new Array<number>(10).fill(0);
    for (const value of values)
      tenths[Math.floor(10 * value)] = (tenths[Math.floor(10 * value)] ?? Number.NaN) + 1;
    expect(tenths.length).toBe(10); // none is 1 or below 0
    // Each tenth has 2,000 ± 42; five deviations on each side.
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(215);
  });

  test('normal numbers have mean 0, deviation 1 and the tails of a normal', () => {
    const values = tf.tidy(() => statelessNormal([COUNT], randomKey(2, 0)).dataSync<'float32'>());
    const mean = values.reduce((sum, value) => sum + value, 0) / COUNT;
    const square = values.reduce((sum, value) => sum + value ** 2, 0) / COUNT;
    const beyond = values.filter((value) => Math.abs(value) > 1.96).length / COUNT;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(square - 1)).toBeLessThan(0.05);
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.008);
  });

  test('seed, step and label decide', () => {
    expect(uniform(1, 5)).toEqual(uniform(1, 5));
    const streams = [uniform(1, 5), uniform(1, 6), uniform(2, 5), uniform(1, 5, 'a'), uniform(1, 5, 'b')];
    for (const [i, one] of streams.entries()) {
      for (const other of streams.slice(i + 1)) {
        const product = one.reduce((sum, value, j) => sum + (value - 0.5) * ((other[j] as number) - 0.5), 0);
        expect(Math.abs((12 * product) / COUNT)).toBeLessThan(0.04); // no correlation: 0 ± 0.007
      }
    }
  });

  test('nothing leaks', async () => {
    await withoutLeaks(() => uniform(1, 1, 'x'));
  });
});
