/**
 * What a terminal would show of a stream: progress bars rewrite their line
 * with carriage returns, and only the last state is worth printing.
 */
import type { Output } from '../notebook/format';

const ESC = '\u001b';
/** An escape sequence, or one character. */
const TOKEN = new RegExp(`${ESC}\\[[\\d;:?]*[ -/]*[@-~]|[^]`, 'gu');

/** A character with the colour codes in force where it was written. */
interface Cell {
  readonly codes: string;
  readonly character: string;
}

function written(cells: readonly Cell[]): string {
  let codes = '';
  let text = '';
  for (const cell of cells) {
    if (cell.codes !== codes) text += `${ESC}[0m${cell.codes}`;
    text += cell.character;
    codes = cell.codes;
  }
  return codes === '' ? text : `${text}${ESC}[0m`;
}

/** One line as a terminal of endless width shows it: `\r`, backspace and "erase line" applied. */
function settledLine(line: string): string {
  const cells: Cell[] = [];
  let column = 0;
  let codes = '';
  for (const [token] of line.matchAll(TOKEN)) {
    if (token === '\r') column = 0;
    else if (token === '\b') column = Math.max(0, column - 1);
    else if (token.startsWith(ESC) && token.endsWith('m')) codes = /\[0?m$/.test(token) ? '' : codes + token;
    else if (token === `${ESC}[K` || token === `${ESC}[0K`) cells.length = Math.min(cells.length, column);
    else if (token === `${ESC}[2K`) cells.length = 0;
    else if (!token.startsWith(ESC)) {
      while (cells.length < column) cells.push({ codes: '', character: ' ' });
      cells[column++] = { codes, character: token };
    }
  }
  return written(cells);
}

/** The text as it stands at the end, line by line. */
export function settledText(text: string): string {
  // A Windows line end is no rewriting.
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return lines.map((line) => (/[\r\b]/.test(line) ? settledLine(line) : line)).join('\n');
}

/** Joins neighbouring outputs of the same stream: kernels flush in arbitrary pieces. */
export function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else joined.push(output);
  }
  return joined;
}
