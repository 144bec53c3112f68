/** The page of one chapter: what to expect, the chapter, where to go on. */

import { escapeHtml } from '../../core/html';
import { type Chapter, downloadOf, pageOf } from '../chapter';
import { mentioned, splitMentions } from '../mentions';
import { type BookFrame, chapterLabel, pageHtml } from './page';

/** `25 minutes`, `1 hour 20 minutes`. */
export function duration(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const part = (count: number, unit: string): string =>
    count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
  return [part(hours, 'hour'), part(rest, 'minute')].filter((text) => text !== '').join(' ');
}

/** A line of text with links to the chapters that it mentions. */
function withMentions(text: string, chapters: readonly Chapter[]): string {
  const pieces = splitMentions(text).map((piece) => {
    if (typeof piece === 'string') return escapeHtml(piece);
    const target = mentioned(piece, undefined, chapters);
    return target === undefined
      ? escapeHtml(piece.text)
      : `<a href="${pageOf(target)}">${escapeHtml(piece.text)}</a>`;
  });
  return pieces.join('');
}

/** Time and needs on one line; empty where the notebook tells neither. */
export function chapterFacts({ minutes, needs }: Chapter, { chapters }: BookFrame): string {
  const facts = [
    minutes === undefined ? '' : duration(minutes),
    needs.length === 0 ? '' : `You need: ${withMentions(needs.join(', ').replace(/\.$/, ''), chapters)}`,
  ].filter((fact) => fact !== '');
  return facts.join(' <span aria-hidden="true">·</span> ');
}

/** The content with the chapter's number above its title; time and needs are for the chapter itself to tell. */
function opened(chapter: Chapter, body: string): string {
  const { number: told, kind } = chapter;
  const word = kind === 'appendix' ? `Appendix ${told}` : `Chapter ${Number(told)}`;
  const number = told === undefined ? '' : `<p class="opening-number">${word}</p>\n`;
  const end = chapter.headings[0]?.level === 1 ? body.indexOf('</h1>') + '</h1>'.length : 0;
  const title = end === 0 ? `<h1>${escapeHtml(chapter.title)}</h1>` : body.slice(0, end);
  return `${number}${title}${body.slice(end)}`;
}

/** Links to the chapters before and after, at the top and at the end of a page. */
function pager({ chapters }: BookFrame, chapter: Chapter, place: 'top' | 'end'): string {
  const at = chapters.indexOf(chapter);
  const link = (to: Chapter | undefined, rel: 'prev' | 'next', word: string): string =>
    to === undefined
      ? ''
      : `<a class="pager-${rel}" rel="${rel}" href="${pageOf(to)}"><span class="pager-word">${word}</span> ${chapterLabel(to)}</a>`;
  const links = link(chapters[at - 1], 'prev', 'Previous') + link(chapters[at + 1], 'next', 'Next');
  const [className, label] =
    place === 'top'
      ? ['pager pager-top', 'Previous and next chapter, at the top']
      : ['pager', 'Previous and next chapter'];
  return links === '' ? '' : `<nav class="${className}" aria-label="${label}">${links}</nav>\n`;
}

/** What a reader can do with the chapter. */
function pageEnd(chapter: Chapter, { issues }: BookFrame): string {
  const report =
    issues === undefined
      ? ''
      : `<a href="${escapeHtml(issues)}" rel="noopener noreferrer">Report a mistake</a>\n`;
  return `<div class="page-end">
<a href="${escapeHtml(downloadOf(chapter))}" download>Download the notebook</a>
${report}<button type="button" class="open-all" aria-pressed="false" hidden>Open all answers and solutions</button>
</div>
`;
}

/** The whole page of a chapter around its content. */
export function chapterPage(frame: BookFrame, chapter: Chapter, body: string, hasPlots: boolean): string {
  return pageHtml(frame, {
    title: chapter.title,
    description: chapter.description,
    chapter,
    main: `${pager(frame, chapter, 'top')}<article class="chapter">\n${opened(chapter, body)}\n</article>\n${pageEnd(chapter, frame)}${pager(frame, chapter, 'end')}`,
    hasMaths: body.includes('class="katex'),
    hasPlots,
  });
}
