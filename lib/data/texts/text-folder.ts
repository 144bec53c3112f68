/**
 * A folder of texts: a subfolder for each class, a file `.txt` for each text,
 * as Maas et al. (2011) laid out IMDb's reviews.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkArguments, checkOptions } from '../../core/argument';
import { aString, someStrings } from '../../core/argument-kinds';
import { messageOf } from '../../core/errors';
import { dataError } from '../errors';
import { type Dataset, datasetOf } from '../loaders/dataset';

export interface TextFolderOptions {
  /** The subfolders to read, such as `['neg', 'pos']`; default all. */
  readonly classes?: readonly string[];
}

/** How many files are read at once: enough to keep a disk busy, and below any limit of open files. */
const AT_ONCE = 64;

/**
 * Reads the texts of a folder, class by class, files in the order of their names, in UTF-8.
 *
 * @throws InkwellError `DATA_UNREADABLE` where a folder or a file cannot be read, or there is no text.
 */
export async function readTextFolder(
  folder: string,
  options: TextFolderOptions = {},
): Promise<Dataset<string, string>> {
  checkArguments('readTextFolder', { folder }, { folder: aString });
  checkOptions('readTextFolder', options, { classes: someStrings });
  const classes = options.classes ?? (await subfolders(folder));
  const texts: string[] = [];
  const labels: string[] = [];
  for (const label of classes) {
    const here = await textsIn(path.join(folder, label));
    texts.push(...here);
    labels.push(...here.map(() => label));
  }
  if (texts.length > 0) return datasetOf(texts, labels);
  throw dataError('DATA_UNREADABLE', `${folder} holds no texts`, {
    hint: 'Expected a subfolder for each class, with a file .txt for each text.',
  });
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await unreadable(folder, readdir(folder, { withFileTypes: true }));
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function textsIn(folder: string): Promise<string[]> {
  const names = (await unreadable(folder, readdir(folder))).filter((name) => name.endsWith('.txt')).sort();
  const texts: string[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const files = names.slice(start, start + AT_ONCE).map((name) => path.join(folder, name));
    texts.push(...(await Promise.all(files.map((file) => unreadable(file, readFile(file, 'utf8'))))));
  }
  return texts;
}

function unreadable<Result>(place: string, reading: Promise<Result>): Promise<Result> {
  return reading.catch((error: unknown) => {
    throw dataError('DATA_UNREADABLE', `${place} cannot be read: ${messageOf(error)}`, { cause: error });
  });
}
