/** Chapters' trees to the files of an HTML book. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Chapter, downloadOf, pageOf } from '../chapter';
import type { Bibliography } from '../citations/work';
import { type BookFile, MARKER } from '../folder';
import type { PageReport, PrintOptions } from '../options';
import { type CellPlace, collectIn, type Problem, type Report } from '../problems';
import { searchEntries } from '../search';
import { sharedAssets } from './assets';
import { backPage, backPages } from './back-pages';
import { chapterHtml } from './body';
import { chapterPage } from './chapter-page';
import { coverPage } from './cover';
import { type Leaves, prepareLeaves } from './leaves';
import type { BookFrame } from './page';
import { hasPlots, leavesIn } from './parts';

export interface RenderedBook {
  readonly files: readonly BookFile[];
  readonly pages: readonly PageReport[];
  readonly problems: readonly Problem[];
  readonly leavesMade: number;
  readonly leafCount: number;
}

const bytesFile = (file: string, bytes: Uint8Array): BookFile => ({
  path: file,
  content: { kind: 'bytes', bytes },
});

function renderChapter(chapter: Chapter, leaves: Leaves): { body: string; problems: Problem[] } {
  const problems: Problem[] = [];
  const notebook = path.basename(chapter.source);
  const reportIn = (cell: CellPlace | undefined): Report => collectIn(problems, notebook, cell);
  return { body: chapterHtml(chapter, { ...leaves, reportIn }), problems };
}

/** What the book is made of, for later prints and for tools: no dates, so that it stays the same. */
function manifest(title: string, chapters: readonly Chapter[], files: readonly BookFile[]): BookFile {
  const value = {
    generator: 'inkwell',
    title,
    chapters: chapters.map((chapter) => ({ page: pageOf(chapter), title: chapter.title })),
    files: files.flatMap(({ path: file, content }) =>
      content.kind === 'bytes'
        ? [{ file, sha256: createHash('sha256').update(content.bytes).digest('hex') }]
        : [{ file }],
    ),
  };
  return bytesFile(MARKER, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

/** What rendering needs besides what the book says of itself. */
export interface RenderOptions {
  /** Keeps formulas and highlighted code for the next print. */
  readonly cacheFile: string | undefined;
  readonly bibliography: Bibliography;
}

/** Every file of the book, in memory; nothing is written. */
export async function renderBook(
  chapters: readonly Chapter[],
  options: PrintOptions,
  { cacheFile, bibliography }: RenderOptions,
): Promise<RenderedBook> {
  const { title, subtitle, description, authors = [], language = 'en', issues } = options;
  const found = chapters.map(({ tree }) => leavesIn(tree));
  const leaves = await prepareLeaves(
    found.flatMap(({ blocks }) => blocks),
    found.flatMap(({ formulas }) => formulas),
    cacheFile,
  );
  const about: BookFrame = { title, language, chapters, back: [], issues, setFormula: leaves.setFormula };
  const back = backPages(about, bibliography, { ...options, authors });
  const frame: BookFrame = { ...about, back };
  const problems: Problem[] = [];
  const pages: PageReport[] = [];
  const files: BookFile[] = [];
  const add = (page: string, html: string, pageTitle: string, cells: number): void => {
    const bytes = Buffer.from(html);
    files.push(bytesFile(page, bytes));
    pages.push({ page, title: pageTitle, cells, bytes: bytes.length });
  };

  add('index.html', coverPage(frame, { subtitle, description, authors }), title, 0);
  let hasMaths = false;
  for (const chapter of chapters) {
    const { body, problems: wrong } = renderChapter(chapter, leaves);
    problems.push(...wrong);
    hasMaths ||= body.includes('class="katex');
    add(
      pageOf(chapter),
      chapterPage(frame, chapter, body, hasPlots(chapter.tree)),
      chapter.title,
      chapter.cellCount,
    );
  }
  for (const page of back) add(page.page, backPage(frame, page), page.title, 0);
  files.push(...chapters.map((chapter) => bytesFile(downloadOf(chapter), Buffer.from(chapter.notebook))));
  files.push(
    ...chapters.flatMap(({ media }) => media.map(({ path: file, bytes }) => bytesFile(file, bytes))),
  );
  const withPlots = chapters.some((chapter) => hasPlots(chapter.tree));
  files.push(...(await sharedAssets({ entries: searchEntries(chapters), hasMaths, hasPlots: withPlots })));
  return {
    files: [...files, manifest(title, chapters, files)],
    pages,
    problems,
    leavesMade: leaves.made,
    leafCount: leaves.count,
  };
}
