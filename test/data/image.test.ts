import { image } from 'inkwell/data/image';
import type { LabelledImages } from 'inkwell/data/labelled-images';

const SET: LabelledImages = {
  images: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  labels: Uint8Array.of(7, 3),
  count: 2,
  height: 2,
  width: 2,
};

describe('image', () => {
  test('is a view of the set', () => {
    const second = image(SET, 1);
    expect(second).toEqual({ pixels: Uint8Array.of(5, 6, 7, 8), height: 2, width: 2, label: 3 });
    expect(second.pixels.buffer).toBe(SET.images.buffer);
  });

  test('refuses an index that is not there', () => {
    expect(() => image(SET, 2)).toThrow('image: index must be a whole number in 0 … 1, got 2');
    expect(() => image(SET, -1)).toThrow(RangeError);
    expect(() => image(SET, 0.5)).toThrow(RangeError);
  });
});
