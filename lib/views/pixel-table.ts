/**
 * The pixel table: an image as a data frame whose cells are shaded by value,
 * the numbers still readable in them (what pandas' `Styler.background_gradient`
 * does). Chapter 02 builds the idea.
 *
 * It is a real table, so it can be read aloud and copied; its look is inline,
 * and small: a 28×28 image stays under 60 KB.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFunction, aNumber, aPair, aString, either } from '../core/argument-kinds';
import { escapeHtml } from '../core/html';
import { aFrame, aPixelSource } from '../frames/argument-kinds';
import { formatNumber } from '../frames/format';
import { Frame } from '../frames/frame';
import { htmlElement, htmlFigure, scrollBox } from '../frames/html';
import { type CropOptions, imageFrame, type PixelSource } from '../frames/pixels';
import {
  aColorMap,
  type ColorMap,
  checkValueRange,
  colorAt,
  defaultRange,
  hexOf,
  positionIn,
  textColorOn,
  type ValueRange,
} from './color';
import { createView, type View } from './view';

/** How a pixel table looks. */
export interface PixelTableOptions extends CropOptions {
  /** Default `ink`; `diverging` for weights. */
  readonly colorMap?: ColorMap;
  /** Values at the ends of the colour map; default see `defaultRange`. */
  readonly range?: ValueRange;
  /** How a value is written; default `formatNumber` with `digits`. */
  readonly format?: (value: number) => string;
  /** Significant digits of numbers that are not whole; default 2. */
  readonly digits?: number;
  /** Stands below the table. */
  readonly caption?: string;
}

const MOST_CELLS = 64 * 64;
/** A whole 28 × 28 image fits a page in 9 px figures; fewer columns leave room for larger ones. */
const fontSizeFor = (columns: number): number => (columns <= 16 ? 12 : 9);

const TABLE_STYLE =
  'border-collapse:collapse;table-layout:fixed;margin:0;text-align:right;font-family:Book Sans,system-ui,sans-serif;line-height:1;' +
  'font-variant-numeric:tabular-nums;-webkit-print-color-adjust:exact;print-color-adjust:exact';
const CELL_STYLE = 'padding:0 2px';
const INDEX_STYLE = `${CELL_STYLE};border:0;text-align:right;font-weight:normal;opacity:.75`;

interface Cells {
  readonly columns: readonly string[];
  readonly firstRow: number;
  readonly rows: readonly (readonly number[])[];
}

function cellsOf<Row extends object>(source: PixelSource | Frame<Row>, crop: CropOptions): Cells {
  const isFrame = source instanceof Frame;
  const frame: Frame = isFrame
    ? new Frame(source.slice(crop.rows?.[0] ?? 0, crop.rows?.[1]).table)
    : new Frame(imageFrame(source, crop).table);
  const columns = isFrame ? frame.columns.slice(crop.columns?.[0], crop.columns?.[1]) : frame.columns;
  if (columns.length * frame.rowCount > MOST_CELLS) {
    throw new RangeError(
      `pixelTable: ${frame.rowCount} × ${columns.length} cells are too many to read, at most ${MOST_CELLS}; give rows and columns`,
    );
  }
  const values = columns.map((name) => numbersOf(frame, name));
  const rows = Array.from({ length: frame.rowCount }, (_, row) =>
    values.map((column) => column[row] ?? Number.NaN),
  );
  return { columns, firstRow: crop.rows?.[0] ?? 0, rows };
}

function numbersOf(frame: Frame, name: string): number[] {
  return Array.from(frame.column(name), (value) => {
    if (typeof value === 'number') return value;
    throw new TypeError(`pixelTable: column "${name}" must hold numbers, got ${value}`);
  });
}

/**
 * An image, or a frame of numbers, as a table whose cells are shaded by value.
 *
 * Row and column indices are those of the whole image, also in a crop.
 * Throws TypeError for a frame with other columns than numbers, RangeError for a colour image, a range outside the image, or more than 4,096 cells.
 *
 * @example pixelTable(image, { rows: [5, 15], columns: [5, 15], caption: 'The top of a 7' })
 */
export function pixelTable<Row extends object = Record<string, number>>(
  source: PixelSource | Frame<Row>,
  options: PixelTableOptions = {},
): View {
  checkArguments('pixelTable', { source }, { source: either(aPixelSource, aFrame) });
  checkOptions('pixelTable', options, {
    rows: aPair,
    columns: aPair,
    colorMap: aColorMap,
    range: aPair,
    digits: aNumber,
    format: aFunction,
    caption: aString,
  });
  const { rows, columns, colorMap = 'ink', range, digits = 2, format, caption } = options;
  const cells = cellsOf(source, { ...(rows && { rows }), ...(columns && { columns }) });
  const between = range ?? defaultRange(cells.rows.flat(), colorMap);
  if (range) checkValueRange('pixelTable', range);
  const write = format ?? ((value: number) => formatNumber(value, { digits }));
  const paint = (value: number): string => paintOf(value, colorMap, between);
  return createView({
    'text/html': html(cells, write, paint, caption),
    'text/plain': text(cells, write, caption),
  });
}

/** Background and text colour of a cell; blank paper carries a lighter ink, still 4.5 : 1. */
function paintOf(value: number, colorMap: ColorMap, range: ValueRange): string {
  const background = colorAt(colorMap, positionIn(value, range));
  const hex = hexOf(background);
  return `;background:${hex};color:${hex === '#fff' ? '#767676' : textColorOn(background)}`;
}

function html(
  { columns, firstRow, rows }: Cells,
  write: (value: number) => string,
  paint: (value: number) => string,
  caption: string | undefined,
): string {
  const texts = rows.map((row) => row.map(write));
  const longest = Math.max(
    2,
    ...columns.map((name) => name.length),
    ...texts.flat().map((cell) => cell.length),
  );
  const fontSize = fontSizeFor(columns.length);
  const width = Math.ceil(longest * fontSize * 0.6 + 5);
  const header = columns.map((name) =>
    htmlElement('th', { scope: 'col', style: INDEX_STYLE }, escapeHtml(name)),
  );
  const body = rows.map((row, i) => {
    const tds = row.map(
      (value, j) => `<td style="${CELL_STYLE}${paint(value)}">${escapeHtml(texts[i]?.[j] ?? '')}</td>`,
    );
    const index = htmlElement('th', { scope: 'row', style: INDEX_STYLE }, String(firstRow + i));
    return `<tr style="height:${Math.round(fontSize * 1.9)}px">${index}${tds.join('')}</tr>`;
  });
  const label = `Values of ${rows.length} × ${columns.length} pixels`;
  const table = htmlElement(
    'table',
    {
      class: 'inkwell-pixels',
      'aria-label': label,
      style: `${TABLE_STYLE};font-size:${fontSize}px;width:${width * (columns.length + 1)}px`,
    },
    `<thead><tr><td style="${CELL_STYLE}"></td>${header.join('')}</tr></thead><tbody>${body.join('')}</tbody>`,
  );
  return htmlFigure(scrollBox(table, caption ?? label), { kind: 'pixel-table', caption });
}

function text(
  { columns, firstRow, rows }: Cells,
  write: (value: number) => string,
  caption?: string,
): string {
  const lines = [['', ...columns], ...rows.map((row, i) => [String(firstRow + i), ...row.map(write)])];
  const width = Math.max(...lines.flat().map((cell) => cell.length));
  const table = lines.map((line) => line.map((cell) => cell.padStart(width)).join(' '));
  return [...table, ...(caption === undefined ? [] : [caption])].join('\n');
}
