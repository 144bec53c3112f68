/**
 * A notebook's code cells with the names that tests and reports call them by.
 */
import { type CodeCell, type Notebook, tagsOf } from '../notebook/format';

export interface OutlinedCell {
  readonly cell: CodeCell;
  /** From 1, among the code cells. */
  readonly number: number;
  /** The text of the nearest heading above, '' where there is none. */
  readonly heading: string;
  readonly firstLine: string;
  readonly tags: readonly string[];
}

/** The text of the last ATX heading in some Markdown, fenced code aside; undefined where there is none. */
export function lastHeading(markdown: string): string | undefined {
  const prose = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  const found = [...prose.matchAll(/^#{1,6}\s+(.+?)\s*#*\s*$/gm)].at(-1);
  return found?.[1];
}

function firstLineOf(source: string): string {
  const lines = source.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('//')) ?? lines[0] ?? '';
}

/** The code cells in order, each with its number, heading and first line. */
export function outline(notebook: Notebook): OutlinedCell[] {
  const result: OutlinedCell[] = [];
  let heading = '';
  for (const cell of notebook.cells) {
    if (cell.cell_type === 'markdown') heading = lastHeading(cell.source) ?? heading;
    if (cell.cell_type !== 'code') continue;
    result.push({
      cell,
      number: result.length + 1,
      heading,
      firstLine: firstLineOf(cell.source),
      tags: tagsOf(cell),
    });
  }
  return result;
}
