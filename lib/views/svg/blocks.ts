/**
 * Bars and the cells of heatmaps as SVG.
 */
import { htmlAttributes } from '../../frames/html';
import { colorAt, hexOf, positionIn, textColorOn } from '../color';
import type { FullHeatmap } from '../figure';
import { cellEdges } from './cells';
import type { Coordinates } from './coordinates';
import type { Rectangle } from './rectangles';
import type { Scale } from './scale';
import { px, svgText, textWidth } from './text';

/** Bars, each run of one colour as one path, their words at their ends. */
export function barsSvg(bars: readonly Rectangle[], x: Scale, y: Scale): string {
  const paths = new Map<string, { color: string; opacity: number; d: string }>();
  let words = '';
  for (const bar of bars) {
    const [left, right] = [x.pixel(bar.x0), x.pixel(bar.x1)].sort((a, b) => a - b) as [number, number];
    const [top, bottom] = [y.pixel(bar.y0), y.pixel(bar.y1)].sort((a, b) => a - b) as [number, number];
    const key = `${bar.color} ${bar.opacity}`;
    const path = paths.get(key) ?? { color: bar.color, opacity: bar.opacity, d: '' };
    path.d += `M${px(left)} ${px(top)}H${px(right)}V${px(bottom)}H${px(left)}z`;
    paths.set(key, path);
    if (bar.text) words += wordsOf(bar, { left, right, top, bottom });
  }
  const drawn = [...paths.values()].map(({ color, opacity, d }) => {
    const attributes = {
      d,
      fill: color,
      'fill-opacity': opacity === 1 ? undefined : opacity,
      stroke: color,
      'stroke-width': 0.5,
    };
    return `<path${htmlAttributes(attributes)}/>`;
  });
  return drawn.join('') + words;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function wordsOf(
  { text = '', horizontal, x0, x1, y0, y1 }: Rectangle,
  { left, right, top, bottom }: Box,
): string {
  if (!horizontal) {
    const y = y1 < y0 ? bottom + 13 : top - 4;
    return svgText(text, { x: (left + right) / 2, y, anchor: 'middle' });
  }
  const backwards = x1 < x0;
  const x = backwards ? left - 4 : right + 4;
  return svgText(text, { x, y: (top + bottom) / 2 + 4, anchor: backwards ? 'end' : 'start' });
}

/** A heatmap's cells, and the words in them where there is room. */
export function heatmapSvg(
  trace: FullHeatmap,
  x: Scale,
  y: Scale,
  { xAlong, yAlong }: { xAlong: Coordinates; yAlong: Coordinates },
): string {
  const columns = cellEdges(trace.x.map((value) => xAlong.numberOf(value))).map((edge) => x.pixel(edge));
  const rows = cellEdges(trace.y.map((value) => yAlong.numberOf(value))).map((edge) => y.pixel(edge));
  const cells =
    isEven(columns) && isEven(rows) ? evenCellsSvg(trace, columns, rows) : cellsSvg(trace, columns, rows);
  return cells + (trace.text ? cellWordsSvg(trace, columns, rows) : '');
}

function isEven(edges: readonly number[]): boolean {
  const size = (edges[1] ?? 0) - (edges[0] ?? 0);
  return edges.slice(1).every((edge, i) => Math.abs(edge - (edges[i] ?? 0) - size) < 0.01);
}

/** Colours are told apart in so many steps: no eye sees more, and runs of one colour grow longer. */
const COLOR_STEPS = 96;

function cellColor({ colorMap, range }: FullHeatmap, value: number): string {
  const position = Math.min(1, Math.max(0, positionIn(value, range)));
  return hexOf(colorAt(colorMap, Math.round(position * COLOR_STEPS) / COLOR_STEPS));
}

/** Appends to the text under a key. */
function append(texts: Map<string, string>, key: string, text: string): void {
  texts.set(key, `${texts.get(key) ?? ''}${text}`);
}

function evenCellsSvg(trace: FullHeatmap, columns: readonly number[], rows: readonly number[]): string {
  const colors = trace.z.map((row) =>
    row.map((value) => (Number.isFinite(value) ? cellColor(trace, value) : '')),
  );
  const [left = 0, right = 0] = [columns[0], columns[1]];
  const [first = 0, second = 0] = [rows[0], rows[1]];
  return cellGridSvg(colors, { left, top: first, width: right - left, height: second - first });
}

/**
 * Colours as cells of one size, each run of equal ones as a line as thick as a
 * row, drawn in cells and scaled: some seven bytes a run.
 *
 * @param place the first cell's corner and size in pixels; a negative size goes leftwards or upwards.
 */
export function cellGridSvg(
  colors: readonly (readonly string[])[],
  place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): string {
  const runs = new Map<string, { d: string; x: number; y: number }>();
  colors.forEach((row, i) => {
    for (let start = 0; start < row.length; ) {
      let end = start + 1;
      while (end < row.length && row[end] === row[start]) end++;
      const color = row[start];
      const { d, x, y } = runs.get(color ?? '') ?? { d: '', x: 0, y: 0 };
      const move = d === '' ? `M${start} ${i}` : `m${start - x} ${i - y}`;
      if (color) runs.set(color, { d: `${d}${move}h${end - start}`, x: end, y: i });
      start = end;
    }
  });
  const { left, top, width, height } = place;
  const scale = [width, height].map((size) => Number(size.toFixed(4))).join(' ');
  const transform = `translate(${px(left)} ${px(top + height / 2)})scale(${scale})`;
  const lines = [...runs].map(([color, { d }]) => `<path stroke="${color}" d="${d}"/>`);
  return `<g transform="${transform}" fill="none" shape-rendering="crispEdges">${lines.join('')}</g>`;
}

/** Cells of any sizes, each a shape of its own. */
function cellsSvg(trace: FullHeatmap, columns: readonly number[], rows: readonly number[]): string {
  const paths = new Map<string, string>();
  trace.z.forEach((row, i) => {
    row.forEach((value, j) => {
      if (!Number.isFinite(value)) return;
      const [left, right, top, bottom] = [columns[j], columns[j + 1], rows[i], rows[i + 1]].map((edge) =>
        px(edge ?? 0),
      );
      append(paths, cellColor(trace, value), `M${left} ${top}H${right}V${bottom}H${left}z`);
    });
  });
  const drawn = [...paths].map(([fill, d]) => `<path fill="${fill}" d="${d}"/>`);
  return `<g shape-rendering="crispEdges">${drawn.join('')}</g>`;
}

function cellWordsSvg(trace: FullHeatmap, columns: readonly number[], rows: readonly number[]): string {
  const { z, text = [], colorMap, range } = trace;
  const width = Math.abs((columns[1] ?? 0) - (columns[0] ?? 0));
  const height = Math.abs((rows[1] ?? 0) - (rows[0] ?? 0));
  const longest = Math.max(1, ...text.flat().map((words) => textWidth(words, 1)));
  const size = Math.min(13, Math.floor((width - 4) / longest), Math.floor(height - 2));
  if (size < 6) return '';
  const byColor = new Map<string, string>();
  for (const [i, row] of z.entries()) {
    for (const [j, value] of row.entries()) {
      const words = text[i]?.[j];
      if (!words) continue;
      const x = ((columns[j] ?? 0) + (columns[j + 1] ?? 0)) / 2;
      const y = ((rows[i] ?? 0) + (rows[i + 1] ?? 0)) / 2 + size * 0.35;
      append(byColor, textColorOn(colorAt(colorMap, positionIn(value, range))), svgText(words, { x, y }));
    }
  }
  return [...byColor]
    .map(([fill, words]) => {
      const look = htmlAttributes({ fill, 'font-size': size, 'text-anchor': 'middle' });
      return `<g${look}>${words}</g>`;
    })
    .join('');
}
