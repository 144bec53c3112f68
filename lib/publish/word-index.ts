/**
 * The book's index: where the prose introduces a word it sets it in bold, and
 * each such place becomes an entry that leads to its section.
 */
import type { Element, Parents, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { type Chapter, pageOf } from './chapter';

/** A word and the sections that introduce it. */
export interface IndexEntry {
  readonly text: string;
  readonly places: readonly { readonly href: string; readonly chapter: Chapter; readonly section: string }[];
}

/** Bold words that head a paragraph (an exercise, a step, a year) are titles, not words of the index. */
function isTitle(strong: Element, index: number, parent: Parents): boolean {
  const text = textOf(strong).trim();
  const next = parent.children[index + 1];
  const isWhole = parent.children.length === 1;
  const isFirst = index === 0;
  const endsLikeTitle =
    /[.:?!]$/.test(text) || (next?.type === 'text' && /^\s*:/.test(next.value) && isFirst);
  const isParagraph = parent.type === 'element' && ['p', 'li'].includes(parent.tagName);
  return isParagraph && (isWhole || (isFirst && (endsLikeTitle || /^[A-Z]/.test(text))) || endsLikeTitle);
}

const isApart = ({ tagName, properties: { className } }: Element): boolean =>
  ['details', 'pre', 'table', 'figure', 'aside'].includes(tagName) ||
  (Array.isArray(className) &&
    ['outputs', 'references', 'footnotes'].some((name) => className.includes(name)));

/** Calls `see` for each word in bold, with the heading that it stands under. */
function wordsIn(tree: Root, see: (text: string, heading: Element | undefined) => void): void {
  let heading: Element | undefined;
  visit(tree, 'element', (node: Element, index, parent) => {
    if (isApart(node)) return SKIP;
    if (/^h[2-4]$/.test(node.tagName)) {
      heading = node;
      return SKIP;
    }
    if (node.tagName !== 'strong' || index === undefined || parent === undefined) return;
    const text = textOf(node).trim();
    if (text !== '' && !isTitle(node, index, parent as Parents)) see(text, heading);
    return SKIP;
  });
}

/** `Yann LeCun` under L: a name of several capitalised words is turned round. */
function turned(text: string): string {
  const words = text.split(' ');
  const isName = words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word));
  return isName ? `${words.at(-1)}, ${words.slice(0, -1).join(' ')}` : text;
}

/** All words that the chapters introduce, in alphabetical order. */
export function wordIndexOf(chapters: readonly Chapter[], language = 'en'): IndexEntry[] {
  const entries = new Map<string, IndexEntry>();
  for (const chapter of chapters) {
    wordsIn(chapter.tree, (text, heading) => {
      const id = heading?.properties['id'];
      const place = {
        href: typeof id === 'string' ? `${pageOf(chapter)}#${encodeURIComponent(id)}` : pageOf(chapter),
        chapter,
        section: heading === undefined ? chapter.title : textOf(heading).trim(),
      };
      const shown = turned(text);
      const known = entries.get(shown.toLowerCase());
      const places = known?.places ?? [];
      if (places.some(({ href }) => href === place.href)) return;
      entries.set(shown.toLowerCase(), { text: known?.text ?? shown, places: [...places, place] });
    });
  }
  const { compare } = new Intl.Collator(language, { sensitivity: 'base' });
  return [...entries.values()].sort((a, b) => compare(a.text, b.text));
}
