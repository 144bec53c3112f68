/**
 * Axes as SVG: grid lines, ticks and their words, titles. All of it takes the
 * colour of the text around the figure, so it turns with a dark page.
 */
import { htmlAttributes } from '../../frames/html';
import type { PlotAxis } from '../plot-types';
import type { Scale } from './scale';
import { FONT_SIZE, px, svgText, textWidth } from './text';

/** The rectangle inside the axes, in pixels. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const line = (d: string, opacity: number): string =>
  d === ''
    ? ''
    : `<path${htmlAttributes({ d, fill: 'none', stroke: 'currentColor', 'stroke-opacity': opacity })}/>`;

/** Grid lines of both axes, under everything else; zero is drawn stronger. */
export function gridSvg(x: Scale, y: Scale, area: Area, axes: { x?: PlotAxis; y?: PlotAxis }): string {
  const across = hasGrid(y, axes.y) ? y.ticks : [];
  const up = hasGrid(x, axes.x) ? x.ticks : [];
  const grid =
    across.map(({ at }) => `M${px(area.left)} ${px(y.pixel(at))}H${px(area.right)}`).join('') +
    up.map(({ at }) => `M${px(x.pixel(at))} ${px(area.top)}V${px(area.bottom)}`).join('');
  return line(grid, 0.13) + line(zeroLines(x, y, area, axes), 0.4);
}

/** Names have no grid lines unless asked for: they are not places on a line. */
function hasGrid({ kind }: Scale, axis: PlotAxis | undefined): boolean {
  return axis?.showgrid ?? kind !== 'category';
}

/** Zero, where it lies well inside an axis of numbers; at its very end it would double the axis. */
function hasZeroLine({ domain: [from, to], kind }: Scale, axis: PlotAxis | undefined): boolean {
  const share = -from / (to - from);
  return kind === 'linear' && (axis?.zeroline ?? true) && share > 0.06 && share < 0.94;
}

function zeroLines(x: Scale, y: Scale, area: Area, axes: { x?: PlotAxis; y?: PlotAxis }): string {
  const across = hasZeroLine(y, axes.y) ? `M${px(area.left)} ${px(y.pixel(0))}H${px(area.right)}` : '';
  const up = hasZeroLine(x, axes.x) ? `M${px(x.pixel(0))} ${px(area.top)}V${px(area.bottom)}` : '';
  return across + up;
}

/** Room that the words along the y axis take, in pixels. */
export function yAxisWidth(ticks: Scale['ticks'], axis: PlotAxis | undefined): number {
  const labels = Math.max(0, ...ticks.map(({ label }) => textWidth(label)));
  return labels + 10 + (axis?.title ? 20 : 0);
}

/** How the words along the x axis stand: side by side, slanting where they are long, upright where they are many. */
export interface XLabels {
  readonly turnDegrees: 0 | -40 | -90;
  /** Every how manieth is written. */
  readonly every: number;
  /** Room they take below the axis, the axis title included, in pixels. */
  readonly height: number;
  /** How far they reach to the left of the first slot, in pixels. */
  readonly overhang: number;
}

const LINE = FONT_SIZE + 2;

/** How words stand in so many pixels. */
export function layOutXLabels(ticks: Scale['ticks'], width: number, axis: PlotAxis | undefined): XLabels {
  const slot = width / Math.max(1, ticks.length);
  const longest = Math.max(0, ...ticks.map(({ label }) => textWidth(label)));
  const turnDegrees = longest + 6 <= slot ? 0 : slot >= 1.6 * LINE ? -40 : -90;
  const turned = { 0: 20, [-40]: longest * 0.64 + 16, [-90]: longest + 12 }[turnDegrees];
  return {
    turnDegrees,
    every: turnDegrees === 0 ? 1 : Math.max(1, Math.ceil(LINE / slot)),
    height: turned + (axis?.title ? 22 : 4),
    overhang: turnDegrees === -40 ? textWidth(ticks[0]?.label ?? '') * 0.8 - slot / 2 + 8 : 0,
  };
}

/** The words along the x axis. */
export function xAxisSvg(x: Scale, area: Area, axis: PlotAxis | undefined, labels: XLabels): string {
  const { turnDegrees, every, height } = labels;
  const words = x.ticks.map(({ at, label }, i) => {
    if (i % every !== 0) return '';
    const place = { x: x.pixel(at), y: area.bottom + 17 };
    if (turnDegrees === 0) return svgText(label, place);
    const shift =
      turnDegrees === -90
        ? { x: place.x + FONT_SIZE * 0.35, y: area.bottom + 7 }
        : { x: place.x + 4, y: place.y - 3 };
    return svgText(label, { ...shift, rotateDegrees: turnDegrees });
  });
  const middle = (area.left + area.right) / 2;
  const title = axis?.title
    ? svgText(axis.title, { x: middle, y: area.bottom + height - 6, anchor: 'middle', size: 14 })
    : '';
  return wordsSvg(words, turnDegrees === 0 ? 'middle' : 'end') + title;
}

function wordsSvg(words: readonly string[], anchor: 'middle' | 'end'): string {
  return words.length === 0 ? '' : `<g text-anchor="${anchor}">${words.join('')}</g>`;
}

/** The words along the y axis. */
export function yAxisSvg(y: Scale, area: Area, axis: PlotAxis | undefined): string {
  const words = y.ticks.map(({ at, label }) =>
    svgText(label, { x: area.left - 7, y: y.pixel(at) + FONT_SIZE * 0.35 }),
  );
  if (!axis?.title) return wordsSvg(words, 'end');
  const x = area.left - yAxisWidth(y.ticks, axis) + 11;
  const title = svgText(axis.title, {
    x,
    y: (area.top + area.bottom) / 2,
    anchor: 'middle',
    size: 14,
    rotateDegrees: -90,
  });
  return wordsSvg(words, 'end') + title;
}

/** The two lines of the axes themselves. */
export function axisLinesSvg(
  { left, right, top, bottom }: Area,
  axes: { x: PlotAxis | undefined; y: PlotAxis | undefined },
): string {
  const y = axes.y?.showline === false ? '' : `M${px(left)} ${px(top)}V${px(bottom)}`;
  const x = axes.x?.showline === false ? '' : `H${px(right)}`;
  return line(x && !y ? `M${px(left)} ${px(bottom)}${x}` : y + x, 0.5);
}
