/**
 * How prose cites: Pandoc's notation, which MyST and Jupyter Book read as well.
 *
 * - `[@lecun1998]`, `[@lecun1998, chapter 2]`, `[see @samuel1959; @samuel1962, page 10]`
 *   stand in parentheses;
 * - `@lecun1998` and `@lecun1998 [chapter 2]` are part of the sentence;
 * - `[-@lecun1998]` gives the year alone, where the sentence names the authors.
 *
 * Source: https://pandoc.org/MANUAL.html#citation-syntax
 */

export interface Citation {
  readonly key: string;
  /** Words before it, such as `see`. */
  readonly prefix: string;
  /** Where in the work, such as `chapter 2`. */
  readonly locator: string;
  readonly isYearOnly: boolean;
}

/** Citations that stand together. */
export interface CitationGroup {
  /** `sentence`: the authors are part of the sentence, the rest stands in parentheses. */
  readonly place: 'parentheses' | 'sentence';
  readonly citations: readonly Citation[];
  /** As it was written. */
  readonly source: string;
}

const KEY = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_:./+-]*[\\p{L}\\p{N}_])?';
const ITEM = new RegExp(`^(?:(.*\\S)\\s+)?(-)?@(${KEY})(?:\\s*,\\s*(.+)|\\s+(.+))?$`, 'su');

/** A group in brackets, or a key in the sentence: one that ends like keys of ours, in a year. */
const GROUP =
  /\[([^[\]]*@[^[\]]*)\]|(?<![\p{L}\p{N}_@/.+-])@(\p{L}[\p{L}\p{N}_-]*\d{4}\p{L}*)(?:\s*\[([^[\]@]+)\])?/gu;

function itemOf(text: string): Citation | undefined {
  const match = ITEM.exec(text.trim());
  if (match === null || match[1]?.includes('@')) return undefined;
  const [, prefix = '', minus, key = '', afterComma, after] = match;
  return { key, prefix, locator: (afterComma ?? after ?? '').trim(), isYearOnly: minus !== undefined };
}

function groupOf([source, inside, key, locator = '']: RegExpMatchArray): CitationGroup | undefined {
  if (inside === undefined) {
    const citation = { key: key ?? '', prefix: '', locator: locator.trim(), isYearOnly: false };
    return { place: 'sentence', citations: [citation], source };
  }
  const citations = inside.split(';').map(itemOf);
  // Brackets may hold an address or a handle: then they are only brackets.
  if (!citations.every((citation) => citation !== undefined)) return undefined;
  return { place: 'parentheses', citations, source };
}

/** The text in pieces: words as they are, and the citations between them. */
export function splitCitations(text: string): (string | CitationGroup)[] {
  const pieces: (string | CitationGroup)[] = [];
  let end = 0;
  for (const match of text.matchAll(GROUP)) {
    const group = groupOf(match);
    if (group === undefined) continue;
    pieces.push(text.slice(end, match.index), group);
    end = match.index + group.source.length;
  }
  return [...pieces, text.slice(end)].filter((piece) => piece !== '');
}
