/** The page of one chapter: what to expect, the chapter, where to go on. */

import { escapeHtml } from '../../core/html';
import { type Chapter, pageOf } from '../chapter';
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

/** The content with the chapter's number above its title and time and needs below. */
function opened(chapter: Chapter, body: string, frame: BookFrame): string {
  const { number: told, kind } = chapter;
  const word = kind === 'appendix' ? `Appendix ${told}` : `Chapter ${Number(told)}`;
  const number = told === undefined ? '' : `<p class="opening-number">${word}</p>\n`;
  const facts = chapterFacts(chapter, frame);
  const below = facts === '' ? '' : `\n<p class="opening-facts">${facts}</p>`;
  const end = chapter.headings[0]?.level === 1 ? body.indexOf('</h1>') + '</h1>'.length : 0;
  const title = end === 0 ? `<h1>${escapeHtml(chapter.title)}</h1>` : body.slice(0, end);
  return `${number}${title}${below}${body.slice(end)}`;
}

function pager({ chapters }: BookFrame, chapter: Chapter): string {
  const at = chapters.indexOf(chapter);
  const link = (to: Chapter | undefined, rel: 'prev' | 'next', word: string): string =>
    to === undefined
      ? ''
      : `<a class="pager-${rel}" rel="${rel}" href="${pageOf(to)}"><span class="pager-word">${word}</span> ${chapterLabel(to)}</a>`;
  const links = link(chapters[at - 1], 'prev', 'Previous') + link(chapters[at + 1], 'next', 'Next');
  return links === '' ? '' : `<nav class="pager" aria-label="Previous and next chapter">${links}</nav>`;
}

/** The whole page of a chapter around its content. */
export function chapterPage(frame: BookFrame, chapter: Chapter, body: string, hasPlots: boolean): string {
  return pageHtml(frame, {
    title: chapter.title,
    description: chapter.description,
    chapter,
    main: `<article class="chapter">\n${opened(chapter, body, frame)}\n</article>\n${pager(frame, chapter)}`,
    hasMaths: body.includes('class="katex'),
    hasPlots,
  });
}
