/**
 * What all charts have in common: words, axes, size.
 */
import { type OptionKinds, required } from '../../core/argument';
import { aList, aNumber, aPair, aString, oneOf } from '../../core/argument-kinds';
import { anAlt, captionKinds } from '../caption';
import type { PlotOptions } from '../plot';
import type { PlotAnnotation, PlotAxis, PlotLayout, PlotShape } from '../plot-types';

/** Words, axes and size of a chart. */
export interface ChartOptions extends PlotOptions {
  /** Stands above the chart. */
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Default `linear`; `log` for values above zero. */
  readonly xScale?: 'linear' | 'log';
  readonly yScale?: 'linear' | 'log';
  /** The values at the ends of an axis, of a logarithmic one too; default over all that is drawn. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  readonly annotations?: readonly PlotAnnotation[];
  readonly shapes?: readonly PlotShape[];
  /** Pixels; default 560 × 360. */
  readonly width?: number;
  readonly height?: number;
}

export const chartKinds: OptionKinds<ChartOptions> = {
  alt: required(anAlt),
  ...captionKinds,
  title: aString,
  xLabel: aString,
  yLabel: aString,
  xScale: oneOf('linear', 'log'),
  yScale: oneOf('linear', 'log'),
  xRange: aPair,
  yRange: aPair,
  annotations: aList,
  shapes: aList,
  width: aNumber,
  height: aNumber,
};

function axisOf(
  title: string | undefined,
  scale: 'linear' | 'log' | undefined,
  range: readonly [number, number] | undefined,
): PlotAxis {
  const isLog = scale === 'log';
  if (isLog && range && !(range[0] > 0 && range[1] > 0)) {
    throw new RangeError(`chart: the range of a log axis must be above zero, got [${range}]`);
  }
  return {
    ...(title !== undefined && { title }),
    ...(isLog && { type: 'log' as const }),
    // Plotly wants the powers of ten.
    ...(range && { range: isLog ? ([Math.log10(range[0]), Math.log10(range[1])] as const) : range }),
  };
}

/** The options as a Plotly layout. Throws RangeError for a log axis that reaches zero. */
export function chartLayout(options: ChartOptions): PlotLayout {
  const { title, xLabel, yLabel, xScale, yScale, xRange, yRange, annotations, shapes, width, height } =
    options;
  return {
    ...(title !== undefined && { title }),
    xaxis: axisOf(xLabel, xScale, xRange),
    yaxis: axisOf(yLabel, yScale, yRange),
    ...(annotations && { annotations }),
    ...(shapes && { shapes }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}
