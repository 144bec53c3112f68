import { expandByShifts } from 'inkwell/training/augment/expand';

const SET = {
  images: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
  labels: Uint8Array.from([4, 2]),
  count: 2,
  height: 2,
  width: 3,
};

test('each image, and four shifted by one pixel', () => {
  const { images, ...rest } = expandByShifts(SET);
  expect(rest).toEqual({
    labels: Uint8Array.from([4, 2, 4, 2, 4, 2, 4, 2, 4, 2]),
    count: 10,
    height: 2,
    width: 3,
  });
  const list = Array.from({ length: 10 }, (_, i) => [...images.subarray(6 * i, 6 * i + 6)]);
  expect(list).toEqual([
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
    [0, 0, 0, 1, 2, 3],
    [0, 0, 0, 7, 8, 9],
    [4, 5, 6, 0, 0, 0],
    [10, 11, 12, 0, 0, 0],
    [0, 1, 2, 0, 4, 5],
    [0, 7, 8, 0, 10, 11],
    [2, 3, 0, 5, 6, 0],
    [8, 9, 0, 11, 12, 0],
  ]);
});

test('shifts of more than the image leave nothing', () => {
  expect(
    expandByShifts(SET, { pixels: 5 })
      .images.subarray(12)
      .every((value) => value === 0),
  ).toBe(true);
  expect(() => expandByShifts(SET, { pixels: 0 })).toThrow(
    new RangeError('expandByShifts: pixels must be a whole number of at least 1, got 0'),
  );
});
