import type { IdxArray } from 'inkwell/data/idx';
import { firstImages, labelledImages } from 'inkwell/data/labelled-images';
import { thrownBy } from './support';

const IMAGES: IdxArray = { type: 'uint8', shape: [2, 1, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6) };
const LABELS: IdxArray = { type: 'uint8', shape: [2], values: Uint8Array.of(9, 0) };

describe('labelledImages', () => {
  test('pairs images and labels', () => {
    const set = labelledImages(IMAGES, LABELS);
    expect(set).toEqual({ images: IMAGES.values, labels: LABELS.values, count: 2, height: 1, width: 3 });
    expect(firstImages(set, 1)).toEqual({
      images: Uint8Array.of(1, 2, 3),
      labels: Uint8Array.of(9),
      count: 1,
      height: 1,
      width: 3,
    });
    expect(() => firstImages(set, 3)).toThrow('whole number in 0 … 2, got 3');
  });

  test('counts that disagree are named', async () => {
    const three: IdxArray = { type: 'uint8', shape: [3], values: Uint8Array.of(1, 2, 3) };
    const error = await thrownBy(() => labelledImages(IMAGES, three, { label: 'MNIST, train half' }));
    expect(error.code).toBe('DATA_COUNTS');
    expect(error.message).toMatch(/^MNIST, train half: there are 2 images but 3 labels/);
  });

  test('other types, shapes and labels are refused', async () => {
    const code = async (images: IdxArray, labels: IdxArray): Promise<string> =>
      (await thrownBy(() => labelledImages(images, labels))).code;
    expect(await code(LABELS, LABELS)).toBe('DATA_FORMAT');
    expect(await code(IMAGES, IMAGES)).toBe('DATA_FORMAT');
    expect(await code(IMAGES, { type: 'int8', shape: [2], values: Int8Array.of(1, 2) })).toBe('DATA_FORMAT');
    expect(await code(IMAGES, { ...LABELS, values: Uint8Array.of(3, 10) })).toBe('DATA_FORMAT');
  });
});
