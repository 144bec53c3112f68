/**
 * The legend above the axes, and the colour bar beside a heatmap.
 */
import { scaleLinear } from 'd3-scale';
import { htmlAttributes } from '../../frames/html';
import { colorAt, hexOf } from '../color';
import type { FullHeatmap, FullScatter, FullTrace } from '../figure';
import type { Area } from './axes';
import { cellGridSvg } from './blocks';
import { dashArray, markersSvg } from './scatter';
import { px, svgText, textWidth } from './text';

const ROW_HEIGHT = 20;
const KEY_WIDTH = 28;

interface Entry {
  readonly trace: FullTrace;
  readonly x: number;
  readonly row: number;
}

/** Entries in rows no wider than `width`; none where the figure shows no legend. */
function entriesOf(traces: readonly FullTrace[], show: boolean, width: number): Entry[] {
  let [x, row] = [0, 0];
  return (show ? traces.filter((trace) => trace.showlegend) : []).map((trace) => {
    const size = KEY_WIDTH + 6 + textWidth(trace.name) + 18;
    if (x > 0 && x + size > width) [x, row] = [0, row + 1];
    const entry = { trace, x, row };
    x += size;
    return entry;
  });
}

/** Room that the legend takes, in pixels. */
export function legendHeight(traces: readonly FullTrace[], show: boolean, width: number): number {
  const last = entriesOf(traces, show, width).at(-1);
  return last ? (last.row + 1) * ROW_HEIGHT + 4 : 0;
}

/** The legend, its first row at `top`: line, dash and marker as they are drawn. */
export function legendSvg(
  traces: readonly FullTrace[],
  show: boolean,
  { left, top, width }: { left: number; top: number; width: number },
): string {
  return entriesOf(traces, show, width)
    .map(({ trace, x, row }) => {
      const [from, y] = [left + x, top + row * ROW_HEIGHT + ROW_HEIGHT / 2];
      return keySvg(trace, from, y) + svgText(trace.name, { x: from + KEY_WIDTH + 6, y: y + 4 });
    })
    .join('');
}

function keySvg(trace: FullTrace, x: number, y: number): string {
  if (trace.type !== 'scatter') {
    const color = 'color' in trace ? trace.color : 'currentColor';
    return `<rect${htmlAttributes({ x: px(x + 8), y: px(y - 6), width: 12, height: 12, fill: color })}/>`;
  }
  const isArea = trace.fill !== 'none' && !trace.mode.includes('lines');
  const area = { x: px(x), y: px(y - 6), width: KEY_WIDTH, height: 12, fill: trace.fillcolor };
  return (
    (isArea ? `<rect${htmlAttributes(area)}/>` : '') +
    (trace.mode.includes('lines') ? keyLine(trace, x, y) : '') +
    (trace.mode.includes('markers') ? markersSvg(trace, [[x + KEY_WIDTH / 2, y]]) : '')
  );
}

function keyLine({ line }: FullScatter, x: number, y: number): string {
  const attributes = htmlAttributes({
    d: `M${px(x)} ${px(y)}h${KEY_WIDTH}`,
    stroke: line.color,
    'stroke-width': line.width,
    'stroke-dasharray': dashArray(line.dash),
  });
  return `<path${attributes}/>`;
}

const BAR_STEPS = 48;

/** Room that a heatmap's colour bar takes on the right, in pixels. */
export function colorBarWidth({ showscale = true, range, colorbar }: FullHeatmap): number {
  if (!showscale) return 0;
  const labels = barTicks(range).map(({ label }) => textWidth(label));
  return 12 + 14 + 8 + Math.max(0, ...labels) + (colorbar?.title ? 22 : 0);
}

function barTicks(range: FullHeatmap['range']): { at: number; label: string }[] {
  const scale = scaleLinear().domain([...range]);
  const write = scale.tickFormat(5);
  return scale.ticks(5).map((at) => ({ at, label: write(at) }));
}

/** The colour bar, beside the area, with its values. */
export function colorBarSvg(trace: FullHeatmap, { right, top, bottom }: Area): string {
  if (trace.showscale === false) return '';
  const [x, height] = [right + 12, bottom - top];
  const steps = Array.from({ length: BAR_STEPS }, (_, i) => [
    hexOf(colorAt(trace.colorMap, 1 - i / (BAR_STEPS - 1))),
  ]);
  const bar = cellGridSvg(steps, { left: x, top, width: 14, height: height / BAR_STEPS });
  const scale = scaleLinear()
    .domain([...trace.range])
    .range([bottom, top]);
  const words = barTicks(trace.range).map(({ at, label }) => svgText(label, { x: x + 20, y: scale(at) + 4 }));
  const title = trace.colorbar?.title
    ? svgText(trace.colorbar.title, {
        x: x + colorBarWidth(trace) - 18,
        y: (top + bottom) / 2,
        anchor: 'middle',
        size: 14,
        rotateDegrees: -90,
      })
    : '';
  return `${bar}${words.join('')}${title}`;
}
