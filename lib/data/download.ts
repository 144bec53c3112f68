/**
 * Fetching one file: resumed where an earlier try stopped, tried again where
 * the connection fails, verified as a whole, and only then given its name.
 */
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../core/errors';
import type { DataFile } from './data-set';
import { asWriteError, type DataErrorCode } from './errors';
import { openBytes, verifySum } from './files';
import { isGzip } from './gzip';
import { dropPart, openPart, type Part } from './part';
import { type ReceiveOptions, receive } from './receive';
import { type RetryOptions, retry, type Verdict } from './retry';
import { makeFolder } from './write-file';

export interface DownloadOptions
  extends ReceiveOptions,
    Pick<RetryOptions, 'attempts' | 'firstDelayMs' | 'maxDelayMs'> {}

/**
 * Downloads a file of a data set.
 *
 * @param url where it is, plain or gzip.
 * @param folder where it goes, as `NAME`, or of IDX files `NAME.gz` where it turns out to be gzip.
 * @returns the path of the finished, verified file.
 * @throws InkwellError `DATA_OFFLINE`, `DATA_CONNECTION`, `DATA_HTTP`, `DATA_SERVER`, `DATA_HTML`,
 *   `DATA_TRUNCATED`, `DATA_MAGIC`, `DATA_FORMAT`, `DATA_CHECKSUM`, `DATA_READ_ONLY`,
 *   `DATA_DISK_FULL`; the signal's reason.
 */
export async function downloadFile(
  url: string,
  file: DataFile,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  await makeFolder(folder);
  let before = 0;
  let resumed = false;
  const attempt = async (): Promise<string> => {
    const part = await openPart(folder, file.name, url);
    before = part.bytes;
    resumed = false;
    resumed = await receive(url, file, part, options);
    return await finish(url, file, part, folder);
  };
  const judge = async (error: unknown): Promise<Verdict> => {
    const code = codeOf(error) as DataErrorCode | undefined;
    if (code === 'DATA_CONNECTION') {
      const { bytes } = await openPart(folder, file.name, url);
      return bytes > before ? 'afresh' : 'again';
    }
    // What was put together from two tries may be of two versions; what ends early, of one cut off.
    const passes = code === 'DATA_OFFLINE' || code === 'DATA_SERVER' || code === 'DATA_TRUNCATED';
    return passes || resumed ? 'again' : 'give up';
  };
  return await retry(attempt, { ...options, judge });
}

/** Verifies a part and gives it its name; throws it away where it is not what it should be. */
async function finish(url: string, file: DataFile, part: Part, folder: string): Promise<string> {
  const stored = await readFile(part.path);
  try {
    const { bytes } = await openBytes(file, stored, url);
    verifySum(file, bytes, url);
  } catch (error) {
    await dropPart(part);
    throw error;
  }
  const zipped = file.format === undefined && isGzip(stored);
  const target = path.join(folder, zipped ? `${file.name}.gz` : file.name);
  try {
    // On the disk before it has its name, or a power cut could leave the name without the bytes.
    const handle = await open(part.path, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(part.path, target);
    await dropPart(part);
  } catch (error) {
    throw asWriteError(error, target);
  }
  return target;
}
