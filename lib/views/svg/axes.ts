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
  const across = axes.y?.showgrid === false ? [] : y.ticks;
  const up = axes.x?.showgrid === false ? [] : x.ticks;
  const grid =
    across.map(({ at }) => `M${px(area.left)} ${px(y.pixel(at))}H${px(area.right)}`).join('') +
    up.map(({ at }) => `M${px(x.pixel(at))} ${px(area.top)}V${px(area.bottom)}`).join('');
  return line(grid, 0.13) + line(zeroLines(x, y, area, axes), 0.4);
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

/** Whether a word along the x axis is too long to stand beside its neighbours. */
export function xLabelsCollide(ticks: Scale['ticks'], width: number): boolean {
  return ticks.some(({ label }) => textWidth(label) + 6 > width / ticks.length);
}

/** How far turned words reach to the left of the first slot, in pixels. */
export function turnedOverhang(ticks: Scale['ticks'], width: number): number {
  return textWidth(ticks[0]?.label ?? '') * 0.8 - width / ticks.length / 2 + 8;
}

/** Room that the words along the x axis take, in pixels. */
export function xAxisHeight(ticks: Scale['ticks'], axis: PlotAxis | undefined, turned: boolean): number {
  const labels = turned ? Math.max(0, ...ticks.map(({ label }) => textWidth(label))) * 0.64 + 14 : 20;
  return labels + (axis?.title ? 22 : 4);
}

/** The words along the x axis. */
export function xAxisSvg(x: Scale, area: Area, axis: PlotAxis | undefined, turned: boolean): string {
  const words = x.ticks.map(({ at, label }) => {
    const here = { x: x.pixel(at), y: area.bottom + 16 };
    return turned
      ? svgText(label, { x: here.x + 4, y: here.y - 3, anchor: 'end', rotateDegrees: -40 })
      : svgText(label, { ...here, anchor: 'middle' });
  });
  const y = area.bottom + xAxisHeight(x.ticks, axis, turned) - 6;
  const title = axis?.title
    ? svgText(axis.title, { x: (area.left + area.right) / 2, y, anchor: 'middle', size: 14 })
    : '';
  return words.join('') + title;
}

/** The words along the y axis. */
export function yAxisSvg(y: Scale, area: Area, axis: PlotAxis | undefined): string {
  const words = y.ticks.map(({ at, label }) =>
    svgText(label, { x: area.left - 7, y: y.pixel(at) + FONT_SIZE * 0.35, anchor: 'end' }),
  );
  if (!axis?.title) return words.join('');
  const x = area.left - yAxisWidth(y.ticks, axis) + 11;
  const title = svgText(axis.title, {
    x,
    y: (area.top + area.bottom) / 2,
    anchor: 'middle',
    size: 14,
    rotateDegrees: -90,
  });
  return words.join('') + title;
}

/** The two lines of the axes themselves. */
export function axisLinesSvg({ left, right, top, bottom }: Area): string {
  return line(`M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}`, 0.5);
}
