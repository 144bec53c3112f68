/**
 * Chapters that the prose names (`chapter 04`, `chapters 03 to 05`, `appendix A`)
 * become links to their pages, as far as they are in the book.
 */
import type { Element, ElementContent } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { type Chapter, pageOf } from './chapter';
import { h } from './elements';

const NUMBER = '(?:\\d{2}|[A-Z]\\d?)';
const BETWEEN = '(?:,?\\s+and\\s+|,\\s*|\\s+(?:to|or)\\s+|\\s*–\\s*)';
const listOf = (number: string): string => `${number}\\b(?:${BETWEEN}${number}\\b)*`;
const MENTION = new RegExp(
  `\\b(?:[Cc]hapters?\\s+(${listOf('\\d{2}')})|[Aa]ppendi(?:x|ces)\\s+(${listOf('[A-Z]\\d?')}))`,
  'g',
);

/** A piece of text that names a chapter. */
export interface Mention {
  readonly text: string;
  /** As in `Chapter.number`. */
  readonly number: string;
}

/** The numbers in `02 and 04`, with the words between them. */
function numbersIn(list: string): (string | Mention)[] {
  return list
    .split(new RegExp(`\\b(${NUMBER})\\b`))
    .map((piece, index) => (index % 2 === 0 ? piece : { text: piece, number: piece }));
}

/** A text in pieces: words as they are, and mentions of chapters between them. */
export function splitMentions(text: string): (string | Mention)[] {
  const pieces: (string | Mention)[] = [];
  let end = 0;
  for (const match of text.matchAll(MENTION)) {
    const [whole, numbers, letters] = match;
    const list = numbers ?? letters ?? '';
    const before = whole.slice(0, whole.length - list.length);
    const isOne = new RegExp(`^(?:chapter|appendix)\\s+${NUMBER}$`, 'i').test(whole);
    pieces.push(text.slice(end, match.index));
    if (isOne) pieces.push({ text: whole, number: list });
    else pieces.push(before, ...numbersIn(list));
    end = match.index + whole.length;
  }
  return [...pieces, text.slice(end)].filter((piece) => piece !== '');
}

/** The chapter that is meant; undefined for one that is not in the book, and for `from` itself. */
export function mentioned(
  { number }: Mention,
  from: Chapter | undefined,
  chapters: readonly Chapter[],
): Chapter | undefined {
  const chapter = chapters.find((each) => each.number === number);
  return chapter === from ? undefined : chapter;
}

const VERBATIM = ['a', 'summary', 'code', 'pre', 'svg', 'math', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
/** Citations and references name the chapters of other books, outputs nothing of this one. */
const ELSEWHERE = ['citations', 'references', 'cell-html'];

function isApart({ tagName, properties: { className } }: Element): boolean {
  return (
    VERBATIM.includes(tagName) ||
    ELSEWHERE.some((name) => Array.isArray(className) && className.includes(name))
  );
}

/** Links the chapters that a chapter's prose mentions, in place. */
export function linkMentions(from: Chapter, chapters: readonly Chapter[]): void {
  visit(from.tree, (node, index, parent) => {
    if (node.type === 'element' && isApart(node)) return SKIP;
    if (node.type !== 'text' || index === undefined || parent === undefined) return;
    const pieces = splitMentions(node.value);
    const nodes = pieces.map((piece): ElementContent => {
      const value = typeof piece === 'string' ? piece : piece.text;
      const target = typeof piece === 'string' ? undefined : mentioned(piece, from, chapters);
      return target === undefined ? { type: 'text', value } : h('a', { href: pageOf(target) }, value);
    });
    (parent.children as ElementContent[]).splice(index, 1, ...nodes);
    return [SKIP, index + nodes.length];
  });
}
