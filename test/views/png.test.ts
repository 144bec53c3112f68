import { encodePng, pngDataUri } from 'inkwell/views/png';
import { PNG } from 'pngjs';

type Size = { height: number; width: number; channels: 1 | 3 | 4; values: ArrayLike<number> };

/** Red, green, blue of every pixel. */
function decode(image: Size, options: Parameters<typeof encodePng>[1]): number[][] {
  const png = PNG.sync.read(encodePng(image, options));
  expect([png.width, png.height]).toEqual([image.width, image.height]);
  return Array.from({ length: png.width * png.height }, (_, i) => [...png.data.subarray(i * 4, i * 4 + 3)]);
}

const grey: Size = { height: 1, width: 3, channels: 1, values: Uint8Array.of(0, 51, 255) };

describe('encodePng', () => {
  test('ink is dark where the value is high, light the other way round', () => {
    const shades = (colorMap: 'ink' | 'light'): unknown =>
      decode(grey, { colorMap, range: [0, 255] }).map(([r]) => r);
    expect(shades('ink')).toEqual([255, 204, 0]);
    expect(shades('light')).toEqual([0, 51, 255]);
  });

  test('colour maps and colour images keep their colours', () => {
    expect(decode({ ...grey, values: [-1, 0, 1] }, { colorMap: 'diverging', range: [-1, 1] })).toEqual([
      [0x05, 0x30, 0x61],
      [0xf7, 0xf7, 0xf7],
      [0x67, 0x00, 0x1f],
    ]);
    const rgb: Size = { height: 1, width: 2, channels: 3, values: [1, 0, 0, 0, 0.2, 1] };
    expect(decode(rgb, { range: [0, 1] })).toEqual([
      [255, 0, 0],
      [0, 51, 255],
    ]);
    const rgba: Size = { height: 1, width: 1, channels: 4, values: [10, 20, 30, 128] };
    expect([...PNG.sync.read(encodePng(rgba, { range: [0, 255] })).data]).toEqual([10, 20, 30, 128]);
  });

  test('slopes of colour are filtered, flat areas are not: both stay few bytes and what they are', () => {
    const slope = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => ((i % 192) + Math.floor(i / 192)) % 256);
    const sloping: Size = { height: 64, width: 64, channels: 3, values: slope };
    expect(encodePng(sloping, { range: [0, 255] }).length).toBeLessThan(1000);
    expect(decode(sloping, { range: [0, 255] }).flat()).toEqual([...slope]);
    const flat: Size = { ...sloping, values: new Uint8Array(slope.length).fill(7) };
    expect(encodePng(flat, { range: [0, 255] }).length).toBeLessThan(150);
  });

  test('values outside the range are clipped', () => {
    expect(decode({ ...grey, values: [-9, Number.NaN, 9] }, { range: [0, 1] }).map(([r]) => r)).toEqual([
      255, 255, 0,
    ]);
  });

  test('a blank 28 × 28 image takes few bytes, the same every time', () => {
    const blank: Size = { height: 28, width: 28, channels: 1, values: new Uint8Array(784) };
    const uri = pngDataUri(blank, { range: [0, 255] });
    expect(uri).toMatch(/^data:image\/png;base64,/);
    expect(uri.length).toBeLessThan(150);
    expect(pngDataUri(blank, { range: [0, 255] })).toBe(uri);
  });
});
