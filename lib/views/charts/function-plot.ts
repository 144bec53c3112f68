/**
 * Functions of one variable as smooth curves, their poles and jumps left open.
 */
import { checkOptions, required } from '../../core/argument';
import { aFunction, aNumber, anObject, aPair, either, having, listOf } from '../../core/argument-kinds';
import { plot } from '../plot';
import type { ScatterTrace } from '../plot-types';
import type { View } from '../view';
import { type ChartOptions, chartKinds, chartLayout } from './chart-options';
import { type CurvePoints, curvePoints, evenPoints } from './sample-function';

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
  /** At how many evenly spaced places the functions are evaluated, ≥ 2; default as many as the curves need to look smooth. */
  readonly samples?: number;
  /** Marked points, such as the steps of a descent. */
  readonly points?: { readonly name: string; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
}

/**
 * Curves of functions, evaluated more often where they bend; where one jumps, its line is broken.
 *
 * Throws TypeError without `alt`, RangeError for an empty domain or fewer than two samples.
 *
 * @example functionPlot({ functions: [{ name: 'relu', f: (x) => Math.max(x, 0) }], alt: 'Zero, then a straight line up' })
 */
export function functionPlot(options: FunctionPlotOptions): View {
  checkOptions('functionPlot', options, {
    functions: required(
      either(aFunction, listOf(having('one', 'f'), "named ones, such as [{ name: 'sin', f: Math.sin }]")),
    ),
    domain: aPair,
    samples: aNumber,
    points: anObject,
    ...chartKinds,
  });
  const { functions, domain = [-5, 5], samples, points } = options;
  const [from, to] = domain;
  if (!(from < to))
    throw new RangeError(`functionPlot: domain must be [from, to] with from < to, got [${domain}]`);
  if (samples !== undefined && !(Number.isInteger(samples) && samples >= 2)) {
    throw new RangeError(`functionPlot: samples must be a whole number from 2, got ${samples}`);
  }
  const series = typeof functions === 'function' ? [{ name: 'f(x)', f: functions }] : functions;
  const pointsOf = (f: (x: number) => number): CurvePoints =>
    samples === undefined ? curvePoints(f, domain) : evenPoints(f, domain, samples);
  const curves = series.map(
    ({ name, f }): ScatterTrace => ({ type: 'scatter', name, ...pointsOf(f), mode: 'lines' }),
  );
  const marks = points ? [{ type: 'scatter' as const, mode: 'markers' as const, ...points }] : [];
  return plot([...curves, ...marks], chartLayout({ xLabel: 'x', ...options }), options);
}
