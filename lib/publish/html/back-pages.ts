/** The pages behind the chapters: glossary, index, bibliography, and what the book is made of. */
import { escapeHtml } from '../../core/html';
import { type Chapter, pageOf } from '../chapter';
import { entryOf } from '../citations/entry';
import { inOrder, labelWorks, type WorkLabel } from '../citations/labels';
import type { Bibliography } from '../citations/work';
import { type GlossaryWord, glossaryOf } from '../glossary';
import { type IndexEntry, wordIndexOf } from '../word-index';
import { inlineHtml } from './body';
import { type BookFrame, pageHtml } from './page';

/** Where a book comes from, as its colophon tells. */
export interface Colophon {
  readonly authors: readonly string[];
  /** The licence's name, such as `MIT`. */
  readonly license?: string | undefined;
  /** Of the book, such as `0.1.0`. */
  readonly version?: string | undefined;
  /** Where mistakes are reported: an address. */
  readonly issues?: string | undefined;
  /** The data sets that the book uses, with their licences. */
  readonly dataSets?: readonly { readonly name: string; readonly license: string }[] | undefined;
}

/** A page behind the chapters. */
export interface BackPage {
  readonly page: string;
  readonly title: string;
  readonly main: string;
}

const chapterLink = ({ number, title, ...chapter }: Chapter, href: string, section = ''): string => {
  const words = `${number === undefined ? '' : `${number} `}${title}${section === '' ? '' : `: ${section}`}`;
  return `<a href="${href}" title="${escapeHtml(words)}">${escapeHtml(number ?? chapter.slug)}</a>`;
};

const article = (title: string, content: string): string =>
  `<article class="chapter back-page">\n<h1>${escapeHtml(title)}</h1>\n${content}\n</article>`;

function glossary(words: readonly GlossaryWord[], frame: BookFrame): string {
  const items = words.map(({ id, word, meaning, chapters }) => {
    const links = chapters.map((chapter) => chapterLink(chapter, pageOf(chapter))).join(', ');
    const said = chapters.length === 1 ? 'chapter' : 'chapters';
    return `<dt id="${escapeHtml(id)}">${inlineHtml(word, frame)}</dt>
<dd>${inlineHtml(meaning, frame)} <span class="back-links">(${said} ${links})</span></dd>`;
  });
  return `<dl class="glossary">\n${items.join('\n')}\n</dl>`;
}

function wordIndex(entries: readonly IndexEntry[]): string {
  const groups = groupBy(entries, initial);
  const parts = [...groups].map(([letter, list]) => {
    const items = list.map(({ text, places }) => {
      const links = places.map(({ href, chapter, section }) => chapterLink(chapter, href, section));
      return `<li>${escapeHtml(text)} <span class="back-links">${links.join(', ')}</span></li>`;
    });
    return `<h2>${escapeHtml(letter)}</h2>\n<ul class="word-index">\n${items.join('\n')}\n</ul>`;
  });
  return parts.join('\n');
}

const initial = ({ text }: IndexEntry): string => {
  const [letter = ''] = text.normalize('NFD').toUpperCase();
  return /\p{L}/u.test(letter) ? letter : '#';
};

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function bibliography(works: Bibliography, frame: BookFrame): string {
  const cited = [...works.values()].filter(({ key }) =>
    frame.chapters.some(({ cites }) => cites.includes(key)),
  );
  const labels = labelWorks(cited);
  const items = inOrder(cited).map((work) => {
    const chapters = frame.chapters.filter(({ cites }) => cites.includes(work.key));
    const links = chapters.map((chapter) => chapterLink(chapter, `${pageOf(chapter)}#ref-${work.key}`));
    const entry = inlineHtml(entryOf(work, labels.get(work.key) as WorkLabel), frame);
    return `<li>${entry} <span class="back-links">${links.join(', ')}</span></li>`;
  });
  return `<section class="references"><ul>\n${items.join('\n')}\n</ul></section>`;
}

function colophon({ authors, license, version, issues, dataSets = [] }: Colophon, frame: BookFrame): string {
  const lines = [
    version === undefined ? '' : `<p>${escapeHtml(frame.title)}, version ${escapeHtml(version)}.</p>`,
    authors.length === 0 ? '' : `<p>By ${escapeHtml(authors.join(', '))}.</p>`,
    license === undefined ? '' : `<p>Text and code: ${escapeHtml(license)} licence.</p>`,
    issues === undefined
      ? ''
      : `<p>Found a mistake? <a href="${escapeHtml(issues)}" rel="noopener noreferrer">Report it</a>.</p>`,
  ];
  const rows = dataSets.map(
    ({ name, license: terms }) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(terms)}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<h2>Data</h2>\n<div class="table"><table><thead><tr><th scope="col">data set</th><th scope="col">licence</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return [...lines.filter((line) => line !== ''), table].join('\n');
}

/** The pages behind the chapters of a book, each as far as there is something on it. */
export function backPages(frame: BookFrame, works: Bibliography, about: Colophon): BackPage[] {
  const words = glossaryOf(frame.chapters, frame.language);
  const entries = wordIndexOf(frame.chapters, frame.language);
  const isCiting = frame.chapters.some(({ cites }) => cites.length > 0);
  const told = colophon(about, frame);
  return [
    ...(words.length === 0
      ? []
      : [{ page: 'glossary.html', title: 'Glossary', main: glossary(words, frame) }]),
    ...(entries.length === 0 ? [] : [{ page: 'word-index.html', title: 'Index', main: wordIndex(entries) }]),
    ...(isCiting
      ? [{ page: 'bibliography.html', title: 'Bibliography', main: bibliography(works, frame) }]
      : []),
    ...(told === '' ? [] : [{ page: 'about.html', title: 'About this book', main: told }]),
  ];
}

/** The whole page. */
export function backPage(frame: BookFrame, { title, main }: BackPage): string {
  return pageHtml(frame, {
    title,
    description: undefined,
    chapter: undefined,
    main: article(title, main),
    hasMaths: main.includes('class="katex'),
    hasPlots: false,
  });
}
