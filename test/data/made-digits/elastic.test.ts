import { createRandom } from 'inkwell/core/random';
import { distort } from 'inkwell/data/made-digits/elastic';
import type { Line } from 'inkwell/data/made-digits/spline';

/** Where a point comes to lie under the field of this seed. */
function moved(x: number, y: number, seed: number): [number, number] {
  const line: Line = { xs: [x], ys: [y] };
  distort([line], 0.1, createRandom(seed));
  return [line.xs[0] as number, line.ys[0] as number];
}

describe('distort', () => {
  test('moves points by about half of the deviation, without bias', () => {
    const shifts = Array.from({ length: 4000 }, (_, seed) => moved(0.5, 0.5, seed)[0] - 0.5);
    const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
    const deviation = Math.sqrt(shifts.reduce((sum, shift) => sum + shift * shift, 0) / shifts.length);
    expect(Math.abs(mean)).toBeLessThan(0.004);
    // At a knot the weights are 1/6, 4/6, 1/6 each way: their squares sum to 1/2, so 0.1 · 1/2.
    expect(Math.abs(deviation - 0.05)).toBeLessThan(0.003);
  });

  test('moves neighbours alike: the field is smooth', () => {
    for (let seed = 0; seed < 200; seed++) {
      const [x, y] = moved(0.4999, 0.25, seed);
      const [x2, y2] = moved(0.5001, 0.25, seed);
      expect(Math.abs(x2 - x - 0.0002)).toBeLessThan(0.001);
      expect(Math.abs(y2 - y)).toBeLessThan(0.001);
    }
  });

  test('leaves all in place where the deviation is 0', () => {
    const line: Line = { xs: [0, 0.3, 1.2], ys: [-0.1, 0.5, 1] };
    distort([line], 0, createRandom(1));
    expect(line).toEqual({ xs: [0, 0.3, 1.2], ys: [-0.1, 0.5, 1] });
  });
});
