/**
 * Bars: one number, or one of several series, for each of a few names.
 */
import { checkOptions, required } from '../../core/argument';
import { aList, either, having, listOf, oneOf, someNumbers, someStrings } from '../../core/argument-kinds';
import { plot } from '../plot';
import type { BarTrace, PlotLayout } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';

/** One number for each label. */
export interface BarSeries {
  /** Stands in the legend. */
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** `#rrggbb`; default another for each series. */
  readonly color?: string;
}

/** A bar chart. */
export interface BarChartOptions extends ChartOptions {
  readonly labels: readonly (string | number)[];
  /** One number for each label, or several series of them. */
  readonly values: ArrayLike<number> | readonly BarSeries[];
  /** Several series beside one another (default) or on top of one another. */
  readonly arrangement?: 'group' | 'stack';
  /** One for each label, written on the bars of a single series. */
  readonly texts?: readonly string[];
  /** Lying bars, for long labels; default `upright`. */
  readonly direction?: 'upright' | 'lying';
}

/**
 * Bars from zero.
 *
 * Throws TypeError without `alt`, RangeError where labels and values differ in number.
 *
 * @example barChart({ labels: ['2', '9'], values: [5958, 5949], alt: 'About as many twos as nines' })
 */
export function barChart(options: BarChartOptions): View {
  checkOptions('barChart', options, {
    labels: required(aList),
    values: required(
      either(
        someNumbers,
        listOf(having('a series', 'values'), "series, such as [{ name: 'a', values: [1, 2] }]"),
      ),
    ),
    arrangement: oneOf('group', 'stack'),
    texts: someStrings,
    direction: oneOf('upright', 'lying'),
    ...chartKinds,
  });
  const { labels, values, arrangement = 'group', texts, direction = 'upright' } = options;
  const single = values.length === 0 || typeof values[0] === 'number';
  const series = single
    ? [{ name: 'values', values: values as ArrayLike<number> }]
    : (values as readonly BarSeries[]);
  const names = labels.map(String);
  const traces = series.map(
    ({ name, values: numbers, color }: BarSeries): BarTrace => ({
      type: 'bar',
      name,
      ...(direction === 'lying' ? { x: numbers, y: names, orientation: 'h' } : { x: names, y: numbers }),
      ...(color && { marker: { color } }),
      ...(single && texts && { text: texts }),
    }),
  );
  const layout: PlotLayout = { ...chartLayout(options), barmode: arrangement };
  const axis = direction === 'lying' ? 'yaxis' : 'xaxis';
  // Digits as labels are names here, not places on a line.
  const named = {
    ...layout[axis],
    type: 'category' as const,
    ...(direction === 'lying' && { autorange: 'reversed' as const }),
  };
  return plot(traces, { ...layout, [axis]: named }, options);
}
