/**
 * Lines over one axis: losses, accuracies, schedules, with bands where a curve
 * stands for several runs.
 */
import { checkOptions, required } from '../../core/argument';
import { aFlag, having, listOf, someNumbers } from '../../core/argument-kinds';
import { cycle, PALETTE, withOpacity } from '../palette';
import { plot } from '../plot';
import type { Dash, PlotTrace, ScatterTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';

/** One line. */
export interface LineSeries {
  /** Stands in the legend. */
  readonly name: string;
  /** Null or NaN breaks the line: a true jump. */
  readonly y: ArrayLike<number | null>;
  /** Its own x values; default the chart's. */
  readonly x?: ArrayLike<number>;
  /** A band around the line, such as the lowest and highest of several runs. */
  readonly band?: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> };
  /** Default another for each line. */
  readonly dash?: Dash;
  /** `#rrggbb`; default another for each line. */
  readonly color?: string;
  /** Whether the line goes in stairs, each value holding until the next x; default false. */
  readonly step?: boolean;
}

/** A line chart. */
export interface LineChartOptions extends ChartOptions {
  /** Shared x values; default 1, 2, 3, … as epochs are counted. */
  readonly x?: ArrayLike<number>;
  readonly series: readonly LineSeries[];
  /** Whether each point has a marker; default for up to 30 points, and none on stairs. */
  readonly markers?: boolean;
}

/**
 * Lines, each with its own colour, dash and marker.
 *
 * Throws TypeError without `alt`, RangeError where x and y differ in length.
 *
 * @example
 * lineChart({ series: [{ name: 'training', y: losses }], xLabel: 'epoch', yLabel: 'loss', alt: 'The loss falls from 2.3 to 0.1' })
 */
export function lineChart(options: LineChartOptions): View {
  checkOptions('lineChart', options, {
    x: someNumbers,
    series: required(
      listOf(having('a line', 'y'), "a list of lines, such as [{ name: 'loss', y: [3, 2, 1] }]"),
    ),
    markers: aFlag,
    ...chartKinds,
  });
  const { x, series, markers, ...chart } = options;
  const lines = series.map((line, index): ScatterTrace => {
    const color = line.color ?? cycle(PALETTE, index);
    const withMarkers = markers ?? (line.y.length <= 30 && !line.step);
    return {
      type: 'scatter',
      name: line.name,
      x: xOf(line, x),
      y: line.y,
      mode: withMarkers ? 'lines+markers' : 'lines',
      line: { color, ...(line.dash && { dash: line.dash }), ...(line.step && { shape: 'hv' }) },
    };
  });
  // Lines first, so that they have the first colours and dashes; bands after them are see-through.
  const bands = series.flatMap((line, index) => bandOf(line, x, line.color ?? cycle(PALETTE, index)));
  return plot([...lines, ...bands], { ...chartLayout(chart), showlegend: series.length > 1 }, chart);
}

function xOf({ x, y }: LineSeries, shared: ArrayLike<number> | undefined): ArrayLike<number> {
  return x ?? shared ?? Array.from({ length: y.length }, (_, i) => i + 1);
}

function bandOf(line: LineSeries, shared: ArrayLike<number> | undefined, color: string): PlotTrace[] {
  if (!line.band) return [];
  const { lower, upper } = line.band;
  if (lower.length !== line.y.length || upper.length !== line.y.length) {
    throw new RangeError(
      `lineChart: the band of "${line.name}" must have ${line.y.length} values, got ${lower.length} and ${upper.length}`,
    );
  }
  const along = Array.from(xOf(line, shared));
  return [
    {
      type: 'scatter',
      name: `${line.name}, range`,
      x: [...along, ...along.toReversed()],
      y: [...Array.from(upper), ...Array.from(lower).toReversed()],
      mode: 'none',
      fill: 'toself',
      fillcolor: withOpacity(color, 0.22),
      line: { color, width: 0 },
      showlegend: false,
      hoverinfo: 'skip',
    },
  ];
}
