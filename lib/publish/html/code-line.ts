/**
 * A line of code as an element of its own. Where the page is narrow it wraps:
 * what wraps hangs behind the line's own indent, and a chain of calls may
 * break even where it has no space. The text stays the source's, to the letter.
 */
import { escapeHtml } from '../../core/html';

/** A word, or several, of one kind: its class is `tk-` and the kind. */
export interface Piece {
  readonly kind: string | undefined;
  readonly text: string;
}

/** Deeper lines hang no deeper: on a narrow page something must be left for words. */
const DEEPEST = 12;

/** Before the dot of `).next`, behind the bracket of `call(`. */
const BREAKS = /(?<=[)\]])(?=\??\.)|(?<=[\w$]\()(?=[\w$.]{6})/g;

/** Neighbours of one kind need one span. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const { kind, text } of pieces) {
    const last = found.at(-1);
    if (last !== undefined && last.kind === kind) found[found.length - 1] = { kind, text: last.text + text };
    else found.push({ kind, text });
  }
  return found;
}

/** The text with a place to break before each of its characters that stands in the set. */
function withBreaks(text: string, start: number, breaks: ReadonlySet<number>): string {
  let html = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (!breaks.has(start + i)) continue;
    html += `${escapeHtml(text.slice(from, i))}<wbr>`;
    from = i;
  }
  return html + escapeHtml(text.slice(from));
}

/** The HTML of a line; all but the last end with the line break that the source has there. */
export function codeLine(pieces: readonly Piece[], { isLast }: { readonly isLast: boolean }): string {
  const source = pieces.map(({ text }) => text).join('');
  const breaks = new Set([...source.matchAll(BREAKS)].map(({ index }) => index));
  let start = 0;
  const html = joined(pieces).map(({ kind, text }) => {
    const inner = withBreaks(text, start, breaks);
    start += text.length;
    const isPlain = kind === undefined || kind === 'plain' || text.trim() === '';
    return isPlain ? inner : `<span class="tk-${kind}">${inner}</span>`;
  });
  const indent = Math.min(source.length - source.trimStart().length, DEEPEST);
  const style = indent === 0 ? '' : ` style="--in:${indent}"`;
  return `<span class="line"${style}>${html.join('')}${isLast ? '' : '\n'}</span>`;
}
