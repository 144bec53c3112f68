import { binsOf, countBins } from 'inkwell/views/bins';
import type { HistogramTrace } from 'inkwell/views/plot-types';

const trace = (x: number[], more: Partial<HistogramTrace> = {}): HistogramTrace => ({
  type: 'histogram',
  x,
  ...more,
});

describe('bins', () => {
  test('are round, and every value falls into one', () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.sin(i) * 0.37);
    const bins = binsOf(trace(values, { nbinsx: 15 }));
    expect(bins).toEqual({ start: -0.4, end: 0.4, size: 0.05 });
    expect(countBins(trace(values), bins).reduce((sum, count) => sum + count, 0)).toBe(500);
  });

  test('the largest value has its bin, at limits as well', () => {
    const values = [0, 0.1, 0.2, 0.30000000000000004, 0.4];
    const bins = binsOf(trace(values, { nbinsx: 4 }));
    expect(bins.size).toBe(0.1);
    expect(countBins(trace(values), bins)).toEqual([1, 1, 1, 1, 1]);
  });

  test('equal values are one bin', () => {
    expect(binsOf(trace([3, 3]))).toEqual({ start: 2.5, end: 3.5, size: 1 });
  });

  test('shares add up to one, densities to an area of one', () => {
    const values = [1, 1, 2, 3, 3, 3];
    const bins = { start: 1, end: 4, size: 0.5 };
    const sum = (numbers: number[]): number => numbers.reduce((total, value) => total + value, 0);
    expect(sum(countBins(trace(values, { histnorm: 'probability' }), bins))).toBeCloseTo(1);
    expect(sum(countBins(trace(values, { histnorm: 'probability density' }), bins)) * 0.5).toBeCloseTo(1);
  });
});
