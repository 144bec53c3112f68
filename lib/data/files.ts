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
import type { AsIsFile, DataFile, DataSet } from './data-set';
import { dataError } from './errors';
import { uncompress } from './gzip';
import { type IdxArray, parseIdx } from './idx';

/** Where each file of a data set is; `path` is undefined for one that is not there. */
export interface FoundFile {
  readonly file: DataFile;
  readonly path: string | undefined;
}

/**
 * Looks for a data set's files in `folder` or, where none is there, in its
 * subfolder of the data set's name. An IDX file may stand plain or as `.gz`, and
 * under the spelling `train-images.idx3-ubyte` that some archives use; any
 * other under its own name alone.
 */
export function findFiles(dataSet: DataSet, folder: string): readonly FoundFile[] {
  const here = findIn(dataSet, folder);
  return here.some(({ path }) => path !== undefined)
    ? here
    : findIn(dataSet, path.join(folder, dataSet.name));
}

function findIn(dataSet: DataSet, folder: string): FoundFile[] {
  return dataSet.files.map((file) => {
    const paths = namesOf(file).map((name) => path.join(folder, name));
    return { file, path: paths.find((candidate) => existsSync(candidate)) };
  });
}

function namesOf({ name, format }: DataFile): readonly string[] {
  if (format === 'as-is') return [name];
  const dotted = name.replace('-idx', '.idx');
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
}

/**
 * Reads a file; of an IDX file, plain or gzip, its header too.
 *
 * @throws InkwellError `DATA_UNREADABLE`, `DATA_HTML`, `DATA_TRUNCATED`, `DATA_MAGIC`, `DATA_FORMAT`.
 */
export async function readDataFile(file: DataFile, location: string): Promise<DataBytes> {
  const stored = await readFile(location).catch((error: unknown) => {
    throw dataError('DATA_UNREADABLE', `${location} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  return openBytes(file, stored, location);
}

/** The bytes that the manifest describes, and what they hold where they are IDX. */
export interface DataBytes {
  readonly bytes: Uint8Array;
  readonly idx: IdxArray | undefined;
}

/**
 * The same for bytes in hand.
 *
 * @param label what to call them in an error.
 */
export async function openBytes(file: DataFile, stored: Uint8Array, label: string): Promise<DataBytes> {
  if (file.format === 'as-is') return { bytes: asIsBytes(file, stored, label), idx: undefined };
  // A file of the right size is no longer than the manifest says; what is, is damaged, or a bomb.
  const bytes = await uncompress(stored, { label, maxBytes: 2 * file.bytes });
  refuseWebPage(bytes, label);
  return { bytes, idx: parseIdx(bytes, { label }) };
}

function asIsBytes(file: AsIsFile, stored: Uint8Array, label: string): Uint8Array {
  refuseWebPage(stored, label);
  if (file.bytes !== undefined && stored.length < file.bytes) {
    const sizes = `${stored.length} of ${file.bytes} bytes`;
    throw dataError('DATA_TRUNCATED', `${label} is cut short: ${sizes}`, {
      hint: 'Delete the file and fetch it again.',
    });
  }
  return stored;
}

function refuseWebPage(bytes: Uint8Array, label: string): void {
  if (!isWebPage(bytes)) return;
  const hint =
    'A server or a log-in page of the network answered in place of the data; delete the file and try again.';
  throw dataError('DATA_HTML', `${label} is a web page, not data`, { hint });
}

/** True where the bytes begin as HTML or XML does. */
export function isWebPage(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  return /^\s*<[!?a-z]/i.test(beginning);
}

/**
 * Makes sure that bytes, uncompressed where they are IDX, are the manifest's.
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
