/** Small HTML tables for values: captioned, escaped, cut to what can be read. */
import { inspect } from 'node:util';
import { escapeHtml } from '../../core/html';

const MAX_ROWS = 60;
const MAX_COLUMNS = 20;

function cellText(value: unknown): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return escapeHtml(inspect(value, { depth: 1, colors: false, maxArrayLength: 10, breakLength: Infinity }));
}

function cell(value: unknown): string {
  const align = typeof value === 'number' || typeof value === 'bigint' ? ' style="text-align:right"' : '';
  return `<td${align}>${cellText(value)}</td>`;
}

/** Which of `count` to show: all, or the first and last with a gap (null) between. */
function shownIndices(count: number, limit: number): Array<number | null> {
  if (count <= limit) return Array.from({ length: count }, (_, i) => i);
  const head = Math.ceil(limit / 2);
  const tail = limit - head;
  const last = Array.from({ length: tail }, (_, i) => count - tail + i);
  return [...Array.from({ length: head }, (_, i) => i), null, ...last];
}

function table(caption: string, head: readonly string[], rows: readonly string[]): string {
  const header =
    head.length === 0
      ? ''
      : `<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>`;
  return `<table><caption>${escapeHtml(caption)}</caption>${header}<tbody>${rows.join('')}</tbody></table>`;
}

/** One row for each record. */
export function recordTable(
  caption: string,
  columns: readonly string[],
  records: ReadonlyArray<Record<string, unknown>>,
): string {
  const rows = shownIndices(records.length, MAX_ROWS).map((index) => {
    if (index === null) return `<tr><td colspan="${columns.length}">⋮</td></tr>`;
    return `<tr>${columns.map((column) => cell(records[index]?.[column])).join('')}</tr>`;
  });
  return table(caption, columns.map(escapeHtml), rows);
}

/** A rectangle of values, large ones cut in the middle. */
export function gridTable(
  caption: string,
  rowCount: number,
  columnCount: number,
  at: (row: number, column: number) => unknown,
): string {
  const columns = shownIndices(columnCount, MAX_COLUMNS);
  const rows = shownIndices(rowCount, MAX_COLUMNS).map((row) => {
    const cells = columns.map((column) =>
      row === null || column === null ? '<td>…</td>' : cell(at(row, column)),
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return table(caption, [], rows);
}
