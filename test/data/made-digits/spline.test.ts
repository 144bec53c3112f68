import { STYLES } from 'inkwell/data/made-digits/skeletons';
import { parseStroke, smoothLine } from 'inkwell/data/made-digits/spline';

describe('strokes', () => {
  test('are read as they are written', () => {
    expect(parseStroke('0,10 50,100! 7,0')).toEqual({
      xs: [0, 0.5, 0.07],
      ys: [0.1, 1, 0],
      corners: [false, true, false],
    });
    for (const text of ['', '1,2', '1,2 3', '1,2 3,4?', '1,2  3,4']) {
      expect(() => parseStroke(text)).toThrow(RangeError);
    }
  });

  test('of every style can be read and stay in the box', () => {
    expect(STYLES.length).toBe(10);
    for (const { name, weight, strokes } of STYLES.flat()) {
      expect(weight).toBeGreaterThan(0);
      expect(name).not.toBe('');
      for (const stroke of strokes) {
        const { xs, ys } = parseStroke(stroke);
        for (const value of [...xs, ...ys]) expect(value).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('smoothLine', () => {
  test('goes through every point', () => {
    const stroke = parseStroke('0,0 50,80 90,20 100,100');
    const { xs, ys } = smoothLine(stroke, 5);
    expect(xs.length).toBe(16);
    for (let i = 0; i < 4; i++) {
      expect(xs[5 * i]).toBeCloseTo(stroke.xs[i] as number, 12);
      expect(ys[5 * i]).toBeCloseTo(stroke.ys[i] as number, 12);
    }
  });

  test('through evenly spaced points of a parabola is the parabola', () => {
    // Catmull–Rom reproduces quadratics where both neighbours are there.
    const xs = [0, 1, 2, 3];
    const line = smoothLine({ xs, ys: xs.map((x) => x * x), corners: xs.map(() => false) }, 10);
    for (let i = 10; i <= 20; i++) expect(line.ys[i]).toBeCloseTo((line.xs[i] as number) ** 2, 12);
  });

  test('turns sharply at a corner', () => {
    const { xs, ys } = smoothLine(parseStroke('0,0 100,0! 100,100'), 4);
    for (let i = 0; i <= 4; i++) expect(ys[i]).toBeCloseTo(0, 12);
    for (let i = 4; i <= 8; i++) expect(xs[i]).toBeCloseTo(1, 12);
  });
});
