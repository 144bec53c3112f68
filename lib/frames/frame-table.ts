/**
 * A frame as an HTML table and as plain text: the first and last rows, the
 * first and last columns, and how many there are of each.
 */
import type { ColumnTable } from 'arquero';
import { escapeHtml } from '../core/html';
import { columnKind } from './describe';
import { formatCell, formatCount } from './format';
import { columnFormat } from './format-column';
import { htmlElement, PHONE_WIDTH, scrollBox } from './html';

/** How much of a frame is shown, and how. */
export interface FrameTableOptions {
  /** Rows shown at most, ≥ 2; default 10, half from the top, half from the end. */
  readonly maxRows?: number;
  /** Columns shown at most, ≥ 2; default 20. */
  readonly maxColumns?: number;
  /** Significant digits of a column's largest number, where it is not whole; default 4. */
  readonly digits?: number;
  /** Stands above the table. */
  readonly caption?: string;
  /** Whether rows are numbered, from 0; default where there is no caption. */
  readonly index?: boolean;
  /** Whether the number of rows and columns stands below; default where some are left out, or there are none. */
  readonly size?: boolean;
}

/** The indices 0 … count − 1, at most `most` of them; undefined stands for what is left out. */
export function elideIndices(count: number, most: number): (number | undefined)[] {
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  if (count <= most) return range(0, count);
  const first = Math.ceil(most / 2);
  return [...range(0, first), undefined, ...range(count - (most - first), count)];
}

/** The cells that are shown, as text; undefined stands for a row or column left out. */
interface Excerpt {
  readonly names: readonly (string | undefined)[];
  readonly rows: readonly (number | undefined)[];
  readonly isNumeric: (name: string | undefined) => boolean;
  readonly cell: (row: number | undefined, name: string | undefined) => string;
  /** Undefined where it is not shown. */
  readonly size: string | undefined;
  readonly hasIndex: boolean;
}

const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

function excerpt(table: ColumnTable, options: FrameTableOptions): Excerpt {
  const { maxRows = 10, maxColumns = 20, digits = 4, caption } = options;
  for (const [option, value] of Object.entries({ maxRows, maxColumns })) {
    if (!(value >= 2)) throw new RangeError(`Frame: ${option} must be at least 2, got ${value}`);
  }
  const all = table.columnNames();
  const names = elideIndices(all.length, maxColumns).map((i) => (i === undefined ? i : all[i]));
  const rows = elideIndices(table.numRows(), maxRows);
  const writers = new Map(
    names
      .filter((name) => name !== undefined && columnKind(table, name) === 'number')
      .map((name) => [name, writerOf(table, name as string, rows, digits)]),
  );
  const isEmpty = rows.length === 0 || names.length === 0;
  const isCut = isEmpty || rows.includes(undefined) || names.includes(undefined);
  const { index = caption === undefined, size = isCut } = options;
  return {
    names,
    rows,
    isNumeric: (name) => writers.has(name),
    cell: (row, name) => {
      if (row === undefined || name === undefined) return '…';
      const value: unknown = table.get(name, row);
      const write = writers.get(name);
      return write && typeof value === 'number' && !Number.isNaN(value)
        ? write(value)
        : formatCell(value, { digits });
    },
    size: size ? `${plural(table.numRows(), 'row')} × ${plural(all.length, 'column')}` : undefined,
    hasIndex: index,
  };
}

/** How a column's numbers are written, by those that are shown. */
function writerOf(
  table: ColumnTable,
  name: string,
  rows: readonly (number | undefined)[],
  digits: number,
): (value: number) => string {
  const shown = rows.filter((row) => row !== undefined).map((row) => table.get(name, row) as unknown);
  return columnFormat(shown, { digits });
}

