/**
 * Functions of one variable as curves, their poles left open.
 */
import { plot } from '../plot';
import type { ScatterTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartLayout } from './chart-options';

/** One curve. */
export interface FunctionSeries {
  /** Stands in the legend. */
  readonly name: string;
  readonly f: (x: number) => number;
}

/** A plot of functions. */
export interface FunctionPlotOptions extends ChartOptions {
  /** A function, or several with names. */
  readonly functions: ((x: number) => number) | readonly FunctionSeries[];
  /** From where to where x goes; default −5 … 5. */
  readonly domain?: readonly [number, number];
  /** At how many places the functions are evaluated, ≥ 2; default 201. */
  readonly samples?: number;
  /** Marked points, such as the steps of a descent. */
  readonly points?: { readonly name: string; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
}

/**
 * Curves of functions, evaluated at evenly spaced places.
 *
 * Throws TypeError without `alt`, RangeError for an empty domain or fewer than two samples.
 *
 * @example functionPlot({ functions: [{ name: 'relu', f: (x) => Math.max(x, 0) }], alt: 'Zero, then a straight line up' })
 */
export function functionPlot(options: FunctionPlotOptions): View {
  const { functions, domain = [-5, 5], samples = 201, points } = options;
  const [from, to] = domain;
  if (!(from < to))
    throw new RangeError(`functionPlot: domain must be [from, to] with from < to, got [${domain}]`);
  if (!(Number.isInteger(samples) && samples >= 2)) {
    throw new RangeError(`functionPlot: samples must be a whole number from 2, got ${samples}`);
  }
  const series = typeof functions === 'function' ? [{ name: 'f(x)', f: functions }] : functions;
  const x = Array.from({ length: samples }, (_, i) => from + ((to - from) * i) / (samples - 1));
  const curves = series.map(
    ({ name, f }): ScatterTrace => ({ type: 'scatter', name, x, y: x.map(f), mode: 'lines' }),
  );
  const marks = points ? [{ type: 'scatter' as const, mode: 'markers' as const, ...points }] : [];
  return plot([...curves, ...marks], chartLayout({ xLabel: 'x', ...options }), options);
}
