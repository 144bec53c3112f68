/**
 * A figure as the JSON that Plotly draws (`application/vnd.plotly.v1+json`).
 *
 * Backgrounds are transparent and the words a grey that can be read on white
 * and on dark pages, since the figure does not know where it will stand.
 */
import { plotlyScale } from './color';
import type { Figure, FullScatter, FullTrace } from './figure';
import type { PlotAnnotation, PlotAxis, PlotLayout } from './plot-types';
import { coordinatesOf } from './svg/coordinates';
import { domainOf } from './svg/domain';
import { rectanglesOf } from './svg/rectangles';
import { FONT_FAMILY } from './svg/text';
import { type Tick, ticksOf } from './svg/ticks';

/** What goes under `application/vnd.plotly.v1+json`. */
export interface PlotlyFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
}

const INK = '#767676';
const GRID = 'rgba(128,128,128,0.25)';
/** Below the axes, where it covers no title. */
const LEGEND = { orientation: 'h', x: 0, y: -0.22, yanchor: 'top', traceorder: 'normal' };

/** The figure as Plotly's JSON: plain data, numbers to six significant digits. */
export function plotlyFigure(figure: Figure): PlotlyFigure {
  const json = {
    data: figure.traces.map(traceJson),
    layout: layoutJson(figure),
    config: { displaylogo: false, responsive: true },
  };
  return JSON.parse(JSON.stringify(json, (_, value) => (typeof value === 'number' ? rounded(value) : value)));
}

function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

function traceJson(trace: FullTrace): Record<string, unknown> {
  switch (trace.type) {
    case 'scatter':
      return scatterJson(trace);
    case 'bar': {
      const { color, ...rest } = trace;
      // Where the static picture writes them.
      const words = trace.text && { textposition: 'outside', cliponaxis: false };
      return { ...rest, ...words, marker: { color } };
    }
    case 'histogram': {
      const { color, x, nbinsx: _, ...rest } = trace;
      return { ...rest, x: Array.from(x), marker: { color }, autobinx: false };
    }
    case 'heatmap': {
      const { colorMap, range, colorbar, showlegend: _, text, ...rest } = trace;
      return {
        ...rest,
        zmin: range[0],
        zmax: range[1],
        colorscale: plotlyScale(colorMap),
        ...(text && { text, texttemplate: '%{text}' }),
        ...(colorbar?.title && { colorbar: { title: { text: colorbar.title, side: 'right' } } }),
      };
    }
  }
}

/** Plotly wants no line or marker where the mode draws none. */
function scatterJson({
  color: _,
  error_y,
  line,
  marker,
  fillcolor,
  fill,
  ...rest
}: FullScatter): Record<string, unknown> {
  return {
    ...rest,
    fill,
    ...(fill !== 'none' && { fillcolor }),
    ...(rest.mode.includes('lines') && { line }),
    ...(rest.mode.includes('markers') && { marker }),
    ...(error_y && { error_y: errorBarsJson(error_y) }),
  };
}

function errorBarsJson({ array, arrayminus }: NonNullable<FullScatter['error_y']>): Record<string, unknown> {
  const downwards = arrayminus && { symmetric: false, arrayminus: Array.from(arrayminus) };
  return { type: 'data', array: Array.from(array), ...downwards };
}

interface AxisContext {
  /** Whether the axis holds names instead of numbers. */
  readonly named: boolean;
  /** Whether a heatmap covers the area: grid lines would only show beside it. */
  readonly covered: boolean;
  /** Whether a unit is as long across as up. */
  readonly equalUnits: boolean;
  /** Of a logarithmic axis, where Plotly's own would have small digits between them. */
  readonly ticks: readonly Tick[] | undefined;
}

/** Plotly wants no colour for lines that are not there. */
function gridColors({ showgrid, zeroline }: PlotAxis): Record<string, unknown> {
  return {
    ...(showgrid !== false && { gridcolor: GRID }),
    ...(zeroline !== false && { zerolinecolor: GRID }),
  };
}

function axisJson(
  axis: PlotAxis = {},
  { named, covered, equalUnits, ticks }: AxisContext,
): Record<string, unknown> {
  const { title, tickvals, ...rest } = axis;
  return {
    linecolor: INK,
    automargin: true,
    ...(covered || named ? { showgrid: false, zeroline: false } : gridColors(axis)),
    ...(!named && { exponentformat: 'power', minexponent: 5, separatethousands: true }),
    ...(equalUnits && { constrain: 'domain' }),
    ...(ticks && { tickvals: ticks.map(({ at }) => at), ticktext: ticks.map(({ label }) => label) }),
    ...rest,
    ...(tickvals && { tickvals: Array.from(tickvals) }),
    ...(title !== undefined && { title: { text: title } }),
  };
}

/** On a logarithmic axis Plotly wants an annotation's power of ten (but a shape's own value). */
function annotationJson({ xaxis, yaxis }: PlotLayout): (annotation: PlotAnnotation) => PlotAnnotation {
  const place = (value: number | string, axis: PlotAxis | undefined, reference?: string): number | string =>
    axis?.type === 'log' && reference !== 'paper' ? Math.log10(Number(value)) : value;
  return (annotation) => ({
    ...annotation,
    x: place(annotation.x, xaxis, annotation.xref),
    y: place(annotation.y, yaxis, annotation.yref),
  });
}

/** The ticks of the static picture, on a logarithmic axis. */
function logTicksOf(figure: Figure, axis: 'x' | 'y'): readonly Tick[] | undefined {
  const along = coordinatesOf(figure, axis);
  if (along.kind !== 'log') return undefined;
  const bars = rectanglesOf(figure, coordinatesOf(figure, 'x'), coordinatesOf(figure, 'y'));
  return ticksOf(along, domainOf(figure, axis, along, bars), 8);
}

function layoutJson(figure: Figure): Record<string, unknown> {
  const { traces, layout } = figure;
  const { title, xaxis, yaxis, barmode, annotations, width: _, ...rest } = layout;
  const hasBars = traces.some(({ type }) => type === 'bar' || type === 'histogram');
  const contextOf = (axis: 'x' | 'y'): AxisContext => ({
    named: coordinatesOf(figure, axis).kind === 'category',
    ticks: logTicksOf(figure, axis),
    covered: traces.some(({ type }) => type === 'heatmap'),
    equalUnits: xaxis?.scaleanchor !== undefined || yaxis?.scaleanchor !== undefined,
  });
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: FONT_FAMILY, size: 13, color: INK },
    margin: { l: 60, r: 20, t: title === undefined ? 40 : 75, b: 50 },
    hovermode: 'closest',
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: INK, activecolor: '#2d6fdc' },
    ...rest,
    autosize: true,
    ...(hasBars && { barmode }),
    ...(rest.showlegend && { legend: LEGEND }),
    ...(annotations && { annotations: annotations.map(annotationJson(layout)) }),
    ...(title !== undefined && { title: titleJson(title) }),
    xaxis: axisJson(xaxis, contextOf('x')),
    yaxis: axisJson(yaxis, contextOf('y')),
  };
}

function titleJson(text: string): Record<string, unknown> {
  return { text, font: { size: 16 }, x: 0.02, xanchor: 'left', y: 0.97, yanchor: 'top' };
}
