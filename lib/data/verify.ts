/**
 * Looking into a folder and saying, file by file, whether it is what it
 * should be. Nothing is thrown for a wrong file: it is the answer.
 */
import { statSync } from 'node:fs';
import { codeOf, InkwellError } from '../core/errors';
import type { DataFile, DataSet } from './data-set';
import { findFiles, readDataFile, verifySum } from './files';

/** What one file is found to be. */
export interface FileVerdict {
  readonly name: string;
  readonly state: 'ready' | 'absent' | 'damaged';
  /** Where it stands; null where it does not. */
  readonly path: string | null;
  /** What it takes on disk. */
  readonly bytes: number;
  /** The `DATA_…` code of what is wrong with it; null where nothing is. */
  readonly code: string | null;
  /** The same in a line. */
  readonly why: string | null;
}

/** What a folder is found to hold of a data set. */
export interface FolderVerdict {
  /** `incomplete`: what is there is good, but some is not there. `damaged`: something is not good. */
  readonly state: 'ready' | 'absent' | 'incomplete' | 'damaged';
  readonly bytes: number;
  readonly why: string | null;
  readonly files: readonly FileVerdict[];
}

/**
 * Reads every file of a data set in a folder and checks its sum.
 *
 * @param folder the folder of the files, or that of a subfolder named after the data set; it need not exist.
 */
export async function verifyDataSet(dataSet: DataSet, folder: string): Promise<FolderVerdict> {
  const files = await Promise.all(findFiles(dataSet, folder).map(({ file, path }) => verdictOn(file, path)));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const absent = files.filter(({ state }) => state === 'absent');
  const damaged = files.find(({ state }) => state === 'damaged');
  if (absent.length === files.length)
    return { state: 'absent', bytes, why: 'none of its files is there', files };
  if (damaged !== undefined) return { state: 'damaged', bytes, why: damaged.why, files };
  if (absent.length === 0) return { state: 'ready', bytes, why: null, files };
  return { state: 'incomplete', bytes, why: `lacks ${absent.map(({ name }) => name).join(', ')}`, files };
}

async function verdictOn(file: DataFile, location: string | undefined): Promise<FileVerdict> {
  const { name } = file;
  if (location === undefined) return { name, state: 'absent', path: null, bytes: 0, code: null, why: null };
  const bytes = statSync(location, { throwIfNoEntry: false })?.size ?? 0;
  const found = { name, path: location, bytes };
  try {
    verifySum(file, (await readDataFile(file, location)).bytes, location);
    return { ...found, state: 'ready', code: null, why: null };
  } catch (error) {
    if (!(error instanceof InkwellError)) throw error;
    return {
      ...found,
      state: 'damaged',
      code: codeOf(error) ?? null,
      why: error.message.split('\n', 1)[0] ?? null,
    };
  }
}
