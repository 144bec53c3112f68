/**
 * What the book is called, from `notebooks/book.json`.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError, messageOf } from '../core/errors';
import { parseJson } from '../core/json-file';
import { projectRoot } from '../core/paths';
import { readManifest } from '../data/manifest';

export interface BookInfo {
  readonly title: string;
  readonly subtitle?: string;
  readonly description?: string;
  readonly authors?: readonly string[];
  /** BCP 47. */
  readonly language?: string;
  /** The licence of text and code, such as `MIT`. */
  readonly license?: string;
  /** The book's version, such as `0.1.0`. */
  readonly version?: string;
  /** Where readers report mistakes: an `https` address. */
  readonly issues?: string;
  /** The works that the chapters cite, a `.bib` file; in the file relative to it, here absolute. */
  readonly bibliography?: string;
  /** The data sets that the chapters use; in the file the path of a manifest such as `data/manifest.json`. */
  readonly dataSets?: readonly { readonly name: string; readonly license: string }[];
}

/** `book.json` as it is written: paths are relative to it. */
type BookFile = Omit<BookInfo, 'dataSets'> & { readonly dataSets?: string };

function dataSetsIn(manifest: string): NonNullable<BookInfo['dataSets']> {
  const { dataSets, archiveSets = [] } = readManifest(manifest);
  return [...dataSets, ...archiveSets].map(({ title, licence }) => ({
    name: title,
    license: licence.summary,
  }));
}

/** `12-some-title.ipynb` → `some title`. */
const titleOf = (file: string): string =>
  path
    .basename(file, '.ipynb')
    .replace(/^(?:\d+|[A-Z]\d*)-/, '')
    .replaceAll('-', ' ');

/**
 * What a print of these notebooks is called: the `book.json` beside the first
 * of them, this project's where they are its chapters or executed copies of
 * them, else the first notebook's own name.
 *
 * @throws InkwellError `BOOK_INFO` where the `book.json` cannot be used.
 */
export async function bookInfoFor(
  notebooks: readonly string[],
): Promise<BookInfo & { readonly folder?: string }> {
  const [first = 'notebook.ipynb'] = notebooks;
  const beside = path.join(path.dirname(path.resolve(first)), 'book.json');
  if (existsSync(beside)) return readBookInfo(beside);
  const own = path.join(projectRoot(), 'notebooks');
  const isOurs = notebooks.every(
    (file) =>
      path.resolve(file).startsWith(`${projectRoot()}${path.sep}`) &&
      existsSync(path.join(own, path.basename(file))),
  );
  return isOurs ? { ...(await readBookInfo()), folder: own } : { title: titleOf(first) };
}

/**
 * The book's title page.
 *
 * @throws InkwellError `BOOK_INFO` where the file is missing, no JSON, or without a title.
 */
export async function readBookInfo(
  file: string = path.join(projectRoot(), 'notebooks', 'book.json'),
): Promise<BookInfo> {
  try {
    const { bibliography, dataSets, ...info } = parseJson(await readFile(file, 'utf8')) as BookFile;
    const beside = (name: string): string => path.resolve(path.dirname(file), name);
    const told: BookInfo = {
      ...info,
      ...(typeof bibliography === 'string' && { bibliography: beside(bibliography) }),
      ...(typeof dataSets === 'string' && { dataSets: dataSetsIn(beside(dataSets)) }),
    };
    if (typeof told.title === 'string' && told.title !== '') return told;
  } catch (error) {
    throw new InkwellError('BOOK_INFO', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  throw new InkwellError('BOOK_INFO', `${file} has no "title"`, { hint: 'Give it {"title": "…"}.' });
}
