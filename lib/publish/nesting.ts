/**
 * What is nested too deeply to be printed. Parsers and writers of documents
 * call themselves for each level; thousands of levels exhaust the stack, and
 * some take quadratic time on the way there. No author nests so deep: what
 * does is refused before anything else reads it.
 */
import { InkwellError } from '../core/errors';
import { elementDepth } from './element-depth';
import type { CellPlace } from './problems';

/** Levels of quotes, lists, elements or brackets; people use fewer than ten. */
export const DEEPEST = 200;

/** Quotes and list items that a line opens: `> > - x` is three. */
const MARKERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const MARKER = />|[-*+](?=[ \t])|\d{1,9}[.)]/g;
function markersIn(text: string): number {
  let most = 0;
  for (const line of text.split('\n')) {
    // The first thousands of characters are enough to tell; a line may be as long as a novel.
    const opened = MARKERS.exec(line.slice(0, 4 * DEEPEST + 4))?.[0];
    const indent = /^[ \t]*(?=(?:[-*+]|\d{1,9}[.)])[ \t])/.exec(line)?.[0] ?? '';
    // A level is indented by two columns at least, and a tab goes to the next fourth column.
    const columns = [...indent].reduce((sum, sign) => sum + (sign === '\t' ? 4 - (sum % 4) : 1), 0);
    most = Math.max(most, opened?.match(MARKER)?.length ?? 0, Math.floor(columns / 2));
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
    ['HTML elements', elementDepth(text, DEEPEST)],
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

/** True for the error of a stack that deep nesting has exhausted. */
export function isStackExhausted(thrown: unknown): boolean {
  return thrown instanceof RangeError && /call stack/i.test(thrown.message);
}

/** Does work on a whole notebook; one that exhausts the stack is refused by its name. */
export function withinStack<T>(notebook: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!isStackExhausted(thrown)) throw thrown;
    throw new InkwellError(
      'PRINT_TOO_DEEP',
      `${notebook}: its content or metadata nests too deeply to be printed`,
      {
        hint: 'Look for a cell or a field of the metadata that a program has nested hundreds of times.',
      },
    );
  }
}

/** The error for a cell whose content is too deep. */
export function tooDeepError(notebook: string, { index, id }: CellPlace, what: string): InkwellError {
  return new InkwellError(
    'PRINT_TOO_DEEP',
    `${notebook}, cell ${index} (${id}): it nests ${what}, too deeply to be printed`,
    { hint: 'Take the levels apart, or leave the cell out with the tag remove-cell.' },
  );
}
