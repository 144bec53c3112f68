/**
 * Scatter traces as SVG: areas, lines, error bars, markers, words. Each of
 * them is one path a trace, to keep pictures of thousands of points small.
 */
import { htmlAttributes } from '../../frames/html';
import type { FullScatter } from '../figure';
import type { Dash, MarkerSymbol } from '../plot-types';
import { isDrawn, linePath, type Point } from './line-path';
import type { Scale } from './scale';
import { px, svgText } from './text';

const DASHARRAYS: { readonly [dash in Dash]: string | undefined } = {
  solid: undefined,
  dash: '8 5',
  dot: '2 4',
  dashdot: '9 4 2 4',
  longdash: '14 6',
};

/** `stroke-dasharray` for a dash, undefined for a solid line. */
export function dashArray(dash: Dash): string | undefined {
  return DASHARRAYS[dash];
}

/** The trace's points in pixels. */
export function pointsOf(trace: FullScatter, x: Scale, y: Scale): Point[] {
  return trace.x.map((value, i) => [x.place(value), y.place(trace.y[i])]);
}

/** A trace as SVG; `before` is the trace that `tonexty` fills down to. */
export function scatterSvg(trace: FullScatter, before: FullScatter | undefined, x: Scale, y: Scale): string {
  const points = pointsOf(trace, x, y);
  const parts = [areaSvg(trace, points, before && pointsOf(before, x, y), y)];
  if (trace.mode.includes('lines') && trace.line.width > 0) parts.push(lineSvg(trace, points));
  if (trace.error_y) parts.push(errorSvg(trace, points, y));
  if (trace.mode.includes('markers')) parts.push(markersSvg(trace, points.filter(isDrawn)));
  if (trace.mode.includes('text')) parts.push(wordsSvg(trace, points));
  const body = parts.join('');
  return trace.opacity === undefined || body === '' ? body : `<g opacity="${trace.opacity}">${body}</g>`;
}

function lineSvg({ line }: FullScatter, points: readonly Point[]): string {
  const attributes = htmlAttributes({
    d: linePath(points, { steps: line.shape === 'hv' }),
    fill: 'none',
    stroke: line.color,
    'stroke-width': line.width,
    'stroke-dasharray': dashArray(line.dash),
    'stroke-linejoin': 'round',
  });
  return `<path${attributes}/>`;
}

function areaSvg(
  trace: FullScatter,
  points: readonly Point[],
  before: readonly Point[] | undefined,
  y: Scale,
): string {
  if (trace.fill === 'none') return '';
  const drawn = points.filter(isDrawn);
  const zero = y.pixel(0);
  const [first, last] = [drawn[0], drawn.at(-1)];
  if (!first || !last) return '';
  const back: readonly Point[] =
    trace.fill === 'toself'
      ? []
      : trace.fill === 'tonexty' && before
        ? before.filter(isDrawn).toReversed()
        : [
            [last[0], zero],
            [first[0], zero],
          ];
  return `<path${htmlAttributes({ d: `${linePath([...drawn, ...back])}Z`, fill: trace.fillcolor })}/>`;
}

function errorSvg({ error_y, y: values, color }: FullScatter, points: readonly Point[], y: Scale): string {
  const { array, arrayminus = array } = error_y ?? {};
  const path = points.map((point, i) => {
    const value = values[i];
    if (!isDrawn(point) || typeof value !== 'number' || !array || !arrayminus) return '';
    const [top, bottom] = [y.place(value + (array[i] ?? 0)), y.place(value - (arrayminus[i] ?? 0))];
    const left = px(point[0] - 3);
    return `M${px(point[0])} ${px(top)}V${px(bottom)}M${left} ${px(top)}h6M${left} ${px(bottom)}h6`;
  });
  return `<path${htmlAttributes({ d: path.join(''), fill: 'none', stroke: color, 'stroke-width': 1.5 })}/>`;
}

/** One marker about the point 0, 0, `size` across, after the pen has moved to its centre. */
function markerPath(symbol: MarkerSymbol, size: number): string {
  const r = px(size / 2);
  const d = px(size);
  switch (symbol) {
    case 'circle':
      // A line of no length with a round end: by far the shortest to write.
      return 'h0';
    case 'square':
      return `m-${r}-${r}h${d}v${d}h-${d}z`;
    case 'diamond':
      return `m0-${px(size * 0.7)}l${px(size * 0.6)} ${px(size * 0.7)}l-${px(size * 0.6)} ${px(size * 0.7)}l-${px(size * 0.6)}-${px(size * 0.7)}z`;
    case 'triangle-up':
      return `m0-${px(size * 0.6)}l${px(size * 0.6)} ${px(size * 1.1)}h-${px(size * 1.2)}z`;
    case 'x':
      return `m-${r}-${r}l${d} ${d}m-${d} 0l${d}-${d}`;
    case 'cross':
      return `m-${r} 0h${d}m-${r}-${r}v${d}`;
  }
}

/** Markers at the points, all in one path. */
export function markersSvg({ marker }: FullScatter, points: readonly Point[]): string {
  const { color, size, symbol } = marker;
  const isOpen = symbol === 'x' || symbol === 'cross';
  const isDot = symbol === 'circle';
  const shape = markerPath(symbol, size);
  const attributes = htmlAttributes({
    d: points.map(([x, y]) => `M${px(x)} ${px(y)}${shape}`).join(''),
    fill: isOpen || isDot ? 'none' : color,
    stroke: isOpen || isDot ? color : undefined,
    'stroke-width': isDot ? size : isOpen ? 2 : undefined,
    'stroke-linecap': isDot ? 'round' : undefined,
  });
  return `<path${attributes}/>`;
}

function wordsSvg({ text = [], mode, marker }: FullScatter, points: readonly Point[]): string {
  const lift = mode.includes('markers') ? marker.size / 2 + 4 : -4;
  return points
    .map((point, i) =>
      isDrawn(point) && text[i]
        ? svgText(text[i], { x: point[0], y: point[1] - lift, anchor: 'middle' })
        : '',
    )
    .join('');
}
