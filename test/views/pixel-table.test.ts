import { frame } from 'inkwell/frames/create';
import { imageFrame } from 'inkwell/frames/pixels';
import { contrastRatio, parseHex } from 'inkwell/views/color';
import { pixelTable } from 'inkwell/views/pixel-table';

const image = [
  [0, 51, 255],
  [128, 0, 1],
];
const htmlOf = (view: ReturnType<typeof pixelTable>): string => view.bundle['text/html'] as string;
const cells = (html: string): string[] => html.match(/<td style="[^"]*background[^>]*>[^<]*/g) ?? [];
const long = (hex: string): string => (hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex);

describe('pixelTable', () => {
  test('each cell holds its value on a background of its shade', () => {
    const found = cells(htmlOf(pixelTable(image))).map((cell) => [
      cell.replace(/.*>/, ''),
      /background:(#[0-9a-f]+)/.exec(cell)?.[1],
    ]);
    expect(found).toEqual([
      ['0', '#fff'],
      ['51', '#ccc'],
      ['255', '#000'],
      ['128', '#7f7f7f'],
      ['0', '#fff'],
      ['1', '#fefefe'],
    ]);
  });

  test('every number has contrast 4.5 on its cell, in every colour map', () => {
    const shades = Array.from({ length: 16 }, (_, row) => Array.from({ length: 16 }, (_, i) => row * 16 + i));
    for (const colorMap of ['ink', 'light', 'diverging', 'viridis'] as const) {
      for (const cell of cells(htmlOf(pixelTable(shades, { colorMap })))) {
        const [, background = '', color = ''] = /background:(#\w+);color:(#\w+)/.exec(cell) ?? [];
        expect(contrastRatio(parseHex(long(background)), parseHex(long(color)))).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('it is a table with a label and headers for rows and columns', () => {
    const html = htmlOf(pixelTable(image, { caption: 'A <b>' }));
    expect(html.match(/<th scope="col"[^>]*>\d/g)?.map((th) => th.slice(-1))).toEqual(['0', '1', '2']);
    expect(html.match(/<th scope="row"[^>]*>\d/g)?.map((th) => th.slice(-1))).toEqual(['0', '1']);
    expect(html).toContain('aria-label="Values of 2 × 3 pixels"');
    expect(html).toMatch(/<figcaption[^>]*>A &lt;b&gt;<\/figcaption>/);
    expect(html).toContain('print-color-adjust:exact');
    expect(html).not.toMatch(/<(script|style)/);
  });

  test('a crop keeps the indices of the whole image and its range', () => {
    const view = pixelTable(image, { rows: [1, 2], columns: [1, 3], format: (value) => `v${value}` });
    expect(`\n${view}`).toBe('\n    1  2\n 1 v0 v1');
    expect(() => pixelTable(image, { rows: [0, 9] })).toThrow('rows must be a range within 0 … 2');
  });

  test('28 × 28 stays below 60 KB, even where every cell is shaded', () => {
    const full = Uint8Array.from({ length: 784 }, (_, i) => 100 + (i % 156));
    expect(Buffer.byteLength(htmlOf(pixelTable(full)))).toBeLessThan(60_000);
  });

  test('a frame of numbers is shaded like an image', () => {
    expect(htmlOf(pixelTable(imageFrame(image)))).toBe(htmlOf(pixelTable(image)));
    const part = pixelTable(frame({ a: [1, 2, 3], b: [4, 5, 6] }), { rows: [1, 3], columns: [1, 2] });
    expect(String(part)).toBe('  b\n1 5\n2 6');
    expect(() => pixelTable(frame({ a: ['x'] }))).toThrow('column "a" must hold numbers, got x');
  });

  test('weights diverge about 0', () => {
    const html = htmlOf(pixelTable([[-0.5, 0, 0.25]], { colorMap: 'diverging' }));
    expect(cells(html).map((cell) => /background:(#\w+)/.exec(cell)?.[1])).toEqual([
      '#053061',
      '#f7f7f7',
      '#e58368',
    ]);
  });

  test('what cannot be read is refused', () => {
    expect(() => pixelTable(new Uint8Array(128 * 128))).toThrow('128 × 128 cells are too many to read');
    expect(() => pixelTable([[[1, 2, 3]]])).toThrow('expected a grey image');
    expect(() => pixelTable(image, { range: [1, 1] })).toThrow('min < max, got [1, 1]');
  });
});
