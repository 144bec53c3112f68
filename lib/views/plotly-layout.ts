/**
 * Everything around the traces as the JSON that Plotly draws.
 */
import type { Figure } from './figure';
import type { PlotAnnotation, PlotAxis, PlotLayout } from './plot-types';
import { plotlyAxis } from './plotly-axis';
import { PLOTLY_INK, PLOTLY_LINE } from './plotly-ink';
import { FONT_FAMILY, wrapText } from './svg/text';

/** The layout: transparent, in the book's typeface, its legend below. */
export function plotlyLayout(figure: Figure): Record<string, unknown> {
  const { traces, layout } = figure;
  const { title, barmode, annotations, shapes, width: _, ...rest } = layout;
  const hasBars = traces.some(({ type }) => type === 'bar' || type === 'histogram');
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: FONT_FAMILY, size: 13, color: PLOTLY_INK },
    margin: { l: 60, r: 20, t: MODE_BAR + titleHeight(title), b: 50 },
    hovermode: 'closest',
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: PLOTLY_INK, activecolor: '#2d6fdc' },
    ...rest,
    autosize: true,
    ...(hasBars && { barmode }),
    ...(rest.showlegend && { legend: legendJson(rest.height) }),
    ...(annotations && { annotations: annotations.map(annotationJson(layout)) }),
    ...(shapes && {
      shapes: shapes.map((shape) => ({ ...shape, line: { color: PLOTLY_LINE, ...shape.line } })),
    }),
    ...(title !== undefined && { title: titleJson(title, rest.height) }),
    xaxis: plotlyAxis(figure, 'x'),
    yaxis: plotlyAxis(figure, 'y'),
  };
}

/** Room for Plotly's buttons, above the title. */
const MODE_BAR = 30;
const TITLE_SIZE = 15;

/** Plotly breaks no lines: a title must fit a telephone. */
const titleLines = (text: string): string => wrapText(text, 320, TITLE_SIZE);

function titleHeight(text: string | undefined): number {
  return text === undefined ? 0 : titleLines(text).split('<br>').length * TITLE_SIZE * 1.3 + 8;
}

function titleJson(text: string, height: number): Record<string, unknown> {
  const y = 1 - MODE_BAR / height;
  return { text: titleLines(text), font: { size: TITLE_SIZE }, x: 0.02, xanchor: 'left', y, yanchor: 'top' };
}

/** On a logarithmic axis Plotly wants an annotation's power of ten (but a shape's own value). */
function annotationJson({
  xaxis,
  yaxis,
}: PlotLayout): (annotation: PlotAnnotation) => Readonly<Record<string, unknown>> {
  const place = (value: number | string, axis: PlotAxis | undefined, reference?: string): number | string =>
    axis?.type === 'log' && reference !== 'paper' ? Math.log10(Number(value)) : value;
  return (annotation) => ({
    ...(annotation.showarrow !== false && { arrowcolor: PLOTLY_LINE }),
    ...annotation,
    x: place(annotation.x, xaxis, annotation.xref),
    y: place(annotation.y, yaxis, annotation.yref),
  });
}

/** Below the axes, where it covers no title, some 48 pixels below the area of so high a figure. */
function legendJson(height: number): Record<string, unknown> {
  const y = -48 / Math.max(80, height - 130);
  return { orientation: 'h', x: 0, y, yanchor: 'top', traceorder: 'normal' };
}
