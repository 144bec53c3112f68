/**
 * Fetching a data set into the cache: what is there and good stays, what is
 * damaged goes, what is missing comes from the mirrors. Several processes may
 * ask at once; one fetches, the others wait for it.
 */
import { rm } from 'node:fs/promises';
import { InkwellError } from '../core/errors';
import type { DataFile, DataSet } from './data-set';
import { type DownloadOptions, downloadFile } from './download';
import { asWriteError, dataError } from './errors';
import { findFiles, readDataFile, verifySum } from './files';
import { cacheFolder } from './locate';
import { withLock } from './lock';
import { addressOf, type FindMirrorOptions, noMirror, orderMirrors } from './mirrors';
import { dataSettings } from './settings';

export interface FetchOptions extends DownloadOptions, FindMirrorOptions {}

/** One file that was fetched. */
export interface FetchedFile {
  readonly name: string;
  /** The mirror that gave it. */
  readonly mirror: string;
}

/** What a fetch did. */
export interface FetchReport {
  /** The cache's folder of the data set; it holds all of it now. */
  readonly folder: string;
  /** Empty where all was there, or where another process fetched it meanwhile. */
  readonly fetched: readonly FetchedFile[];
}

/**
 * Makes sure that the cache holds a data set, whole and verified.
 *
 * @throws InkwellError `DATA_OFFLINE` (also where `INKWELL_OFFLINE` forbids the network), what
 *   `downloadFile` throws, `DATA_SETTING`; the signal's reason.
 */
export async function fetchDataSet(dataSet: DataSet, options: FetchOptions = {}): Promise<FetchReport> {
  const folder = cacheFolder(dataSet.name);
  if ((await lackingFiles(dataSet, folder)).length === 0) return { folder, fetched: [] };
  if (dataSettings().offline) {
    throw dataError(
      'DATA_OFFLINE',
      `${dataSet.title} is not in the cache, and INKWELL_OFFLINE forbids fetching it`,
    );
  }
  // Asked before the lock is taken: who is offline need not queue to learn it.
  const mirrors = await orderMirrors(dataSet, options);
  return await withLock(
    folder,
    async (signal) => {
      const fetched: FetchedFile[] = [];
      for (const file of await lackingFiles(dataSet, folder)) {
        await discard(dataSet, file, folder);
        const mirror = await fetchFile(dataSet, mirrors, file, folder, { ...options, signal });
        fetched.push({ name: file.name, mirror });
      }
      return { folder, fetched };
    },
    options,
  );
}

/** The files that the folder lacks, or holds damaged. */
async function lackingFiles(dataSet: DataSet, folder: string): Promise<readonly DataFile[]> {
  const lacking: DataFile[] = [];
  for (const { file, path } of findFiles(dataSet, folder)) {
    if (path !== undefined && (await isGood(file, path))) continue;
    lacking.push(file);
  }
  return lacking;
}

async function isGood(file: DataFile, location: string): Promise<boolean> {
  try {
    verifySum(file, (await readDataFile(file, location)).bytes, location);
    return true;
  } catch (error) {
    if (!(error instanceof InkwellError)) throw error;
    return false;
  }
}

/** Takes a damaged file away, under whichever of its names it stands. */
async function discard(dataSet: DataSet, file: DataFile, folder: string): Promise<void> {
  const damaged = findFiles(dataSet, folder).find((found) => found.file === file)?.path;
  if (damaged === undefined) return;
  try {
    await rm(damaged, { recursive: true });
  } catch (error) {
    throw asWriteError(error, damaged);
  }
}

/** From the first mirror that has it. A disk that is full is full for all of them. */
async function fetchFile(
  dataSet: DataSet,
  mirrors: readonly string[],
  file: DataFile,
  folder: string,
  options: FetchOptions,
): Promise<string> {
  const failures = new Map<string, unknown>();
  for (const mirror of mirrors) {
    try {
      await downloadFile(addressOf(mirror, file), file, folder, options);
      return mirror;
    } catch (error) {
      options.signal?.throwIfAborted();
      const isDisk =
        error instanceof InkwellError && ['DATA_READ_ONLY', 'DATA_DISK_FULL'].includes(error.code);
      if (isDisk || !(error instanceof InkwellError)) throw error;
      failures.set(mirror, error);
    }
  }
  throw noMirror(
    dataSet,
    dataSet.mirrors.map((mirror) => failures.get(mirror)),
  );
}
