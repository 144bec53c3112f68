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
    if (typeof info.title === 'string' && info.title !== '') return info;
  } catch (error) {
    throw new InkwellError('BOOK_INFO', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  throw new InkwellError('BOOK_INFO', `${file} has no "title"`, { hint: 'Give it {"title": "…"}.' });
}
