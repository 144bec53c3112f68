/**
 * A figure as a static SVG picture: what stands on paper, and wherever no
 * script may run. It is drawn by us from the same figure as the Plotly JSON.
 *
 * Plotly itself can run on Node inside jsdom; measured, that takes 1.0 s for
 * the first picture and 0.15 s for each later one, draws no heatmap (there is
 * no canvas), guesses the size of every text, and knows one background only.
 * This takes milliseconds, and its lines and words have the page's own colour.
 */
import { createHash } from 'node:crypto';
import { htmlAttributes } from '../../frames/html';
import type { Figure, FullScatter } from '../figure';
import { axisLinesSvg, gridSvg, xAxisSvg, yAxisSvg } from './axes';
import { barsSvg, heatmapSvg } from './blocks';
import { colorBarSvg } from './color-bar';
import { annotationsSvg, shapesSvg } from './notes';
import { EDGE, type Placed, placed, sizeOf, titleOf } from './place';
import { scatterSvg } from './scatter';
import { FONT_FAMILY, FONT_SIZE, px, svgText } from './text';

/** The figure as an `<svg>` whose `aria-label` is `alt`; without `alt` it is a part of something that has one. */
export function figureSvg(figure: Figure, alt?: string): string {
  const whole = placed(figure);
  const { width, height } = sizeOf(whole);
  const attributes = htmlAttributes({
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    ...(alt === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': alt }),
    fill: 'currentColor',
    'font-family': FONT_FAMILY,
    'font-size': FONT_SIZE,
    // Narrower than this the words would be too small: then the box around it scrolls.
    style: `display:block;width:100%;max-width:${width}px;min-width:${leastWidth(width)}px;height:auto`,
  });
  return `<svg${attributes}>${bodySvg(whole)}</svg>`;
}

/** Below this many pixels the words would be too small. */
const leastWidth = (width: number): number => Math.round(width <= 400 ? width * 0.7 : width * 0.65);

function bodySvg(whole: Placed): string {
  const { figure, area, x, y, xLabels, heatmap } = whole;
  const { layout } = figure;
  const { xaxis, yaxis, shapes = [], annotations = [] } = layout;
  const below = shapes.filter(({ layer }) => layer === 'below');
  const above = shapes.filter(({ layer }) => layer !== 'below');
  const title = titleOf(layout);
  return [
    title.lines === ''
      ? ''
      : svgText(title.lines, { x: EDGE, y: EDGE + title.size * 0.8, size: title.size, weight: 'bold' }),
    heatmap ? '' : gridSvg(x, y, area, { ...(xaxis && { x: xaxis }), ...(yaxis && { y: yaxis }) }),
    clipped(shapesSvg(below, x, y, area) + marksSvg(whole) + shapesSvg(above, x, y, area), whole),
    axisLinesSvg(area, { x: xaxis, y: yaxis }),
    xAxisSvg(x, area, xaxis, xLabels),
    yAxisSvg(y, area, yaxis),
    heatmap ? colorBarSvg(heatmap, area) : '',
    annotationsSvg(annotations, x, y, area),
  ].join('');
}

/** The traces: cells lowest, bars next, points and lines on top. */
function marksSvg({ figure, x, y, bars, xAlong, yAlong }: Placed): string {
  const cells = figure.traces.map((trace) =>
    trace.type === 'heatmap' ? heatmapSvg(trace, x, y, { xAlong, yAlong }) : '',
  );
  const scatters = figure.traces.filter((trace): trace is FullScatter => trace.type === 'scatter');
  const lines = scatters.map((trace, i) => scatterSvg(trace, scatters[i - 1], x, y));
  return cells.join('') + barsSvg(bars, x, y) + lines.join('');
}

/** Where an axis has a range of its own, what lies outside must not be seen. */
function clipped(marks: string, { figure, area }: Placed): string {
  const { xaxis, yaxis } = figure.layout;
  if (!xaxis?.range && !yaxis?.range) return marks;
  const { left, right, top, bottom } = area;
  const box = `M${px(left)} ${px(top)}H${px(right)}V${px(bottom)}H${px(left)}z`;
  const id = `inkwell-${createHash('sha256').update(`${figure.layout.width} ${box}`).digest('hex').slice(0, 10)}`;
  return `<clipPath id="${id}"><path d="${box}"/></clipPath><g clip-path="url(#${id})">${marks}</g>`;
}