const TABLE_STYLE = 'border-collapse:collapse;font-size:0.9em;font-variant-numeric:tabular-nums';
const LEFT = 'text-align:left;padding:0.2em 0.8em';
const RIGHT = 'text-align:right;padding:0.2em 0.8em;white-space:nowrap';
/** A caption may be wider than a narrow table, and is narrower than a wide one: nobody scrolls to read it. */
const CAPTION = 'box-sizing:border-box;width:min(34em,84vw);text-align:left;padding:0.2em 0.8em 0.4em';
/** Below the names of the columns; seen on light pages and on dark ones. */
const RULE = 'border-bottom:1px solid #8888';
const INDEX = `${RIGHT};font-weight:normal;opacity:0.7`;

/** The frame as an HTML table that scrolls inside its own box. */
export function frameHtml(table: ColumnTable, options: FrameTableOptions = {}): string {
  const { names, rows, isNumeric, cell, size, hasIndex } = excerpt(table, options);
  const style = (name: string | undefined): string => (isNumeric(name) ? RIGHT : textStyle(name));
  const textStyle = (name: string | undefined): string =>
    rows.some((row) => cell(row, name).length > SENTENCE) ? `${LEFT};min-width:14em` : LEFT;
  const corner = hasIndex ? htmlElement('td', { style: `${INDEX};${RULE}` }, '') : '';
  const header = names.map((name) =>
    htmlElement('th', { scope: 'col', style: `${style(name)};${RULE}` }, escapeHtml(name ?? '…')),
  );
  const body = rows.map((row) => {
    const index = hasIndex
      ? htmlElement('th', { scope: 'row', style: INDEX }, row === undefined ? '⋮' : String(row))
      : '';
    const cells = names.map((name) => htmlElement('td', { style: style(name) }, escapeHtml(cell(row, name))));
    return htmlElement('tr', {}, index + cells.join(''));
  });
  const { caption } = options;
  const content =
    (caption === undefined ? '' : htmlElement('caption', { style: CAPTION }, escapeHtml(caption))) +
    htmlElement('thead', {}, htmlElement('tr', {}, corner + header.join(''))) +
    htmlElement('tbody', {}, body.join(''));
  const tableHtml = htmlElement('table', { style: TABLE_STYLE }, content);
  const sizeStyle = 'font-size:0.85em;opacity:0.8;padding:0.2em 0.8em';
  const below = size === undefined ? '' : htmlElement('div', { style: sizeStyle }, size);
  const columns = names.map((name) => [name ?? '…', ...rows.map((row) => cell(row, name))]);
  const isWide = columns.reduce((sum, texts) => sum + widthOf(texts), 0) > PHONE_WIDTH;
  const label = caption ?? `Table of ${names.filter(Boolean).join(', ')}`;
  return htmlElement(
    'div',
    { class: 'inkwell-frame' },
    (isWide ? scrollBox(tableHtml, label) : tableHtml) + below,
  );
}

/** Longer texts wrap, but not into a column of words. */
const SENTENCE = 30;

/** About how wide a column is, in pixels. */
function widthOf(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length)) * 7.5 + 26;
}

/** The frame as aligned columns of text. */
export function frameText(table: ColumnTable, options: FrameTableOptions = {}): string {
  const { names, rows, isNumeric, cell, size, hasIndex } = excerpt(table, options);
  const index = ['', ...rows.map((row) => (row === undefined ? '⋮' : String(row)))];
  const columns = names.map((name) => [name ?? '…', ...rows.map((row) => cell(row, name))]);
  const aligned = [
    ...(hasIndex ? [pad(index, true)] : []),
    ...columns.map((column, i) => pad(column, isNumeric(names[i]))),
  ];
  const lines = index.map((_, line) =>
    aligned
      .map((column) => column[line])
      .join('  ')
      .trimEnd(),
  );
  const { caption } = options;
  return [caption, ...lines, size].filter((line) => line !== undefined).join('\n');
}

function pad(cells: readonly string[], right: boolean): string[] {
  const width = Math.max(...cells.map((cell) => cell.length));
  return cells.map((cell) => (right ? cell.padStart(width) : cell.padEnd(width)));
}
