import { formatCell, formatCount, formatNumber, timesPowerOfTen } from 'inkwell/frames/format';

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [255, '255'],
    [60000, '60000'],
    [0.123456, '0.1235'],
    [0.5, '0.5'],
    [-1.0001, '−1'],
    [1234.56, '1235'],
    [123456.7, '123457'],
    [99.996, '100'],
    [0.00012346, '0.0001235'],
    [0.000012346, '1.235 × 10⁻⁵'],
    [-0.00001, '−10⁻⁵'],
    [1e21, '10²¹'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '−Infinity'],
    [Number.NaN, 'NaN'],
  ])('%p is written %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('digits are kept as asked, and checked', () => {
    expect(formatNumber(Math.PI, { digits: 8 })).toBe('3.1415927');
    expect(() => formatNumber(1.5, { digits: 0 })).toThrow('digits must be a whole number in 1 … 17, got 0');
  });
});

test('timesPowerOfTen leaves unsaid what goes without saying', () => {
  expect([2.5e-5, 1e6, 3, -4e-10, 0, -1].map(timesPowerOfTen)).toEqual([
    '2.5 × 10⁻⁵',
    '10⁶',
    '3',
    '−4 × 10⁻¹⁰',
    '0',
    '−1',
  ]);
});

test('formatCount sets thousands apart', () => {
  expect([0, 999, 1000, 60000, 1234567].map(formatCount)).toEqual([
    '0',
    '999',
    '1,000',
    '60,000',
    '1,234,567',
  ]);
});

test('formatCell writes any cell', () => {
  expect([null, undefined, Number.NaN].map((value) => formatCell(value))).toEqual(['–', '–', '–']);
  expect(formatCell(new Date('2020-01-02'))).toBe('2020-01-02');
  expect(formatCell([1, 2])).toBe('[1,2]');
  expect(formatCell(true)).toBe('true');
});
