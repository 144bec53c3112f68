import { imageSheet } from 'inkwell/views/image-sheet';
import { PNG } from 'pngjs';

const htmlOf = (view: ReturnType<typeof imageSheet>): string => view.bundle['text/html'] as string;
const sheetOf = (html: string): PNG =>
  PNG.sync.read(Buffer.from(/base64,([^"]+)/.exec(html)?.[1] ?? '', 'base64'));

describe('imageSheet', () => {
  test('tiles images with a line of grey between them', () => {
    const html = htmlOf(imageSheet([[[0, 1]], [[1, 0]], [[1, 1]]], { alt: 'Three', columns: 2 }));
    const png = sheetOf(html);
    expect([png.width, png.height]).toEqual([5, 3]);
    const shade = (row: number, column: number): number | undefined => png.data[(row * 5 + column) * 4];
    const rows = [0, 1, 2].map((row) => [0, 1, 2, 3, 4].map((column) => shade(row, column)));
    expect(rows).toEqual([
      [255, 0, 128, 0, 255],
      [128, 128, 128, 128, 128],
      [0, 0, 128, 128, 128],
    ]);
    expect(html).toContain('alt="Three"');
    expect(html).toContain('width="40"');
  });

  test('images of several sizes, none at all and a missing alt are refused', () => {
    expect(() => imageSheet([[[0]], [[0, 1]]], { alt: 'x' })).toThrow(
      'images must have one size, got 1 × 1 × 1 and 1 × 2 × 1',
    );
    expect(() => imageSheet([], { alt: 'x' })).toThrow('there are no images');
    expect(() => imageSheet([[[0]]], { alt: '' })).toThrow('imageSheet: alt must be words that say');
    expect(() => imageSheet([[[0]]], { alt: 'x', columns: 0 })).toThrow(
      'columns must be a whole number from 1',
    );
  });
});
