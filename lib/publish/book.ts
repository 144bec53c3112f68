/**
 * Prints a book: executed notebooks in, a folder of pages out that works from
 * `file://` with the network cut.
 *
 * Notebooks become trees (`build.ts`), the trees are checked and linked as one
 * book, and a writer (`html/`) makes the pages. Further formats are further
 * writers on the same trees. The same notebooks always give the same bytes.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheRoot } from '../core/paths';
import { readNotebook } from '../notebook/read';
import { buildChapter } from './build';
import type { Chapter } from './chapter';
import { readBibliography } from './citations/read';
import type { Bibliography } from './citations/work';
import { replaceFolder } from './folder';
import { renderBook } from './html/render';
import { resolveLinks } from './links';
import { linkMentions } from './mentions';
import type { BookReport, PrintOptions } from './options';
import { BookProblemsError, type Problem } from './problems';

export type { BookReport, PageReport, PrintOptions } from './options';

async function readChapters(options: PrintOptions, bibliography: Bibliography): Promise<Chapter[]> {
  const { chapters: sources, folder } = options;
  const chapters: Chapter[] = [];
  for (const source of sources) {
    const notebook = await readNotebook(source);
    chapters.push(buildChapter(notebook, { source, bibliography, ...(folder !== undefined && { folder }) }));
  }
  const twice = chapters.find(
    (chapter, index) => chapters.findIndex(({ slug }) => slug === chapter.slug) !== index,
  );
  if (twice !== undefined || chapters.some(({ slug }) => slug === 'index')) {
    throw new RangeError(
      `printBook: each chapter needs a file name of its own, and none may be index.ipynb; got ${sources.map((source) => path.basename(source)).join(', ')}`,
    );
  }
  // Appendices come last, wherever their names put them.
  return [
    ...chapters.filter(({ kind }) => kind === 'chapter'),
    ...chapters.filter(({ kind }) => kind === 'appendix'),
  ];
}

/** In the order of the book: chapter, then cell. */
function byPlace(chapters: readonly Chapter[]): (a: Problem, b: Problem) => number {
  const places = new Map(chapters.map(({ source }, index) => [path.basename(source), index]));
  const place = ({ notebook, cell }: Problem): number =>
    (places.get(notebook) ?? 0) * 1e6 + (cell?.index ?? 1e6 - 1);
  return (a, b) => place(a) - place(b);
}

/** Keys of the works that no chapter cites, in the file's order. */
export function uncitedWorks(
  bibliography: Bibliography,
  chapters: readonly Pick<Chapter, 'cites'>[],
): string[] {
  const cited = new Set(chapters.flatMap(({ cites }) => cites));
  return [...bibliography.keys()].filter((key) => !cited.has(key));
}

/**
 * Prints the book.
 *
 * @throws BookProblemsError (`BOOK_PROBLEMS`) with every problem found, unless `strict` is false;
 *   InkwellError `PRINT_OUT` where the folder may not be replaced; RangeError on chapters
 *   of the same name or none at all; and what reading a notebook throws.
 */
export async function printBook(options: PrintOptions): Promise<BookReport> {
  const started = performance.now();
  const { chapters: sources, out = 'build/book', strict = true, cache } = options;
  if (sources.length === 0) throw new RangeError('printBook: there must be at least one chapter, got none');
  const bibliography =
    options.bibliography === undefined ? new Map() : await readBibliography(options.bibliography);
  const chapters = await readChapters(options, bibliography);
  const problems = chapters.flatMap((chapter) => [...chapter.problems, ...resolveLinks(chapter, chapters)]);
  for (const chapter of chapters) linkMentions(chapter, chapters);
  const folder = path.resolve(out);
  const own = path.join(
    cacheRoot(),
    'print',
    `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`,
  );
  const rendered = await renderBook(chapters, options, {
    cacheFile: cache === false ? undefined : (cache ?? own),
    bibliography,
  });
  problems.push(...rendered.problems);
  problems.sort(byPlace(chapters));
  if (strict && problems.length > 0) throw new BookProblemsError(problems);

  const bytes = await replaceFolder(folder, rendered.files);
  return {
    out: folder,
    pages: rendered.pages,
    problems,
    uncited: uncitedWorks(bibliography, chapters),
    leaves: { count: rendered.leafCount, made: rendered.leavesMade },
    fileCount: rendered.files.length,
    bytes,
    durationMs: performance.now() - started,
  };
}
