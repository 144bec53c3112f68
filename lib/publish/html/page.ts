/**
 * The page around a chapter or the cover: head, bar, contents, main part.
 *
 * Pages work from `file://` without a network and mostly without scripts: the
 * contents open as a popover, solutions fold as `details`. A content security
 * policy allows nothing but the book's own files.
 */

import { escapeHtml } from '../../core/html';
import type { Chapter, Heading } from '../chapter';
import { pageOf } from '../chapter';
import { inlineHtml } from './body';
import type { Formula, SetFormula } from './maths';

export interface BookFrame {
  readonly title: string;
  /** BCP 47, such as `en`. */
  readonly language: string;
  readonly chapters: readonly Chapter[];
  /** The pages behind the chapters. */
  readonly back: readonly { readonly page: string; readonly title: string }[];
  /** Where readers report mistakes. */
  readonly issues?: string | undefined;
  /** For formulas in headings. */
  readonly setFormula: (formula: Formula) => SetFormula;
}

export interface PageContent {
  readonly title: string;
  readonly description: string | undefined;
  /** The chapter shown; undefined on the cover. */
  readonly chapter: Chapter | undefined;
  readonly main: string;
  readonly hasMaths: boolean;
  readonly hasPlots: boolean;
}

/**
 * Nothing but the book's own files. `'self'` does not cover files in every
 * browser, hence `file:`. Styles in attributes are needed by formulas and pixel
 * tables (and were filtered); Plotly also adds style elements of its own.
 */
function policy({ hasPlots }: PageContent): string {
  return [
    "default-src 'none'",
    "script-src 'self' file:",
    `style-src-elem 'self' file:${hasPlots ? " 'unsafe-inline'" : ''}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' file: data: blob:",
    "font-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function head(frame: BookFrame, page: PageContent): string {
  const { chapters } = frame;
  const at = page.chapter === undefined ? -1 : chapters.indexOf(page.chapter);
  const relation = (rel: string, chapter: Chapter | undefined): string =>
    chapter === undefined ? '' : `<link rel="${rel}" href="${pageOf(chapter)}">`;
  const full = page.chapter === undefined ? frame.title : `${page.title} · ${frame.title}`;
  return [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy(page))}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(full)}</title>`,
    page.description === undefined
      ? ''
      : `<meta name="description" content="${escapeHtml(page.description)}">`,
    '<link rel="icon" href="assets/icon.svg">',
    '<link rel="stylesheet" href="assets/fonts.css">',
    page.hasMaths ? '<link rel="stylesheet" href="assets/katex/katex.css">' : '',
    '<link rel="stylesheet" href="assets/book.css">',
    relation('prev', at > 0 ? chapters[at - 1] : undefined),
    relation('next', chapters[at + 1]),
    // Before anything is drawn, so that a chosen theme does not flash.
    '<script src="assets/theme.js"></script>',
    '<script src="assets/book.js" defer></script>',
    '<script src="assets/search.js" defer></script>',
    page.hasPlots ? '<script src="assets/plots.js" defer></script>' : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Headings of the second and third level, nested. */
export function sectionList(headings: readonly Heading[], frame: BookFrame): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length === 0) return '';
  const items = shown.map(
    ({ id, level, children }) =>
      `<li class="level-${level}"><a href="#${encodeURIComponent(id)}">${inlineHtml(children, frame)}</a></li>`,
  );
  return `<ol class="sections">${items.join('')}</ol>`;
}

/** `06` and the title, the number set apart. */
export function chapterLabel(chapter: Chapter): string {
  const title = `<span class="chapter-title">${escapeHtml(chapter.title)}</span>`;
  const { number } = chapter;
  return number === undefined ? title : `<span class="chapter-number">${number}</span> ${title}`;
}

/** Glossary, index and the like, as a list of links; empty where there are none. */
export function backList({ back }: BookFrame): string {
  if (back.length === 0) return '';
  const items = back.map(({ page, title }) => `<li><a href="${page}">${escapeHtml(title)}</a></li>`);
  return `<ul class="back-list">${items.join('')}</ul>\n`;
}

function contents(frame: BookFrame, current: Chapter): string {
  const items = frame.chapters.map((chapter, index) => {
    const isHere = chapter === current;
    const link = `<a href="${pageOf(chapter)}"${isHere ? ' aria-current="page"' : ''}>${chapterLabel(chapter)}</a>`;
    const isFirstAppendix = chapter.kind === 'appendix' && frame.chapters[index - 1]?.kind === 'chapter';
    const className = isFirstAppendix ? ' class="first-appendix"' : '';
    return `<li${className}>${link}${isHere ? sectionList(chapter.headings, frame) : ''}</li>`;
  });
  return `<nav id="page-contents" class="contents" aria-label="Contents" popover>
<p class="contents-home"><a href="index.html">Contents</a></p>
<ol class="chapters">${items.join('\n')}</ol>
${backList(frame)}</nav>`;
}

const BAR_ICONS = {
  search:
    '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5"/><path d="M12.2 12.2 17 17"/></svg>',
  menu: '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14"/></svg>',
  theme:
    '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7"/><path class="half" d="M10 3a7 7 0 0 1 0 14z"/></svg>',
};

function bar(frame: BookFrame, hasContents: boolean): string {
  const menu = `<button type="button" id="page-menu" class="bar-button bar-menu" popovertarget="page-contents">${BAR_ICONS.menu}<span class="sr-only">Contents</span></button>\n`;
  return `<header class="bar">
${hasContents ? menu : ''}<a class="bar-title" href="index.html">${escapeHtml(frame.title)}</a>
<button type="button" class="bar-button bar-search" aria-keyshortcuts="Control+K Meta+K" hidden>${BAR_ICONS.search}<span class="sr-only">Search</span></button>
<button type="button" class="bar-button bar-theme" hidden>${BAR_ICONS.theme}<span class="sr-only">Dark theme</span></button>
</header>`;
}

/** A whole page. */
export function pageHtml(frame: BookFrame, page: PageContent): string {
  return `<!doctype html>
<html lang="${escapeHtml(frame.language)}">
<head>
${head(frame, page)}
</head>
<body class="${page.chapter === undefined ? 'cover-page' : 'chapter-page'}">
<a class="skip" href="#page-main">Skip to the text</a>
${bar(frame, page.chapter !== undefined)}
<div class="layout">
${page.chapter === undefined ? '' : contents(frame, page.chapter)}
<main id="page-main" tabindex="-1">
${page.main}
</main>
</div>
</body>
</html>
`;
}
