/** Random tensors: the same seed gives the same numbers, and they have the moments that were asked for. */
import * as tf from 'inkwell/engine/tf';

const size = 20_000;

function momentsOf(make: () => tf.Tensor): { mean: number; deviation: number; low: number; high: number } {
  return tf.tidy(() => {
    const x = make();
    const { mean, variance } = tf.moments(x);
    const [m, v, low, high] = tf.stack([mean, variance, x.min(), x.max()]).dataSync() as unknown as [
      number,
      number,
      number,
      number,
    ];
    return { mean: m, deviation: Math.sqrt(v), low, high };
  });
}

export function randomnessTests(): void {
  describe('random tensors', () => {
    test('randomNormal', () => {
      const { mean, deviation } = momentsOf(() => tf.randomNormal([size], 3, 2, 'float32', 5));
      expect(Math.abs(mean - 3)).toBeLessThan(0.06);
      expect(Math.abs(deviation - 2)).toBeLessThan(0.05);
    });

    test('truncatedNormal stays within two deviations', () => {
      const { mean, low, high } = momentsOf(() => tf.truncatedNormal([size], 0, 0.5, 'float32', 5));
      expect(Math.abs(mean)).toBeLessThan(0.02);
      expect(low).toBeGreaterThanOrEqual(-1);
      expect(high).toBeLessThanOrEqual(1);
    });

    test('randomUniform stays within its bounds', () => {
      const { mean, low, high } = momentsOf(() => tf.randomUniform([size], -1, 3, 'float32', 5));
      expect(Math.abs(mean - 1)).toBeLessThan(0.05);
      expect(low).toBeGreaterThanOrEqual(-1);
      expect(high).toBeLessThan(3);
    });

    test('the same seed gives the same numbers, another seed others', () => {
      tf.tidy(() => {
        const draw = (seed: number): number[] => [...tf.randomNormal([5], 0, 1, 'float32', seed).dataSync()];
        expect(draw(1)).toEqual(draw(1));
        expect(draw(1)).not.toEqual(draw(2));
      });
    });

    test('dropout zeroes its share and scales up the rest', () => {
      tf.tidy(() => {
        const kept = [...tf.dropout(tf.ones([size]), 0.25, undefined, 7).dataSync()];
        const zeros = kept.filter((value) => value === 0).length;
        expect(Math.abs(zeros / size - 0.25)).toBeLessThan(0.02);
        expect(kept.every((value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6)).toBe(true);
      });
    });

    test('multinomial follows the odds', () => {
      tf.tidy(() => {
        const drawn = [
          ...tf.multinomial(tf.log(tf.tensor1d([0.7, 0.2, 0.1])) as tf.Tensor1D, size, 3).dataSync(),
        ];
        const share = [0, 1, 2].map((k) => drawn.filter((value) => value === k).length / size);
        for (const [k, odds] of [0.7, 0.2, 0.1].entries())
          expect(Math.abs((share[k] ?? 0) - odds)).toBeLessThan(0.02);
      });
    });
  });
}
