/**
 * A figure as the JSON that Plotly draws (`application/vnd.plotly.v1+json`).
 *
 * Backgrounds are transparent and the words a grey that can be read on white
 * and on dark pages, since the figure does not know where it will stand.
 */
import { plotlyScale } from './color';
import type { Figure, FullHeatmap, FullScatter, FullTrace } from './figure';
import { plotlyLayout } from './plotly-layout';
import { linearTicks } from './svg/ticks';

/** What goes under `application/vnd.plotly.v1+json`. */
export interface PlotlyFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The figure as Plotly's JSON: plain data, numbers to six significant digits. */
export function plotlyFigure(figure: Figure): PlotlyFigure {
  const json = {
    data: figure.traces.map(traceJson),
    layout: plotlyLayout(figure),
    config: { displaylogo: false, responsive: true, modeBarButtonsToRemove: ['select2d', 'lasso2d'] },
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
      const { colorMap, range, colorbar: _, showlegend: __, text, ...rest } = trace;
      return {
        ...rest,
        zmin: range[0],
        zmax: range[1],
        colorscale: plotlyScale(colorMap),
        ...(text && { text, texttemplate: '%{text}' }),
        ...(trace.showscale !== false && { colorbar: colorBarJson(trace) }),
      };
    }
  }
}

/** With the ticks of the static picture. */
function colorBarJson({ range, colorbar }: FullHeatmap): Record<string, unknown> {
  const ticks = linearTicks(range, 5);
  return {
    thickness: 14,
    outlinewidth: 0,
    tickvals: ticks.map(({ at }) => at),
    ticktext: ticks.map(({ label }) => label),
    ...(colorbar?.title && { title: { text: colorbar.title, side: 'right' } }),
  };
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
