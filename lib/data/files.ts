/**
 * The files of a data set on disk: finding them in a folder, reading one and
 * making sure that it is what the manifest describes. Nothing unverified
 * leaves this file; hashing MNIST's 55 MB takes some 30 ms.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../core/errors';
import { dataError } from './errors';
import { uncompress } from './gzip';
import { type IdxArray, parseIdx } from './idx';
import type { DataFile, DataSet } from './manifest';

/** Where each file of a data set is; `path` is undefined for one that is not there. */
export interface FoundFile {
  readonly file: DataFile;
  readonly path: string | undefined;
}

/**
 * Looks for a data set's files in `folder` or, where none is there, in its
 * subfolder of the data set's name. Each may stand plain or as `.gz`, and
 * under the spelling `train-images.idx3-ubyte` that some archives use.
 */
export function findFiles(dataSet: DataSet, folder: string): readonly FoundFile[] {
  const here = findIn(dataSet, folder);
  return here.some(({ path }) => path !== undefined)
    ? here
    : findIn(dataSet, path.join(folder, dataSet.name));
}

function findIn(dataSet: DataSet, folder: string): FoundFile[] {
  return dataSet.files.map((file) => {
    const dotted = file.name.replace('-idx', '.idx');
    const names = [file.name, `${file.name}.gz`, dotted, `${dotted}.gz`];
    const paths = names.map((name) => path.join(folder, name));
    return { file, path: paths.find((candidate) => existsSync(candidate)) };
  });
}

/**
 * Reads a file, plain or gzip, and its IDX header.
 *
 * @throws InkwellError `DATA_UNREADABLE`, `DATA_HTML`, `DATA_TRUNCATED`, `DATA_MAGIC`, `DATA_FORMAT`.
 */
export async function readDataFile(file: DataFile, location: string): Promise<DataBytes> {
  const stored = await readFile(location).catch((error: unknown) => {
    throw dataError('DATA_UNREADABLE', `${location} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  return openBytes(file, stored, location);
}

/** A file's uncompressed bytes, and what they hold. */
export interface DataBytes {
  readonly bytes: Uint8Array;
  readonly idx: IdxArray;
}

/**
 * The same for bytes in hand.
 *
 * @param label what to call them in an error.
 */
export async function openBytes(file: DataFile, stored: Uint8Array, label: string): Promise<DataBytes> {
  // A file of the right size is no longer than the manifest says; what is, is damaged, or a bomb.
  const bytes = await uncompress(stored, { label, maxBytes: 2 * file.bytes });
  if (isWebPage(bytes)) {
    const hint =
      'A server or a log-in page of the network answered in place of the data; delete the file and try again.';
    throw dataError('DATA_HTML', `${label} is a web page, not data`, { hint });
  }
  return { bytes, idx: parseIdx(bytes, { label }) };
}

/** True where the bytes begin as HTML or XML does. */
export function isWebPage(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  return /^\s*<[!?a-z]/i.test(beginning);
}

/**
 * Makes sure that uncompressed bytes are the manifest's.
 *
 * @throws InkwellError `DATA_CHECKSUM`.
 */
export function verifySum(file: DataFile, bytes: Uint8Array, label: string): void {
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum === file.sha256) return;
  throw dataError(
    'DATA_CHECKSUM',
    `${label} is not ${file.name}: expected SHA-256 ${file.sha256}, got ${sum}`,
    {
      hint: 'Delete the file and fetch it again; if it was meant, it is another data set under this name.',
    },
  );
}
