import type { LabelledImages } from 'inkwell/data/labelled-images';
import { select, take } from 'inkwell/data/select';

/** Ten images of 1 × 2 pixels; image i holds i and 100 + i and is labelled i % 4. */
const SET: LabelledImages = {
  images: Uint8Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? i / 2 : 100 + (i - 1) / 2)),
  labels: Uint8Array.from({ length: 10 }, (_, i) => i % 4),
  count: 10,
  height: 1,
  width: 2,
};

describe('select', () => {
  test('keeps the classes that were asked for, in order', () => {
    expect(select(SET, { digits: [1, 3] })).toEqual({
      images: Uint8Array.of(1, 101, 3, 103, 5, 105, 7, 107, 9, 109),
      labels: Uint8Array.of(1, 3, 1, 3, 1),
      count: 5,
      height: 1,
      width: 2,
    });
    expect(select(SET, { digits: [1, 3], limit: 2 }).labels).toEqual(Uint8Array.of(1, 3));
    expect(select(SET)).toEqual(SET);
    expect(select(SET, { digits: [8] }).count).toBe(0);
  });

  test('a seed draws others, and the same again', () => {
    const drawn = select(SET, { digits: [0, 1, 2], limit: 4, seed: 3 });
    expect(drawn.count).toBe(4);
    expect(select(SET, { digits: [0, 1, 2], limit: 4, seed: 3 })).toEqual(drawn);
    expect(select(SET, { seed: 1 }).images).not.toEqual(select(SET, { seed: 2 }).images);
  });

  test('copies: the set stays as it is', () => {
    const chosen = select(SET, { digits: [0] });
    chosen.images.fill(255);
    expect(SET.images[0]).toBe(0);
  });

  test('refuses what is no class or no limit', () => {
    expect(() => select(SET, { digits: [2.5] })).toThrow('digits must be whole numbers in 0 … 255, got 2.5');
    expect(() => select(SET, { limit: -1 })).toThrow('limit must be a whole number of at least 0, got -1');
  });
});

describe('take', () => {
  test('takes any indices in any order', () => {
    expect(take(SET, [9, 0, 9]).images).toEqual(Uint8Array.of(9, 109, 0, 100, 9, 109));
    expect(take(SET, Int32Array.of(2)).labels).toEqual(Uint8Array.of(2));
    expect(take(SET, []).count).toBe(0);
  });

  test('refuses a count, and says what takes one', () => {
    expect(() => take(SET, 6400 as never)).toThrow(
      new TypeError(
        'take: indices must be a list of numbers, such as [0, 1, 2], got 6400; for the first 6400 images, select(set, { limit: 6400 })',
      ),
    );
  });

  test('refuses an index that is not there', () => {
    expect(() => take(SET, [10])).toThrow('whole number in 0 … 9, got 10');
    expect(() => take(SET, [-1])).toThrow(RangeError);
    expect(() => take(SET, [0.5])).toThrow(RangeError);
  });
});
