/** The cover: the book's title, what it is, and every chapter with a line about it. */

import { escapeHtml } from '../../core/html';
import { type Chapter, pageOf } from '../chapter';
import { chapterFacts } from './chapter-page';
import { type BookFrame, chapterLabel, pageHtml } from './page';

export interface CoverText {
  readonly subtitle: string | undefined;
  readonly description: string | undefined;
  readonly authors: readonly string[];
}

function entry(chapter: Chapter): string {
  const facts = chapterFacts(chapter);
  return `<li class="cover-chapter">
<h2><a href="${pageOf(chapter)}">${chapterLabel(chapter)}</a></h2>
${chapter.description === undefined ? '' : `<p>${escapeHtml(chapter.description)}</p>\n`}${
  facts === '' ? '' : `<p class="cover-facts">${facts}</p>\n`
}</li>`;
}

/** The whole cover page. */
export function coverPage(frame: BookFrame, { subtitle, description, authors }: CoverText): string {
  const lines = [
    `<h1>${escapeHtml(frame.title)}</h1>`,
    subtitle === undefined ? '' : `<p class="cover-subtitle">${escapeHtml(subtitle)}</p>`,
    authors.length === 0 ? '' : `<p class="cover-authors">${escapeHtml(authors.join(', '))}</p>`,
    description === undefined ? '' : `<p class="cover-description">${escapeHtml(description)}</p>`,
  ];
  const first = frame.chapters[0];
  const start =
    first === undefined
      ? ''
      : `<p class="cover-start"><a class="button" href="${pageOf(first)}">Start reading</a></p>`;
  const main = `<header class="cover">
${lines.filter((line) => line !== '').join('\n')}
${start}
</header>
<ol class="cover-chapters" aria-label="Chapters">
${frame.chapters.map(entry).join('\n')}
</ol>`;
  return pageHtml(frame, {
    title: frame.title,
    description: description ?? subtitle,
    chapter: undefined,
    main,
    hasMaths: false,
    hasPlots: false,
  });
}
