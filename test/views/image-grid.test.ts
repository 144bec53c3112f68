import { tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { contrastRatio, parseHex } from 'inkwell/views/color';
import { imageGrid } from 'inkwell/views/image-grid';
import { PNG } from 'pngjs';

const digit = (value: number): Uint8Array => new Uint8Array(784).fill(value);
const htmlOf = (view: ReturnType<typeof imageGrid>): string => view.bundle['text/html'] as string;
const pictures = (html: string): PNG[] =>
  [...html.matchAll(/data:image\/png;base64,([^"]+)/g)].map(([, data]) =>
    PNG.sync.read(Buffer.from(data ?? '', 'base64')),
  );

describe('imageGrid', () => {
  test('one crisp picture an image, each with its alternative text and title', () => {
    const html = htmlOf(
      imageGrid([digit(0), digit(255)], { alt: 'Two blanks', titles: [7, 'pred 9 / true 4'] }),
    );
    expect(pictures(html).map((png) => [png.width, png.height, png.data[0]])).toEqual([
      [28, 28, 255],
      [28, 28, 0],
    ]);
    expect(html).toContain('aria-label="Two blanks"');
    expect(html).toContain('alt="1 of 2, 7"');
    expect(html).toContain('alt="2 of 2, pred 9 / true 4"');
    expect(html.match(/image-rendering:pixelated/g)).toHaveLength(2);
    expect(html).toContain('width="84"');
    expect(html).not.toMatch(/<(script|style)/);
  });

  test('right and wrong are told by symbol, by colour and to those who listen', () => {
    const html = htmlOf(imageGrid([digit(0), digit(1)], { alt: 'x', marks: ['right', 'wrong'] }));
    expect(html).toContain('alt="1 of 2, right"');
    expect(html).toContain('alt="2 of 2, wrong"');
    const colors = [...html.matchAll(/color:(#\w{6})[^>]*>[✓✗]/g)].map(([, color]) => parseHex(color ?? ''));
    expect(colors).toHaveLength(2);
    for (const color of colors) {
      for (const page of ['#ffffff', '#111111', '#1e1e1e']) {
        expect(contrastRatio(color, parseHex(page))).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test('caption and data set stand below, and in the text', () => {
    const view = imageGrid([digit(0)], { alt: 'A blank', caption: 'One.', dataset: 'made digits' });
    expect(htmlOf(view)).toMatch(/<figcaption[^>]*>One\. Data: made digits\.<\/figcaption>/);
    expect(String(view)).toBe('[1 images] A blank\nOne. Data: made digits.');
  });

  test('weights share one symmetric range, and a legend says which', () => {
    const html = htmlOf(imageGrid([[[0.1, -0.2]], [[0, 0.4]]], { alt: 'x', colorMap: 'diverging' }));
    const [first, second, legend] = pictures(html);
    expect([...(second?.data.subarray(4, 7) ?? [])]).toEqual([0x67, 0x00, 0x1f]);
    expect([...(second?.data.subarray(0, 3) ?? [])]).toEqual([0xf7, 0xf7, 0xf7]);
    expect(first?.data[4]).toBeGreaterThan(0x05);
    expect(legend?.width).toBe(64);
    expect(html).toMatch(/>−0\.4<img[^>]*>0\.4</);
  });

  test('ranges that differ are shown below each picture', () => {
    const weights = [[[1, -2]], [[0.5, 0.1]]];
    const html = htmlOf(imageGrid(weights, { alt: 'x', colorMap: 'diverging', range: 'each' }));
    expect([...html.matchAll(/<span>(.*?)<\/span>/g)].map(([, value]) => value)).toEqual([
      '−2',
      '2',
      '−0.5',
      '0.5',
    ]);
    // Picture, key, picture, key.
    expect(pictures(html).map(({ width }) => width)).toEqual([2, 64, 2, 64]);
    const listed = imageGrid(weights, {
      alt: 'x',
      range: [
        [-2, 2],
        [0, 1],
      ],
    });
    expect([...htmlOf(listed).matchAll(/<span>(.*?)<\/span>/g)].map(([, value]) => value)).toEqual([
      '−2',
      '2',
      '0',
      '1',
    ]);
    expect(() => imageGrid(weights, { alt: 'x', range: [[0, 1]] })).toThrow(
      new RangeError('imageGrid: range must be one for each image, got 1 for 2 images'),
    );
  });

  test('reads tensors of grey, colour and flat images', () => {
    const grey = imageGrid(tensor([[[0, 1]], [[1, 0]]]), { alt: 'x' });
    expect(pictures(htmlOf(grey)).map((png) => [png.data[0], png.data[4]])).toEqual([
      [255, 0],
      [0, 255],
    ]);
    const rgb = imageGrid(tensor([[[[1, 0, 0]]]]), { alt: 'x' });
    expect([...(pictures(htmlOf(rgb))[0]?.data ?? [])]).toEqual([255, 0, 0, 255]);
    expect(pictures(htmlOf(imageGrid(tensor([[0, 0, 0, 1]]), { alt: 'x' })))[0]?.width).toBe(2);
  });

  test('a range from one for all, or each its own', () => {
    const images = [[[0, 2]], [[0, 4]]];
    const black = (range: 'each' | undefined): unknown =>
      pictures(
        htmlOf(
          imageGrid(
            images.map((rows) => rows.map((row) => row.map((v) => -v))),
            { alt: 'x', ...(range && { range }) },
          ),
        ),
      )
        .filter(({ width }) => width === 2)
        .map((png) => png.data[4]);
    expect(black('each')).toEqual([255, 255]);
    expect(black(undefined)).toEqual([128, 255]);
  });

  test('wrong arguments are named', () => {
    expect(() => imageGrid([digit(0)], { alt: ' ' })).toThrow(
      new TypeError(
        'imageGrid: alt must be words that say what the picture shows, for those who cannot see it, got " "',
      ),
    );
    expect(() => imageGrid([digit(0)], { alt: 'x', titles: [] })).toThrow(
      'titles must be one for each image, got 0 for 1 images',
    );
    expect(() => imageGrid([digit(0)], { alt: 'x', scale: 0 })).toThrow(
      'scale must be a whole number from 1, got 0',
    );
    expect(() => imageGrid(digit(0) as never, { alt: 'x' })).toThrow('for one image write [image]');
    expect(() => imageGrid(tensor([1, 2]), { alt: 'x' })).toThrow('got shape [2]');
  });
});
