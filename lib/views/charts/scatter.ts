/**
 * Points: one variable against another, in groups that differ in colour and marker.
 */
import { checkOptions, required } from '../../core/argument';
import { aFlag, aNumber, having, listOf } from '../../core/argument-kinds';
import { plot } from '../plot';
import type { MarkerSymbol, ScatterTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';

/** One group of points. */
export interface PointSeries {
  /** Stands in the legend. */
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** One for each point, written beside it. */
  readonly labels?: readonly string[];
  /** Default another for each group. */
  readonly symbol?: MarkerSymbol;
  /** `#rrggbb`; default another for each group. */
  readonly color?: string;
}

/** A scatter plot. */
export interface ScatterOptions extends ChartOptions {
  readonly series: readonly PointSeries[];
  /** Diameter of the markers in pixels; default 7, smaller for many points. */
  readonly size?: number;
  /** Whether a unit is as long across as up; default false. */
  readonly equalUnits?: boolean;
}

/**
 * Points in groups.
 *
 * Throws TypeError without `alt`, RangeError where x and y differ in length.
 *
 * @example scatter({ series: [{ name: 'sevens', x: means, y: widths }], alt: '…' })
 */
export function scatter(options: ScatterOptions): View {
  checkOptions('scatter', options, {
    series: required(
      listOf(having('points', 'x', 'y'), "a list of points, such as [{ name: 'a', x: [1, 2], y: [3, 4] }]"),
    ),
    size: aNumber,
    equalUnits: aFlag,
    ...chartKinds,
  });
  const { series, size, equalUnits = false, ...chart } = options;
  const count = series.reduce((sum, { x }) => sum + x.length, 0);
  const diameter = size ?? (count > 2000 ? 3 : count > 300 ? 5 : 7);
  const traces = series.map(
    ({ name, x, y, labels, symbol, color }): ScatterTrace => ({
      type: 'scatter',
      name,
      x,
      y,
      mode: labels ? 'markers+text' : 'markers',
      ...(labels && { text: labels }),
      marker: { size: diameter, ...(symbol && { symbol }), ...(color && { color }) },
    }),
  );
  const layout = chartLayout(chart);
  return plot(
    traces,
    equalUnits ? { ...layout, yaxis: { ...layout.yaxis, scaleanchor: 'x' } } : layout,
    chart,
  );
}
