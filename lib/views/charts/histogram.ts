/**
 * Histograms: how often values fall into each of several bins.
 */
import { checkOptions, required } from '../../core/argument';
import { aNumber, either, having, listOf, oneOf, someNumbers } from '../../core/argument-kinds';
import { binsOf } from '../bins';
import { plot } from '../plot';
import type { HistogramTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';

/** One set of values. */
export interface ValueSeries {
  /** Stands in the legend. */
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** `#rrggbb`; default another for each set. */
  readonly color?: string;
}

/** A histogram. */
export interface HistogramOptions extends ChartOptions {
  /** The values, or several sets of them drawn over one another. */
  readonly values: ArrayLike<number> | readonly ValueSeries[];
  /** About so many bins, at round limits; default by the square root of the count. */
  readonly bins?: number;
  /** What the height of a bar means: how many, their share of all, or a density of area 1. Default `count`. */
  readonly show?: 'count' | 'share' | 'density';
}

const NORMS = { count: '', share: 'probability', density: 'probability density' } as const;

/**
 * How values are spread; several sets share their bins.
 *
 * Throws TypeError without `alt`, RangeError without values.
 *
 * @example histogram({ values: weights, xLabel: 'weight', alt: 'Weights spread evenly about zero' })
 */
export function histogram(options: HistogramOptions): View {
  checkOptions('histogram', options, {
    values: required(
      either(someNumbers, listOf(having('a set', 'values'), "sets, such as [{ name: 'a', values: [1, 2] }]")),
    ),
    bins: aNumber,
    show: oneOf('count', 'share', 'density'),
    ...chartKinds,
  });
  const { values, bins, show = 'count', ...chart } = options;
  const series = isSeries(values) ? values : [{ name: 'values', values }];
  const all = series.flatMap((one) => Array.from(one.values));
  if (all.length === 0) throw new RangeError('histogram: there are no values');
  const shared = binsOf({ type: 'histogram', x: all, ...(bins !== undefined && { nbinsx: bins }) });
  const traces = series.map(
    ({ name, values: x, color }): HistogramTrace => ({
      type: 'histogram',
      name,
      x,
      xbins: shared,
      histnorm: NORMS[show],
      ...(color && { marker: { color } }),
    }),
  );
  return plot(traces, chartLayout({ yLabel: show, ...chart }), chart);
}

function isSeries(values: HistogramOptions['values']): values is readonly ValueSeries[] {
  return values.length > 0 && typeof values[0] === 'object';
}
