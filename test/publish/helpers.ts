/** The fixtures: small notebooks that use every feature, and one with every mistake. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';
import { type PrintOptions, printBook } from 'inkwell/publish/book';

export const fixtures: string = path.join(projectRoot(), 'test', 'publish', 'fixtures');

export const fixture = (name: string): string => path.join(fixtures, `${name}.ipynb`);

/** The pages of `goodBook`. */
export const GOOD_PAGES: readonly string[] = [
  'index.html',
  '01-pixels.html',
  '02-curves.html',
  '03-scripts.html',
  'word-index.html',
  'bibliography.html',
  'about.html',
];

/** A book of the good fixtures, to be printed into `out`. */
export function goodBook(out: string): PrintOptions {
  return {
    chapters: ['01-pixels', '02-curves', '03-scripts'].map(fixture),
    out,
    title: 'Rings, from pixels up',
    subtitle: 'A small book that tests its press',
    description: 'Three short chapters that use everything a chapter can hold.',
    authors: ['The Inkwell authors'],
    bibliography: path.join(fixtures, 'works.bib'),
    cache: false,
  };
}

/** Runs with a temporary folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-publish-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A book of one chapter of these cells; `use` gets its page. */
export async function printedCells<T>(
  cells: readonly object[],
  use: (page: string) => Promise<T> | T,
): Promise<T> {
  return await withFolder(async (folder) => {
    const chapter = path.join(folder, '01-lines.ipynb');
    writeFileSync(chapter, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const { out } = await printBook({
      chapters: [chapter],
      out: path.join(folder, 'book'),
      title: 'Lines',
      cache: false,
    });
    return await use(path.join(out, '01-lines.html'));
  });
}

/** A book of one chapter whose cells showed these bundles. */
export function printed<T>(bundles: readonly object[], use: (page: string) => Promise<T> | T): Promise<T> {
  const cells = bundles.map((data, i) => ({
    cell_type: 'code',
    id: `c${i}`,
    metadata: {},
    source: `show(${i});`,
    execution_count: 1,
    outputs: [{ output_type: 'display_data', metadata: {}, data }],
  }));
  const title = { cell_type: 'markdown', id: 't', metadata: {}, source: '# Lines' };
  return printedCells([title, ...cells], use);
}
