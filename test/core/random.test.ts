import { createRandom } from 'inkwell/core/random';

describe('createRandom', () => {
  test('the same seed gives the same stream, another seed another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, createRandom(seed).uniform);
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
  });

  test('uniform has mean 1/2 and variance 1/12', () => {
    const { uniform } = createRandom(1);
    const values = Array.from({ length: 100_000 }, uniform);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.005);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 1000))).toBeLessThan(1);
  });

  test('the first numbers of neighbouring seeds are as uniform as any', () => {
    for (let skipped = 0; skipped < 4; skipped++) {
      const bins = new Uint32Array(16);
      for (let seed = 0; seed < 16_000; seed++) {
        const { uniform } = createRandom(seed);
        for (let i = 0; i < skipped; i++) uniform();
        const bin = Math.floor(uniform() * 16);
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      const chiSquared = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      // 15 degrees of freedom: 0.1 % lie beyond 37.7.
      expect(chiSquared).toBeLessThan(37.7);
    }
  });

  test('normal has the mean and deviation that were asked for', () => {
    const random = createRandom(2);
    const values = Array.from({ length: 100_000 }, () => random.normal(3, 2));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean - 3)).toBeLessThan(0.03);
    expect(Math.abs(deviation - 2)).toBeLessThan(0.03);
  });

  test('shuffle keeps the items and works on typed arrays', () => {
    const items = Int32Array.from({ length: 100 }, (_, i) => i);
    const shuffled = createRandom(3).shuffle(items.slice());
    expect(shuffled).not.toEqual(items);
    expect(shuffled.slice().sort()).toEqual(items);
  });

  test('forks depend on the seed and the label only', () => {
    const random = createRandom(4);
    const before = random.fork('split').uniform();
    random.uniform();
    expect(random.fork('split').uniform()).toBe(before);
    expect(random.fork('other').uniform()).not.toBe(before);
  });

  test('bad arguments name what was expected and what came', () => {
    expect(() => createRandom(0.5)).toThrow('seed must be a whole number, got 0.5');
    expect(() => createRandom(1).integer(0)).toThrow('below must be a whole number in 1 … 2^32, got 0');
    expect(() => createRandom(1).pick([])).toThrow('the list is empty');
  });
});
