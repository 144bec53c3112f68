/**
 * Contour plots: a function of two variables as lines of equal height, each
 * with its height written in it, as on a map; over it paths and points.
 */
import { checkOptions, required } from '../../core/argument';
import { aFlag, aFunction, aList, aNumber, either, someNumbers } from '../../core/argument-kinds';
import { aMatrix } from '../../frames/argument-kinds';
import { formatNumber } from '../../frames/format';
import { drawLines } from '../contours/draw-lines';
import { levelsOf, surfaceOf } from '../contours/surface';
import { cycle, DASHES, PALETTE, SYMBOLS } from '../palette';
import { plot } from '../plot';
import type { ScatterTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';
import type { PointSeries } from './scatter';

/** The steps of a walk over the plane. */
export interface PathSeries {
  /** Stands in the legend. */
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Whether each step has a marker; default true. */
  readonly markers?: boolean;
  /** `#rrggbb`; default another for each path. */
  readonly color?: string;
}

/** A contour plot. */
export interface ContourPlotOptions extends ChartOptions {
  /** The height over (x, y); this or `matrix`. */
  readonly f?: (x: number, y: number) => number;
  /** The heights, row by row; row i lies over `y[i]`. */
  readonly matrix?: readonly ArrayLike<number>[];
  /** With `f`: from where to where x goes. With `matrix`: evenly spaced, where its columns lie, or the first and the last. */
  readonly x: ArrayLike<number>;
  /** The same for y and rows. */
  readonly y: ArrayLike<number>;
  /** The heights of the lines, or about how many at round heights; default 10. */
  readonly levels?: number | readonly number[];
  /** How a height is written; default up to 4 significant digits. */
  readonly format?: (level: number) => string;
  /** Of `f`, along each side, 3 … 500; default 91. */
  readonly samples?: number;
  /** Walks drawn over the lines, such as those of a descent. */
  readonly paths?: readonly PathSeries[];
  /** Points drawn over the lines, such as a minimum. */
  readonly points?: readonly PointSeries[];
  /** Whether a unit is as long across as up; default false. */
  readonly equalUnits?: boolean;
}

/**
 * A landscape as labelled contour lines.
 *
 * Throws TypeError without `alt` or without `f` and `matrix`, RangeError for ragged rows, ranges that are none,
 * and levels of which none is reached.
 *
 * @example
 * contourPlot({ f: (a, b) => a * a + 10 * b * b, x: [-3, 3], y: [-2, 2], paths: [{ name: 'descent', x: as, y: bs }], alt: '…' })
 */
export function contourPlot(options: ContourPlotOptions): View {
  checkOptions('contourPlot', options, {
    f: aFunction,
    matrix: aMatrix,
    x: required(someNumbers),
    y: required(someNumbers),
    levels: either(aNumber, someNumbers),
    format: aFunction,
    samples: aNumber,
    paths: aList,
    points: aList,
    equalUnits: aFlag,
    ...chartKinds,
  });
  const {
    paths = [],
    points = [],
    equalUnits = false,
    annotations = [],
    width = 560,
    height = 360,
  } = options;
  const surface = surfaceOf(options);
  const levels = levelsOf(surface.grid, options.levels);
  const write = options.format ?? ((level: number) => formatNumber(level));
  const { lines, labels } = drawLines(surface, { levels, write, width, height });
  const layout = chartLayout({
    xRange: surface.x,
    yRange: surface.y,
    ...options,
    annotations: [...labels, ...annotations],
  });
  const bare = { showgrid: false, zeroline: false };
  const traces = [
    ...lines,
    ...paths.map(pathTrace),
    ...points.map((group, i) => pointTrace(group, paths.length + i)),
  ];
  const xaxis = { ...layout.xaxis, ...bare };
  const yaxis = { ...layout.yaxis, ...bare, ...(equalUnits && { scaleanchor: 'x' as const }) };
  return plot(traces, { ...layout, xaxis, yaxis }, options);
}

function pathTrace({ name, x, y, markers = true, color }: PathSeries, index: number): ScatterTrace {
  const paint = color ?? cycle(PALETTE, index);
  return {
    type: 'scatter',
    name,
    x,
    y,
    mode: markers ? 'lines+markers' : 'lines',
    line: { color: paint, dash: cycle(DASHES, index) },
    marker: { color: paint, size: 6, symbol: cycle(SYMBOLS, index) },
  };
}

function pointTrace({ name, x, y, labels, symbol, color }: PointSeries, index: number): ScatterTrace {
  return {
    type: 'scatter',
    name,
    x,
    y,
    mode: labels ? 'markers+text' : 'markers',
    ...(labels && { text: labels }),
    marker: { color: color ?? cycle(PALETTE, index), size: 9, symbol: symbol ?? cycle(SYMBOLS, index) },
  };
}
