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
import type { Figure, FullHeatmap, FullScatter } from '../figure';
import {
  type Area,
  axisLinesSvg,
  gridSvg,
  layOutXLabels,
  type XLabels,
  xAxisSvg,
  yAxisSvg,
  yAxisWidth,
} from './axes';
import { barsSvg, heatmapSvg } from './blocks';
import { colorBarSvg, colorBarWidth } from './color-bar';
import { type Coordinates, coordinatesOf } from './coordinates';
import { type Domain, domainOf } from './domain';
import { annotationsSvg, shapesSvg } from './notes';
import { type Rectangle, rectanglesOf } from './rectangles';
import { createScale, type Scale } from './scale';
import { scatterSvg } from './scatter';
import { FONT_FAMILY, FONT_SIZE, px, svgText, textWidth, wrapText } from './text';

/** What is known of a figure once its coordinates are. */
interface Prepared {
  readonly figure: Figure;
  readonly xAlong: Coordinates;
  readonly yAlong: Coordinates;
  readonly xDomain: Domain;
  readonly yDomain: Domain;
  readonly bars: readonly Rectangle[];
  readonly heatmap: FullHeatmap | undefined;
}

/** A figure with every place in pixels. */
interface Placed extends Prepared {
  readonly area: Area;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabels: XLabels;
}

/** The figure as an `<svg>` whose `aria-label` is `alt`; without `alt` it is a part of something that has one. */
export function figureSvg(figure: Figure, alt?: string): string {
  const placed = place(prepare(figure));
  const { width, height } = sizeOf(placed);
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
  return `<svg${attributes}>${bodySvg(placed)}</svg>`;
}

/** The picture's size: with units of one length on both axes, without the room that these leave over. */
function sizeOf({ figure, area, heatmap, xLabels }: Placed): { width: number; height: number } {
  const { layout } = figure;
  const { lines, size } = titleOf(layout);
  const title = Math.max(...lines.split('<br>').map((line) => textWidth(line, size)));
  const beside = EDGE + (heatmap ? colorBarWidth(heatmap) : 6);
  return {
    width: Math.min(layout.width, Math.ceil(Math.max(area.right + beside, title + 2 * EDGE))),
    height: Math.min(layout.height, Math.ceil(area.bottom + EDGE / 2 + xLabels.height)),
  };
}

/** Below this many pixels the words would be too small. */
const leastWidth = (width: number): number => Math.round(width <= 400 ? width * 0.7 : width * 0.65);

function prepare(figure: Figure): Prepared {
  const [xAlong, yAlong] = [coordinatesOf(figure, 'x'), coordinatesOf(figure, 'y')];
  const bars = rectanglesOf(figure, xAlong, yAlong);
  return {
    figure,
    xAlong,
    yAlong,
    bars,
    xDomain: domainOf(figure, 'x', xAlong, bars),
    yDomain: domainOf(figure, 'y', yAlong, bars),
    heatmap: figure.traces.find((trace): trace is FullHeatmap => trace.type === 'heatmap'),
  };
}

const EDGE = 12;

/** A title's lines, its size fitting the picture. */
function titleOf({ title, width }: Figure['layout']): { readonly lines: string; readonly size: number } {
  const size = width < 400 ? 14 : 16;
  return { lines: title === undefined ? '' : wrapText(title, width - 2 * EDGE, size), size };
}

function topOf({ layout }: Figure): number {
  const { lines, size } = titleOf(layout);
  return lines === '' ? EDGE : EDGE + size * (1.25 * lines.split('<br>').length + 0.5);
}

function place(prepared: Prepared): Placed {
  const { figure, xAlong, yAlong, xDomain, yDomain, heatmap } = prepared;
  const { width, height, xaxis, yaxis } = figure.layout;
  const top = topOf(figure);
  const right = width - EDGE - (heatmap ? colorBarWidth(heatmap) : 6);
  const xScale = (pixels: readonly [number, number]): Scale =>
    createScale({
      along: xAlong,
      domain: xDomain,
      pixels,
      tickCount: Math.max(3, (pixels[1] - pixels[0]) / 70),
      axis: xaxis,
    });
  const yScale = (pixels: readonly [number, number]): Scale =>
    createScale({
      along: yAlong,
      domain: yDomain,
      pixels,
      tickCount: Math.max(2, (pixels[0] - pixels[1]) / 45),
      axis: yaxis,
    });
  // The words decide the room, and the room the words: one round of each settles it.
  const beside = EDGE + yAxisWidth(yScale([height - 50, top]).ticks, yaxis);
  const draftTicks = xScale([beside, right]).ticks;
  const left = Math.max(beside, layOutXLabels(draftTicks, right - beside, xaxis).overhang);
  const xLabels = layOutXLabels(draftTicks, right - left, xaxis);
  const bottom = height - EDGE / 2 - xLabels.height;
  const area = equalUnits({ left, right, top, bottom }, prepared);
  return {
    ...prepared,
    area,
    xLabels,
    x: xScale([area.left, area.right]),
    y: yScale([area.bottom, area.top]),
  };
}

/** With `scaleanchor`, the largest part of the area in which a unit is as long across as up. */
function equalUnits(area: Area, { figure, xDomain, yDomain }: Prepared): Area {
  const { xaxis, yaxis } = figure.layout;
  if (!xaxis?.scaleanchor && !yaxis?.scaleanchor) return area;
  const [across, up] = [Math.abs(xDomain[1] - xDomain[0]), Math.abs(yDomain[1] - yDomain[0])];
  const unit = Math.min((area.right - area.left) / across, (area.bottom - area.top) / up);
  return { ...area, right: area.left + unit * across, bottom: area.top + unit * up };
}

function bodySvg(placed: Placed): string {
  const { figure, area, x, y, xLabels, heatmap } = placed;
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
    clipped(shapesSvg(below, x, y, area) + marksSvg(placed) + shapesSvg(above, x, y, area), placed),
    axisLinesSvg(area),
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
