/**
 * A figure made whole: every default filled in once (colours, dashes, markers,
 * bins, titles), so that the Plotly JSON and the static picture, both made from
 * it, show the same.
 */
import { binsOf } from './bins';
import { type ColorMap, defaultRange, extent, type ValueRange } from './color';
import { cycle, DASHES, PALETTE, SYMBOLS, withOpacity } from './palette';
import type {
  BarTrace,
  HeatmapTrace,
  HistogramTrace,
  PlotAnnotation,
  PlotLayout,
  PlotTrace,
  ScatterTrace,
} from './plot-types';

/** Numbers, or names of categories; null where there is no value. */
export type Values = readonly (number | string | null)[];

/** A scatter trace with nothing left open. */
export interface FullScatter extends Omit<ScatterTrace, 'x' | 'y'> {
  readonly type: 'scatter';
  readonly name: string;
  readonly x: Values;
  readonly y: Values;
  readonly mode: NonNullable<ScatterTrace['mode']>;
  readonly color: string;
  readonly fill: NonNullable<ScatterTrace['fill']>;
  readonly fillcolor: string;
  readonly line: Required<NonNullable<ScatterTrace['line']>>;
  readonly marker: Required<NonNullable<ScatterTrace['marker']>>;
  readonly showlegend: boolean;
}

/** Bars with nothing left open. */
export interface FullBar extends Omit<BarTrace, 'x' | 'y'> {
  readonly name: string;
  readonly x: Values;
  readonly y: Values;
  readonly color: string;
  readonly showlegend: boolean;
}

/** A histogram with nothing left open. */
export interface FullHistogram extends HistogramTrace {
  readonly name: string;
  readonly color: string;
  readonly xbins: { readonly start: number; readonly end: number; readonly size: number };
  readonly opacity: number;
  readonly showlegend: boolean;
}

/** A heatmap with nothing left open. */
export interface FullHeatmap extends Omit<HeatmapTrace, 'x' | 'y' | 'z'> {
  readonly name: string;
  readonly x: Values;
  readonly y: Values;
  readonly z: readonly (readonly number[])[];
  readonly colorMap: NonNullable<HeatmapTrace['colorMap']>;
  readonly range: ValueRange;
  readonly showlegend: false;
}

/** Any trace with nothing left open. */
export type FullTrace = FullScatter | FullBar | FullHistogram | FullHeatmap;

/** A figure with nothing left open. */
export interface Figure {
  readonly traces: readonly FullTrace[];
  readonly layout: PlotLayout & Required<Pick<PlotLayout, 'width' | 'height' | 'showlegend' | 'barmode'>>;
}

/** Fills in every default. Throws RangeError for lengths that disagree, TypeError for an unknown kind of trace. */
export function completeFigure(traces: readonly PlotTrace[], layout: PlotLayout): Figure {
  const histograms = traces.filter((trace) => trace.type === 'histogram').length;
  const full = traces.map((trace, index) => completeTrace(trace, index, histograms > 1));
  const { width = 560, height = 360 } = layout;
  for (const [name, value] of Object.entries({ width, height })) {
    if (!(value >= 100 && value <= 4000))
      throw new RangeError(`plot: ${name} must be in 100 … 4000, got ${value}`);
  }
  const legends = full.filter((trace) => trace.showlegend).length;
  const showlegend = layout.showlegend ?? legends > 1;
  return {
    traces: full,
    layout: {
      ...layout,
      ...(layout.annotations && { annotations: layout.annotations.map(completeAnnotation) }),
      width,
      height,
      showlegend,
      barmode: layout.barmode ?? (histograms > 0 ? 'overlay' : 'group'),
    },
  };
}

/** Words stand right above their point when nothing is said. */
const ARROW_OFFSET = { ax: 20, ay: -30 };

function completeAnnotation(annotation: PlotAnnotation): PlotAnnotation {
  return annotation.showarrow === false ? annotation : { ...ARROW_OFFSET, ...annotation, showarrow: true };
}

