/**
 * What a reader can search: the words of the glossary, and the prose, formulas
 * and code of the book, section by section. Outputs stay out of it; numbers
 * and pictures are not looked for by words.
 */
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { type Chapter, pageOf } from './chapter';
import { glossaryOf } from './glossary';
import { plainTex } from './plain-tex';

/** One section of the book. */
export interface SearchEntry {
  /** Its page and anchor. */
  readonly href: string;
  /** Its heading, the chapter's title where it is the beginning. */
  readonly title: string;
  /** `04 Gradient descent`. */
  readonly chapter: string;
  readonly text: string;
  /** Words that the section introduces. */
  readonly words: string;
  /** How much it counts beside others: what explains a word before what asks about it. */
  readonly weight: number;
}

const classes = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

/** Nobody looks for these by their words. */
const isSilent = (node: Element): boolean =>
  ['svg', 'img', 'script'].includes(node.tagName) ||
  classes(node).some((name) => name === 'outputs' || name === 'references-back');

const isFormula = (node: Element): boolean => classes(node).includes('language-math');

const BLOCKS = /^(?:p|li|h[1-6]|pre|tr|td|th|dt|dd|summary|div|section|blockquote|figcaption|aside)$/;

/** The words in a node, blocks parted by spaces. */
function wordsOf(node: RootContent | ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' || isSilent(node)) return '';
  if (isFormula(node)) return ` ${plainTex(textOf(node))} `;
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
  readonly words: string[];
  readonly weight: number;
}

/** Sections that ask, and those that only point elsewhere. */
const ASKING = /^(?:exercises|questionnaire|further reading|references|your own data)/i;
const WEIGHTS = { word: 4, section: 1, asking: 0.2 } as const;

const boldIn = (node: RootContent | ElementContent): string[] => {
  if (node.type !== 'element' || isSilent(node) || node.tagName === 'details') return [];
  return node.tagName === 'strong' ? [textOf(node).trim()] : node.children.flatMap(boldIn);
};

function sectionsOf(tree: Root, title: string): Section[] {
  const opened = (id: string | undefined, name: string): Section => {
    const weight = ASKING.test(name) ? WEIGHTS.asking : WEIGHTS.section;
    return { id, title: name, prose: [], code: [], words: [], weight };
  };
  const sections = [opened(undefined, title)];
  for (const block of blocksIn(tree.children)) {
    const { id } = block.properties;
    if (/^h[2-4]$/.test(block.tagName) && typeof id === 'string') {
      sections.push(opened(id, textOf(block).trim()));
      continue;
    }
    const kind = classes(block).includes('code-cell') ? 'code' : 'prose';
    sections.at(-1)?.[kind].push(wordsOf(block));
    if (kind === 'prose') sections.at(-1)?.words.push(...boldIn(block));
  }
  return sections;
}

const lineOf = (parts: readonly string[]): string => parts.join(' ').replace(/\s+/g, ' ').trim();

/** The words of the glossary. */
function wordEntries(chapters: readonly Chapter[]): SearchEntry[] {
  return glossaryOf(chapters).map(({ id, text, meaning }) => ({
    href: `glossary.html#${encodeURIComponent(id)}`,
    title: text,
    chapter: 'Glossary',
    text: lineOf(meaning.map(wordsOf)),
    words: text,
    weight: WEIGHTS.word,
  }));
}

/** The words of the glossary and the sections of these chapters, in order. */
export function searchEntries(chapters: readonly Chapter[]): SearchEntry[] {
  const sections = chapters.flatMap((chapter) => {
    const name = [chapter.number, chapter.title].filter((part) => part !== undefined).join(' ');
    return sectionsOf(chapter.tree, chapter.title).map(({ id, title, prose, code, words, weight }) => ({
      href: id === undefined ? pageOf(chapter) : `${pageOf(chapter)}#${encodeURIComponent(id)}`,
      title,
      chapter: name,
      // Prose first: that is where a reader expects to be shown a word.
      text: lineOf([...prose, ...code]),
      words: words.join(' '),
      weight,
    }));
  });
  return [...wordEntries(chapters), ...sections];
}
