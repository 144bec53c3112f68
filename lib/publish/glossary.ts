/**
 * The book's glossary, gathered from the chapters: every table headed
 * `| word | meaning here |` adds its rows.
 */
import type { Element, ElementContent, Root } from 'hast';
import { toString as textOf } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import type { Chapter } from './chapter';
import { quoted } from './headings';
import { slugOf } from './slugs';

/** A word of the glossary. */
export interface GlossaryWord {
  /** Its anchor on the glossary's page. */
  readonly id: string;
  /** For the alphabet. */
  readonly text: string;
  readonly word: readonly ElementContent[];
  /** As the first chapter that explains it puts it. */
  readonly meaning: readonly ElementContent[];
  /** The chapters that explain it, in the book's order. */
  readonly chapters: readonly Chapter[];
}

const HEADER = ['word', 'meaning here'];

const elementsIn = (node: Element | Root, tagName: string): Element[] => {
  const found: Element[] = [];
  visit(node, 'element', (element) => {
    if (element.tagName === tagName) found.push(element);
  });
  return found;
};

/** The two cells of each row of the tables that explain words. */
function rowsIn(tree: Root): [Element, Element][] {
  return elementsIn(tree, 'table').flatMap((table) => {
    const [header, ...rows] = elementsIn(table, 'tr');
    const names = header === undefined ? [] : header.children.filter((cell) => cell.type === 'element');
    if (names.map((cell) => textOf(cell).trim().toLowerCase()).join('|') !== HEADER.join('|')) return [];
    return rows.flatMap((row) => {
      const [word, meaning] = elementsIn(row, 'td');
      return word === undefined || meaning === undefined ? [] : [[word, meaning] as [Element, Element]];
    });
  });
}

/** All words that the chapters explain, in alphabetical order. */
export function glossaryOf(chapters: readonly Chapter[], language = 'en'): GlossaryWord[] {
  const words = new Map<string, GlossaryWord>();
  for (const chapter of chapters) {
    for (const [word, meaning] of rowsIn(chapter.tree)) {
      const text = textOf(word).trim();
      const key = text.toLowerCase();
      const known = words.get(key);
      words.set(key, {
        ...(known ?? {
          id: `word-${slugOf(text)}`,
          text,
          word: quoted(word.children),
          meaning: quoted(meaning.children),
        }),
        chapters: [...(known?.chapters ?? []), chapter],
      });
    }
  }
  const { compare } = new Intl.Collator(language, { sensitivity: 'base' });
  return [...words.values()].sort((a, b) => compare(a.text, b.text));
}
