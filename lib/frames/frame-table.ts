/**
 * A frame as an HTML table and as plain text: the first and last rows, the
 * first and last columns, and how many there are of each.
 */
import type { ColumnTable } from 'arquero';
import { escapeHtml } from '../core/html';
import { columnKind } from './describe';
import { formatCell, formatCount } from './format';
import { htmlElement } from './html';

/** How much of a frame is shown, and how. */
export interface FrameTableOptions {
  /** Rows shown at most, ≥ 2; default 10, half from the top, half from the end. */
  readonly maxRows?: number;
  /** Columns shown at most, ≥ 2; default 20. */
  readonly maxColumns?: number;
  /** Significant digits of numbers that are not whole; default 4. */
  readonly digits?: number;
  /** Stands above the table. */
  readonly caption?: string;
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
  readonly size: string;
}

const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

function excerpt(table: ColumnTable, options: FrameTableOptions): Excerpt {
  const { maxRows = 10, maxColumns = 20, digits = 4 } = options;
  for (const [option, value] of Object.entries({ maxRows, maxColumns })) {
    if (!(value >= 2)) throw new RangeError(`Frame: ${option} must be at least 2, got ${value}`);
  }
  const all = table.columnNames();
  const names = elideIndices(all.length, maxColumns).map((i) => (i === undefined ? i : all[i]));
  const numeric = new Set(names.filter((name) => name !== undefined && columnKind(table, name) === 'number'));
  return {
    names,
    rows: elideIndices(table.numRows(), maxRows),
    isNumeric: (name) => numeric.has(name),
    cell: (row, name) =>
      row === undefined || name === undefined ? '…' : formatCell(table.get(name, row), { digits }),
    size: `${plural(table.numRows(), 'row')} × ${plural(all.length, 'column')}`,
  };
}

const TABLE_STYLE = 'border-collapse:collapse;font-size:0.9em;font-variant-numeric:tabular-nums';
const LEFT = 'text-align:left;padding:0.2em 0.8em';
const RIGHT = 'text-align:right;padding:0.2em 0.8em;white-space:nowrap';
const INDEX = `${RIGHT};font-weight:normal;opacity:0.7`;

/** The frame as an HTML table that scrolls inside its own box. */
export function frameHtml(table: ColumnTable, options: FrameTableOptions = {}): string {
  const { names, rows, isNumeric, cell, size } = excerpt(table, options);
  const style = (name: string | undefined): string => (isNumeric(name) ? RIGHT : LEFT);
  const corner = htmlElement('td', { style: INDEX }, '');
  const header = names.map((name) =>
    htmlElement('th', { scope: 'col', style: style(name) }, escapeHtml(name ?? '…')),
  );
  const body = rows.map((row) => {
    const index = htmlElement('th', { scope: 'row', style: INDEX }, row === undefined ? '⋮' : String(row));
    const cells = names.map((name) => htmlElement('td', { style: style(name) }, escapeHtml(cell(row, name))));
    return htmlElement('tr', {}, index + cells.join(''));
  });
  const { caption } = options;
  const captionStyle = 'text-align:left;padding:0.2em 0.8em';
  const content =
    (caption === undefined ? '' : htmlElement('caption', { style: captionStyle }, escapeHtml(caption))) +
    htmlElement('thead', {}, htmlElement('tr', {}, corner + header.join(''))) +
    htmlElement('tbody', {}, body.join(''));
  return htmlElement(
    'div',
    { class: 'inkwell-frame', style: 'overflow-x:auto;max-width:100%' },
    htmlElement('table', { style: TABLE_STYLE }, content) +
      htmlElement('div', { style: 'font-size:0.85em;opacity:0.8;padding:0.2em 0.8em' }, size),
  );
}

/** The frame as aligned columns of text. */
export function frameText(table: ColumnTable, options: FrameTableOptions = {}): string {
  const { names, rows, isNumeric, cell, size } = excerpt(table, options);
  const index = ['', ...rows.map((row) => (row === undefined ? '⋮' : String(row)))];
  const columns = names.map((name) => [name ?? '…', ...rows.map((row) => cell(row, name))]);
  const aligned = [pad(index, true), ...columns.map((column, i) => pad(column, isNumeric(names[i])))];
  const lines = index.map((_, line) =>
    aligned
      .map((column) => column[line])
      .join('  ')
      .trimEnd(),
  );
  const { caption } = options;
  return [...(caption === undefined ? [] : [caption]), ...lines, size].join('\n');
}

function pad(cells: readonly string[], right: boolean): string[] {
  const width = Math.max(...cells.map((cell) => cell.length));
  return cells.map((cell) => (right ? cell.padStart(width) : cell.padEnd(width)));
}
