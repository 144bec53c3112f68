import type { LabelledImages } from 'inkwell/data/labelled-images';
import { split } from 'inkwell/data/split';

/** Image i is one pixel of value i. */
const SET: LabelledImages = {
  images: Uint8Array.from({ length: 200 }, (_, i) => i),
  labels: Uint8Array.from({ length: 200 }, (_, i) => i % 10),
  count: 200,
  height: 1,
  width: 1,
};

describe('split', () => {
  test('sets a fifth aside, and loses none', () => {
    const { train, validation } = split(SET);
    expect([train.count, validation.count]).toEqual([160, 40]);
    expect([...train.images, ...validation.images].sort((a, b) => a - b)).toEqual([...SET.images]);
    for (const part of [train, validation]) {
      expect([...part.labels]).toEqual([...part.images].map((value) => value % 10));
    }
  });

  test('the seed decides which', () => {
    expect(split(SET, { seed: 4 })).toEqual(split(SET, { seed: 4 }));
    expect(split(SET, { seed: 4 }).validation.images).not.toEqual(split(SET, { seed: 5 }).validation.images);
  });

  test('takes fractions from none to all, and no others', () => {
    expect(split(SET, { validationFraction: 0 }).validation.count).toBe(0);
    expect(split(SET, { validationFraction: 1 }).train.count).toBe(0);
    expect(split(SET, { validationFraction: 1 / 3 }).validation.count).toBe(67);
    expect(() => split(SET, { validationFraction: 1.2 })).toThrow(
      'validationFraction must be in 0 … 1, got 1.2',
    );
    expect(() => split(SET, { validationFraction: Number.NaN })).toThrow(RangeError);
  });
});
