/**
 * What the book is called, from `notebooks/book.json`.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError, messageOf } from '../core/errors';
import { projectRoot } from '../core/paths';

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
    const info = JSON.parse(await readFile(file, 'utf8'));
    const { bibliography } = info;
    const works =
      typeof bibliography === 'string'
        ? { bibliography: path.resolve(path.dirname(file), bibliography) }
        : {};
    if (typeof info.title === 'string' && info.title !== '') return { ...info, ...works };
  } catch (error) {
    throw new InkwellError('BOOK_INFO', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  throw new InkwellError('BOOK_INFO', `${file} has no "title"`, { hint: 'Give it {"title": "…"}.' });
}
