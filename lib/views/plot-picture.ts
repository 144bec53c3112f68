/**
 * A figure as static HTML: the picture, a second one drawn for narrow screens
 * (the printed book shows whichever fits), and the legend.
 */
import { htmlElement } from '../frames/html';
import { completeFigure, type Figure } from './figure';
import { legendTraces, plotLegendHtml } from './legend-html';
import type { PlotLayout, PlotTrace } from './plot-types';
import { figureSvg } from './svg/draw';

/** The width of pictures for narrow screens, in pixels: a phone's, less the page's margins. */
const NARROW = 350;

/** The picture with its legend, as HTML. */
export function plotPicture(traces: readonly PlotTrace[], figure: Figure, alt: string): string {
  const { layout } = figure;
  const wide = figureSvg(figure, alt);
  const legend = plotLegendHtml(legendTraces(figure));
  const box = (className: string, style: string, svg: string): string =>
    htmlElement('div', { class: className, style: `overflow-x:auto;max-width:100%${style}` }, svg);
  if (layout.width <= NARROW) return box('inkwell-picture', '', wide) + legend;
  const narrow = figureSvg(completeFigure(traces, narrowLayout(layout)), alt);
  return (
    box('inkwell-picture inkwell-wide', '', wide) +
    box('inkwell-picture inkwell-narrow', ';display:none', narrow) +
    legend
  );
}

/** As high as before where units are free, in the same shape where they are not. */
function narrowLayout(layout: Figure['layout']): PlotLayout {
  const { width, height, xaxis, yaxis } = layout;
  const isShaped = xaxis?.scaleanchor !== undefined || yaxis?.scaleanchor !== undefined;
  const shaped = Math.round((height * NARROW) / width);
  const free = Math.round(Math.min(height, Math.max(shaped, 290)));
  return { ...layout, width: NARROW, height: Math.max(100, isShaped ? shaped : free) };
}
