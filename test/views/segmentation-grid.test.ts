import { contrastRatio } from 'inkwell/views/color';
import { maskColor } from 'inkwell/views/mask-palette';
import { segmentationGrid } from 'inkwell/views/segmentation-grid';
import { PNG } from 'pngjs';

const CLASSES = ['sky', 'road & kerb'];
const picture = { height: 2, width: 2, channels: 3 as const, pixels: new Uint8Array(12).fill(200) };
const mask = (...pixels: number[]): { height: number; width: number; pixels: Uint8Array } => ({
  height: 2,
  width: 2,
  pixels: Uint8Array.from(pixels),
});
const htmlOf = (view: ReturnType<typeof segmentationGrid>): string => view.bundle['text/html'] as string;
const pictures = (html: string): PNG[] =>
  [...html.matchAll(/data:image\/png;base64,([^"]+)/g)].map(([, data]) =>
    PNG.sync.read(Buffer.from(data ?? '', 'base64')),
  );

test('picture, true mask and prediction stand side by side, and say what they show', () => {
  const row = { picture, truth: mask(0, 0, 0, 1), prediction: mask(1, 1, 0, 0) };
  const html = htmlOf(segmentationGrid([row], { alt: 'A street', classes: CLASSES, scale: 4 }));
  expect([...html.matchAll(/ alt="([^"]*)"/g)].map(([, alt]) => alt)).toEqual([
    '1 of 1, picture',
    '1 of 1, true: sky 75 %, road &amp; kerb 25 %',
    '1 of 1, predicted: sky 50 %, road &amp; kerb 50 %',
    '',
    '',
  ]);
  const [shown, truth] = pictures(html);
  expect([shown?.width, truth?.width]).toEqual([2, 8]);
  // The middle of the first pixel is sky; between classes there is a dark line.
  const at = (x: number, y: number): number[] =>
    [...(truth?.data.subarray(4 * (8 * y + x)) ?? [])].slice(0, 3);
  expect(at(2, 2)).toEqual([...maskColor(0, 2, 2)]);
  expect(at(4, 5)).toEqual([34, 34, 34]);
  expect(html).toContain('>road &amp; kerb</span>');
  expect(html).toContain('aria-label="A street"');
  expect(html).not.toMatch(/<(script|style)/);
});

test('a prediction may be missing; the data set stands below', () => {
  const options = { alt: 'A street', classes: CLASSES, caption: 'One.', dataset: 'made street scenes' };
  const view = segmentationGrid([{ picture, truth: mask(0, 0, 0, 1) }], options);
  expect(htmlOf(view)).not.toContain('predicted');
  expect(String(view)).toBe('[1 segmented pictures] A street\nOne. Data: made street scenes.');
});

test('classes differ without colour: in brightness, or in their pattern', () => {
  const looks = Array.from({ length: 72 }, (_, label) => {
    const places = Array.from({ length: 900 }, (_, i) => maskColor(label, i % 30, Math.floor(i / 30)));
    return JSON.stringify(places);
  });
  expect(new Set(looks).size).toBe(72);
  // A pattern's lines are seen on their own colour.
  for (let label = 1; label < 8; label++) {
    const tones = [
      ...new Set(Array.from({ length: 900 }, (_, i) => maskColor(label, i % 30, Math.floor(i / 30)))),
    ];
    const contrasts = tones.map((tone) => contrastRatio(tone, maskColor(label, 1, 2)));
    expect(Math.max(...contrasts)).toBeGreaterThan(1.5);
  }
});

test('wrong arguments are named', () => {
  const show = (truth: ReturnType<typeof mask>, scale?: number): unknown =>
    segmentationGrid([{ picture, truth }], { alt: 'x', classes: CLASSES, ...(scale && { scale }) });
  expect(() => show(mask(0, 0, 0, 2))).toThrow(
    'segmentationGrid: class numbers must be whole numbers in 0 … 1, got 2 in the true mask 1 of 1',
  );
  expect(() => show({ height: 1, width: 2, pixels: Uint8Array.of(0, 0) })).toThrow(
    'the true mask 1 of 1 must be 2 × 2 × 1, got 1 × 2 × 1',
  );
  expect(() => show(mask(0, 0, 0, 0), 1.5)).toThrow('scale must be a whole number from 1, got 1.5');
  expect(() => segmentationGrid([], { alt: ' ', classes: CLASSES })).toThrow(TypeError);
});