function completeTrace(trace: PlotTrace, index: number, overlaid: boolean): FullTrace {
  const common = { name: trace.name ?? `trace ${index}` };
  const color = cycle(PALETTE, index);
  switch (trace.type) {
    case undefined:
    case 'scatter':
      return completeScatter(trace, common.name, index);
    case 'bar':
      checkLengths(trace.name, { x: trace.x.length, y: trace.y.length });
      return {
        showlegend: true,
        ...trace,
        ...common,
        x: list(trace.x),
        y: list(trace.y),
        color: trace.marker?.color ?? color,
      };
    case 'histogram':
      return {
        showlegend: true,
        opacity: overlaid ? 0.65 : 1,
        ...trace,
        ...common,
        xbins: binsOf(trace),
        color: trace.marker?.color ?? color,
      };
    case 'heatmap':
      return completeHeatmap(trace, common.name);
    default:
      throw new TypeError(
        `plot: no trace of type "${(trace as { type: unknown }).type}"; there are scatter, bar, histogram, heatmap`,
      );
  }
}

function completeScatter(trace: ScatterTrace, name: string, index: number): FullScatter {
  const y = list(trace.y);
  const x = trace.x ? list(trace.x) : y.map((_, i) => i);
  checkLengths(trace.name, { x: x.length, y: y.length });
  const color = trace.line?.color ?? trace.marker?.color ?? cycle(PALETTE, index);
  return {
    showlegend: true,
    mode: 'lines',
    fill: 'none',
    ...trace,
    type: 'scatter',
    name,
    x,
    y,
    color,
    fillcolor: trace.fillcolor ?? withOpacity(color, 0.25),
    line: { width: 2, dash: cycle(DASHES, index), shape: 'linear', ...trace.line, color },
    marker: { size: 7, symbol: cycle(SYMBOLS, index), color, ...trace.marker },
  };
}

function completeHeatmap(trace: HeatmapTrace, name: string): FullHeatmap {
  const z = trace.z.map((row) => Array.from(row));
  const columns = z[0]?.length ?? 0;
  if (columns === 0 || z.some((row) => row.length !== columns)) {
    throw new RangeError('plot: the z of a heatmap must be rows of one length, at least one value long');
  }
  const { colorMap = 'viridis' } = trace;
  const x = trace.x ? list(trace.x) : (z[0]?.map((_, i) => i) ?? []);
  const y = trace.y ? list(trace.y) : z.map((_, i) => i);
  checkLengths(trace.name, { x: x.length, 'columns of z': columns });
  checkLengths(trace.name, { y: y.length, 'rows of z': z.length });
  const [low, high] = heatmapRange(z.flat(), colorMap);
  return {
    ...trace,
    name,
    x,
    y,
    z,
    colorMap,
    range: checkedRange(trace.zmin ?? low, trace.zmax ?? high),
    showlegend: false,
  };
}

function checkedRange(low: number, high: number): ValueRange {
  if (!(low < high)) throw new RangeError(`plot: zmin must be below zmax, got ${low} and ${high}`);
  return [low, high];
}

/** Over all values; symmetric about 0 for the diverging map, from 0 for the greys. */
function heatmapRange(values: readonly number[], colorMap: ColorMap): ValueRange {
  if (colorMap === 'diverging') return defaultRange(values, colorMap);
  const [min, max] = extent(values);
  const low = colorMap === 'viridis' ? min : Math.min(0, min);
  return low < max ? [low, max] : [low, low + 1];
}

function checkLengths(name: string | undefined, lengths: Readonly<Record<string, number>>): void {
  const [[first, a], [second, b]] = Object.entries(lengths) as [[string, number], [string, number]];
  if (a !== b) {
    throw new RangeError(
      `plot: ${name === undefined ? 'a trace' : `"${name}"`} has ${a} ${first} but ${b} ${second}`,
    );
  }
}

/** A plain list; numbers that are none become null, as JSON wants it. */
function list(values: ArrayLike<number | string | null>): Values {
  return Array.from(values, (value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value));
}
