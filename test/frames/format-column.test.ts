import { columnFormat } from 'inkwell/frames/format-column';

const column = (values: unknown[], digits?: number): string[] =>
  (values as number[]).map(columnFormat(values, digits === undefined ? {} : { digits }));

describe('columnFormat', () => {
  test('all numbers have the decimals that the longest needs', () => {
    expect(column([0.0312, 0.1, 0.05])).toEqual(['0.0312', '0.1000', '0.0500']);
    expect(column([-0.5, 12.25, -3])).toEqual(['−0.50', '12.25', '−3.00']);
    expect(column([0, 1, 4, -9])).toEqual(['0', '1', '4', '−9']);
  });

  test('the largest has so many significant digits, small ones at least two', () => {
    expect(column([-1 / 3, -13])).toEqual(['−0.33', '−13.00']);
    expect(column([1 / 3, 2 / 3], 2)).toEqual(['0.33', '0.67']);
    expect(column([1234.5678, 0.5])).toEqual(['1234.57', '0.50']);
    expect(column([99.95, 0.0123])).toEqual(['99.950', '0.012']);
  });

  test('where sizes differ too much, each stands for itself', () => {
    expect(column([1, 0.1, 0.001, 1e-6, 2.5e-16])).toEqual(['1', '0.1', '0.001', '10⁻⁶', '2.5 × 10⁻¹⁶']);
    expect(column([2.5e-5, 0.3])).toEqual(['2.5 × 10⁻⁵', '0.3']);
    expect(column([1e20, 1])).toEqual(['10²⁰', '1']);
  });

  test('what is no finite number decides nothing', () => {
    const write = columnFormat([null, Number.NaN, Number.POSITIVE_INFINITY, 0.25]);
    expect(write(0.25)).toBe('0.25');
    expect(write(Number.POSITIVE_INFINITY)).toBe('Infinity');
    expect(columnFormat([])(0)).toBe('0');
  });

  test('what is rounded to nothing has no minus', () => {
    expect(columnFormat([5.25, -1])(-0.001)).toBe('0.00');
  });

  test('a wrong number of digits is named', () => {
    expect(() => columnFormat([1], { digits: 0 })).toThrow('digits must be a whole number in 1 … 17, got 0');
  });
});
