/** The cover: the book's title, what it is, and every chapter with a line about it. */

import { escapeHtml } from '../../core/html';
import { type Chapter, pageOf } from '../chapter';
import { inlineHtml } from './body';
import { chapterFacts } from './chapter-page';
import { type BookFrame, backList, chapterLabel, pageHtml } from './page';

export interface CoverText {
  readonly subtitle: string | undefined;
  readonly description: string | undefined;
  readonly authors: readonly string[];
}

function goals({ goals: promised, title }: Chapter, frame: BookFrame): string {
  if (promised.length === 0) return '';
  const items = promised.map((goal) => `<li>${inlineHtml(goal, frame)}</li>`);
  const label = `What you will be able to do after ${escapeHtml(title)}`;
  return `<p class="cover-promise">You will be able to</p>
<ul class="cover-goals" aria-label="${label}">${items.join('')}</ul>\n`;
}

function entry(chapter: Chapter, frame: BookFrame): string {
  const facts = chapterFacts(chapter, frame);
  return `<li class="cover-chapter">
<h2><a href="${pageOf(chapter)}">${chapterLabel(chapter)}</a></h2>
${chapter.description === undefined ? '' : `<p>${escapeHtml(chapter.description)}</p>\n`}${goals(chapter, frame)}${
  facts === '' ? '' : `<p class="cover-facts">${facts}</p>\n`
}</li>`;
}

/** The chapters, or the appendices below a heading of their own. */
function list(frame: BookFrame, kind: Chapter['kind']): string {
  const chapters = frame.chapters.filter((chapter) => chapter.kind === kind);
  if (chapters.length === 0) return '';
  const heading = kind === 'appendix' ? '<h2 class="cover-part">Appendices</h2>\n' : '';
  const name = kind === 'appendix' ? 'Appendices' : 'Chapters';
  return `${heading}<ol class="cover-chapters" aria-label="${name}">
${chapters.map((chapter) => entry(chapter, frame)).join('\n')}
</ol>\n`;
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
${list(frame, 'chapter')}${list(frame, 'appendix')}${backList(frame)}`;
  return pageHtml(frame, {
    title: frame.title,
    description: description ?? subtitle,
    chapter: undefined,
    main,
    hasMaths: main.includes('class="katex'),
    hasPlots: false,
  });
}
