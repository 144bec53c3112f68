import { expandDims, tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { cropPixels, imageFrame, type PixelSource, toPixels } from 'inkwell/frames/pixels';

const rows = [
  [0, 1, 2],
  [3, 4, 5],
];

describe('toPixels', () => {
  const grey: [string, PixelSource][] = [
    ['nested arrays', rows],
    ['rows of typed arrays', rows.map((row) => Uint8Array.from(row))],
    ['a tensor [2, 3]', tensor(rows)],
    ['a tensor [2, 3, 1]', expandDims(tensor(rows), 2)],
    ['a tensor [1, 2, 3, 1]', expandDims(expandDims(tensor(rows), 2), 0)],
    ['an image of a data set', { height: 2, width: 3, pixels: Uint8Array.from(rows.flat()) }],
    ['Pixels', { height: 2, width: 3, channels: 1, values: rows.flat() }],
  ];
  test.each(grey)('reads %s', (_, source) => {
    const { height, width, channels, values } = toPixels(source);
    expect({ height, width, channels }).toEqual({ height: 2, width: 3, channels: 1 });
    expect(Array.from(values)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('flat values are a square', () => {
    expect(toPixels(new Uint8Array(784))).toMatchObject({ height: 28, width: 28, channels: 1 });
  });

  test('rows of triples are colours', () => {
    const image = toPixels([
      [
        [255, 0, 0],
        [0, 255, 0],
      ],
    ]);
    expect(image).toMatchObject({ height: 1, width: 2, channels: 3 });
    expect(Array.from(image.values)).toEqual([255, 0, 0, 0, 255, 0]);
  });

  test('a picture of a data set may have colours', () => {
    const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0);
    expect(toPixels({ height: 1, width: 2, channels: 3, pixels })).toMatchObject({
      channels: 3,
      values: pixels,
    });
    expect(() => toPixels({ height: 2, width: 2, channels: 3, pixels })).toThrow('needs 12 values, got 6');
  });

  test('what is no image is refused, with its shape', () => {
    expect(() => toPixels(new Uint8Array(783))).toThrow('got shape [783]');
    expect(() => toPixels(tensor([[[1, 2]]]))).toThrow('got shape [1,1,2]');
    expect(() => toPixels([[1, 2], [3]])).toThrow('rows must have one length, got 2 and 1');
    expect(() => toPixels([])).toThrow(TypeError);
  });
});

describe('crops', () => {
  test('keep rows and columns inside the ranges', () => {
    const crop = cropPixels(toPixels(rows), { rows: [1, 2], columns: [1, 3] });
    expect(crop).toEqual({ height: 1, width: 2, channels: 1, values: [4, 5] });
  });

  test('outside the image they are refused', () => {
    const image = toPixels(rows);
    expect(() => cropPixels(image, { rows: [0, 3] })).toThrow(
      'rows must be a range within 0 … 2, got [0, 3]',
    );
    expect(() => cropPixels(image, { columns: [2, 2] })).toThrow(
      'columns must be a range within 0 … 3, got [2, 2]',
    );
  });
});

test('an image frame names its columns by their place in the image', () => {
  const part = imageFrame(rows, { columns: [1, 3] });
  expect(part.columns).toEqual(['1', '2']);
  expect(part.rows()).toEqual([
    { 1: 1, 2: 2 },
    { 1: 4, 2: 5 },
  ]);
  expect(() => imageFrame([[[1, 2, 3]]])).toThrow('expected a grey image, got one with 3 channels');
});
