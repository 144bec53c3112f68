import { createRandom } from 'inkwell/core/random';
import { drawDigit } from 'inkwell/data/made-digits/draw';
import { rasterize } from 'inkwell/data/made-digits/raster';

const SIDE = 28;

interface Measure {
  readonly height: number;
  readonly width: number;
  readonly centreX: number;
  readonly centreY: number;
}

/** The extent of the ink, in whole pixels, and its centre of mass. */
function measure(image: Uint8Array): Measure {
  const rows: number[] = [];
  const columns: number[] = [];
  let [mass, x, y] = [0, 0, 0];
  for (const [index, value] of image.entries()) {
    if (value === 0) continue;
    rows.push(Math.floor(index / SIDE));
    columns.push(index % SIDE);
    mass += value;
    x += value * ((index % SIDE) + 0.5);
    y += value * (Math.floor(index / SIDE) + 0.5);
  }
  const extent = (values: number[]): number => Math.max(...values) - Math.min(...values) + 1;
  return { height: extent(rows), width: extent(columns), centreX: x / mass, centreY: y / mass };
}

describe('rasterize', () => {
  test('a level line fills the width of the box, as thick as the pen', () => {
    const image = new Uint8Array(SIDE * SIDE);
    rasterize([{ xs: [0, 0.8], ys: [0.5, 0.5], radii: [0.1, 0.1] }], image);
    // 0.8 + 2 · 0.1 = 1 box = 20 pixels; the pen is 0.2 = 4 pixels high, rows 12 to 15. The edge
    // fades over 1.25 pixels: half a pixel inside is 0.5 / 1.25 + 0.5 = 0.9 of the ink, outside 0.1.
    const { height, width, centreX, centreY } = measure(image);
    expect([height, width]).toEqual([6, 20]);
    expect([centreX, centreY]).toEqual([14, 14]);
    expect(image[13 * SIDE + 14]).toBe(255);
    expect(Math.abs((image[12 * SIDE + 14] ?? 0) - 0.9 * 255)).toBeLessThan(1);
    expect(Math.abs((image[11 * SIDE + 14] ?? 0) - 0.1 * 255)).toBeLessThan(1);
    expect(image[10 * SIDE + 14]).toBe(0);
  });

  test('every digit keeps MNIST’s conventions', () => {
    const random = createRandom(11);
    for (let i = 0; i < 2000; i++) {
      const image = drawDigit(i % 10, random);
      const { height, width, centreX, centreY } = measure(image);
      // The longer side fills the box of 20, the edge's fade apart.
      expect(Math.max(height, width)).toBeLessThanOrEqual(20);
      expect(Math.max(height, width)).toBeGreaterThanOrEqual(18);
      // The centre of mass is in the middle, to the pixel; a lopsided digit may not be cut for it.
      expect(Math.abs(centreX - 14)).toBeLessThan(1.5);
      expect(Math.abs(centreY - 14)).toBeLessThan(1.5);
      expect(Math.max(...image)).toBeGreaterThan(150);
    }
  });
});
