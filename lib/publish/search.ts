/**
 * What a reader can search: the prose and code of the book, section by
 * section. Outputs stay out of it; numbers and pictures are not looked for by
 * words.
 */
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { type Chapter, pageOf } from './chapter';

/** One section of the book. */
export interface SearchEntry {
  /** Its page and anchor. */
  readonly href: string;
  /** Its heading, the chapter's title where it is the beginning. */
  readonly title: string;
  /** `04 Gradient descent`. */
  readonly chapter: string;
  readonly text: string;
}

const classes = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

/** Nobody looks for these by their words. */
const isSilent = (node: Element): boolean =>
  ['svg', 'img', 'script'].includes(node.tagName) ||
  classes(node).some((name) => name === 'outputs' || name === 'language-math' || name === 'references-back');

const BLOCKS = /^(?:p|li|h[1-6]|pre|tr|td|th|dt|dd|summary|div|section|blockquote|figcaption|aside)$/;

/** The words in a node, blocks parted by spaces. */
function wordsOf(node: RootContent | ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' || isSilent(node)) return '';
  const words = node.children.map(wordsOf).join('');
  return BLOCKS.test(node.tagName) ? ` ${words} ` : words;
}

/** The blocks of a chapter in reading order, taken out of their sections. */
function blocksIn(nodes: readonly (RootContent | ElementContent)[]): Element[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'element') return [];
    return node.tagName === 'section' ? blocksIn(node.children) : [node];
  });
}

interface Section {
  readonly id: string | undefined;
  readonly title: string;
  readonly prose: string[];
  readonly code: string[];
}

function sectionsOf(tree: Root, title: string): Section[] {
  const sections: Section[] = [{ id: undefined, title, prose: [], code: [] }];
  for (const block of blocksIn(tree.children)) {
    const { id } = block.properties;
    if (/^h[2-4]$/.test(block.tagName) && typeof id === 'string') {
      sections.push({ id, title: textOf(block).trim(), prose: [], code: [] });
      continue;
    }
    const kind = classes(block).includes('code-cell') ? 'code' : 'prose';
    sections.at(-1)?.[kind].push(wordsOf(block));
  }
  return sections;
}

/** The sections of these chapters, in order. */
export function searchEntries(chapters: readonly Chapter[]): SearchEntry[] {
  return chapters.flatMap((chapter) => {
    const name = [chapter.number, chapter.title].filter((part) => part !== undefined).join(' ');
    return sectionsOf(chapter.tree, chapter.title).map(({ id, title, prose, code }) => ({
      href: id === undefined ? pageOf(chapter) : `${pageOf(chapter)}#${encodeURIComponent(id)}`,
      title,
      chapter: name,
      // Prose first: that is where a reader expects to be shown a word.
      text: [...prose, ...code].join(' ').replace(/\s+/g, ' ').trim(),
    }));
  });
}
