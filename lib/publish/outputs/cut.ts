/**
 * Outputs that are too long for a page: the beginning and the end stay, and a
 * line between says how much was left out and where the whole is.
 */
import type { CellPlace } from '../problems';

/** Characters of text that a page shows of one output. */
export const MOST_TEXT = 100_000;

/** Characters of markup (HTML, SVG, Markdown, JSON) that a page takes in for one output. */
export const MOST_MARKUP = 4_000_000;

/** Characters, in base64, of a bitmap that a book carries along. */
export const MOST_PICTURE = 20_000_000;

const KEPT_START = 0.75;

const sizeOf = (characters: number): string =>
  characters >= 1e6 ? `${(characters / 1e6).toFixed(1)} MB` : `${Math.ceil(characters / 1000)} kB`;

/** Where the whole of an output is, in words. */
export const wholeIn = ({ index, id }: CellPlace): string =>
  `the executed notebook has all of it, in cell ${index} (${id})`;

/** The text, or its beginning and end with a line between that says what is missing; whole lines where there are any. */
export function cutText(text: string, cell: CellPlace, most: number = MOST_TEXT): string {
  if (text.length <= most) return text;
  const start = text.slice(0, Math.floor(most * KEPT_START));
  const end = text.slice(text.length - Math.floor(most * (1 - KEPT_START)));
  const head = start.slice(0, start.lastIndexOf('\n') + 1) || start;
  const tail = end.slice(end.indexOf('\n') + 1) || end;
  const left = sizeOf(text.length - head.length - tail.length);
  return `${head.replace(/\n$/, '')}\n… ${left} left out here; ${wholeIn(cell)} …\n${tail}`;
}

/** A line in the place of markup that is too long. */
export function insteadOf(type: string, length: number, cell: CellPlace): string {
  return `[${type} of ${sizeOf(length)}, too large for a page; ${wholeIn(cell)}]`;
}
