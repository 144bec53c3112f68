/**
 * What is nested too deeply to be printed. Parsers and writers of documents
 * call themselves for each level; thousands of levels exhaust the stack, and
 * some take quadratic time on the way there. No author nests so deep: what
 * does is refused before anything else reads it.
 */
import { InkwellError } from '../core/errors';
import type { CellPlace } from './problems';

/** Levels of quotes, lists, elements or brackets; people use fewer than ten. */
export const DEEPEST = 200;

/** Quotes and list items that a line opens: `> > - x` is three. */
const MARKERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const MARKER = />|[-*+](?=[ \t])|\d{1,9}[.)]/g;
const TAG = /<(\/?)([a-z][\w-]*)(?:\s[^<>]*?)?(\/?)>/gi;
const VOID =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|dt|dd|option)$/i;

function markersIn(text: string): number {
  let most = 0;
  for (const line of text.split('\n')) {
    // The first thousands of characters are enough to tell; a line may be as long as a novel.
    const opened = MARKERS.exec(line.slice(0, 4 * DEEPEST + 4))?.[0];
    const indent = /^ *(?=(?:[-*+]|\d{1,9}[.)])[ \t])/.exec(line)?.[0].length ?? 0;
    most = Math.max(most, opened?.match(MARKER)?.length ?? 0, Math.floor(indent / 2));
  }
  return most;
}

function elementsIn(text: string): number {
  let [depth, most] = [0, 0];
  for (const [, slash, name = '', closed] of text.matchAll(TAG)) {
    if (VOID.test(name) || closed === '/') continue;
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1));
    most = Math.max(most, depth);
  }
  return most;
}

/** The deepest run of brackets that are opened and not closed before the next. */
function bracketsIn(text: string, opening: string, closing: string): number {
  let [depth, most] = [0, 0];
  for (const sign of text) {
    if (sign === opening) depth++;
    else if (sign === closing) depth = Math.max(0, depth - 1);
    most = Math.max(most, depth);
  }
  return most;
}

/** What is too deep in some Markdown or HTML; undefined where nothing is. Time grows with its length only. */
export function tooDeep(text: string): string | undefined {
  const counts: readonly (readonly [string, number])[] = [
    ['quotes or lists', markersIn(text)],
    ['HTML elements', elementsIn(text)],
    ['square brackets', bracketsIn(text, '[', ']')],
    ['braces', bracketsIn(text, '{', '}')],
  ];
  const found = counts.find(([, count]) => count > DEEPEST);
  return found === undefined ? undefined : `${found[0]}, more than ${DEEPEST} within one another`;
}

/** Thrown within a cell; who knows the cell turns it into an error that names it. */
export class TooDeep extends Error {
  override readonly name: string = 'TooDeep';
}

/** The error for a cell whose content is too deep. */
export function tooDeepError(notebook: string, { index, id }: CellPlace, what: string): InkwellError {
  return new InkwellError(
    'PRINT_TOO_DEEP',
    `${notebook}, cell ${index} (${id}): it nests ${what}, too deeply to be printed`,
    { hint: 'Take the levels apart, or leave the cell out with the tag remove-cell.' },
  );
}
