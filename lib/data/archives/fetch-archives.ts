/**
 * Fetching a data set of archives into the cache: each archive comes from the
 * first mirror that has it, goes on where an earlier try stopped, is verified
 * as it lies on the disk, unpacked, and thrown away. Several processes may ask
 * at once; one fetches, the others wait for it.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { codeOf, InkwellError } from '../../core/errors';
import { type DataErrorCode, dataError } from '../errors';
import type { FetchOptions, FetchReport } from '../fetch';
import { cacheFolder } from '../locate';
import { withLock } from '../lock';
import { noMirror } from '../mirrors';
import { dropPart, openPart, type Part } from '../part';
import { receive } from '../receive';
import { retry, type Verdict } from '../retry';
import { dataSettings } from '../settings';
import type { Archive, ArchiveSet } from './archive-set';
import { holdingsIn } from './holdings';
import { UNPACKING, unpackFolder } from './unpack';

/**
 * Makes sure that the cache holds a data set, whole and unpacked.
 *
 * @throws InkwellError `DATA_OFFLINE`, `DATA_CONNECTION`, `DATA_HTTP`, `DATA_SERVER`, `DATA_HTML`,
 *   `DATA_CHECKSUM`, `DATA_TRUNCATED`, `DATA_FORMAT`, `DATA_INCOMPLETE`, `DATA_READ_ONLY`,
 *   `DATA_DISK_FULL`, `DATA_SETTING`; the signal's reason.
 */
export async function fetchArchiveSet(set: ArchiveSet, options: FetchOptions = {}): Promise<FetchReport> {
  const folder = cacheFolder(set.name);
  const isReady = async (): Promise<boolean> => (await holdingsIn(set, folder)).state === 'ready';
  if (await isReady()) return { folder, fetched: [] };
  if (dataSettings().offline) {
    const message = `${set.title} is not in the cache, and INKWELL_OFFLINE forbids fetching it`;
    throw dataError('DATA_OFFLINE', message);
  }
  return await withLock(
    folder,
    async (signal) => {
      if (await isReady()) return { folder, fetched: [] };
      await sweep(folder);
      const fetched: { name: string; mirror: string }[] = [];
      for (const archive of set.archives) {
        const mirror = await bring(set, archive, folder, { ...options, signal });
        fetched.push({ name: archive.name, mirror });
      }
      const { state, why } = await holdingsIn(set, folder);
      if (state === 'ready') return { folder, fetched };
      throw dataError('DATA_INCOMPLETE', `${set.title} was unpacked, but ${why}`);
    },
    options,
  );
}

/** Takes away what an interrupted run left half unpacked. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(UNPACKING)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** One archive, from the first mirror that has it, unpacked. A disk that is full is full for all of them. */
async function bring(
  set: ArchiveSet,
  archive: Archive,
  folder: string,
  options: FetchOptions,
): Promise<string> {
  const failures: unknown[] = [];
  for (const mirror of set.mirrors) {
    try {
      const part = await download(`${mirror}${archive.name}`, archive, folder, options);
      await unpackFolder(part.path, archive.folder, folder, options);
      await dropPart(part);
      return mirror;
    } catch (error) {
      options.signal?.throwIfAborted();
      const isDisk = ['DATA_READ_ONLY', 'DATA_DISK_FULL'].includes(codeOf(error) ?? '');
      if (isDisk || !(error instanceof InkwellError)) throw error;
      failures.push(error);
    }
  }
  throw noMirror(set, failures);
}

/** The whole archive as a part, verified. */
async function download(url: string, archive: Archive, folder: string, options: FetchOptions): Promise<Part> {
  let [before, resumed] = [0, false];
  const attempt = async (): Promise<Part> => {
    const part = await openPart(folder, archive.name, url);
    [before, resumed] = [part.bytes, false];
    resumed = await receive(url, archive, part, options);
    await verify(url, archive, part);
    return part;
  };
  const judge = async (error: unknown): Promise<Verdict> => {
    const code = codeOf(error) as DataErrorCode | undefined;
    if (code === 'DATA_CONNECTION') {
      return (await openPart(folder, archive.name, url)).bytes > before ? 'afresh' : 'again';
    }
    const passes = code === 'DATA_OFFLINE' || code === 'DATA_SERVER' || code === 'DATA_TRUNCATED';
    return passes || resumed ? 'again' : 'give up';
  };
  return await retry(attempt, { ...options, judge });
}

/** Checks size and, where it is known, sum; throws the part away where they are wrong. */
async function verify(url: string, { name, bytes, sha256 }: Archive, part: Part): Promise<void> {
  const { size } = await stat(part.path);
  const hint = 'Fetch it again; if that does not help, the mirror has another archive by now.';
  if (size !== bytes) {
    await dropPart(part);
    const code = size < bytes ? 'DATA_TRUNCATED' : 'DATA_FORMAT';
    throw dataError(code, `${url} is not ${name}: expected ${bytes} bytes, got ${size}`, { hint });
  }
  if (sha256 === undefined) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(part.path), hash);
  const sum = hash.digest('hex');
  if (sum === sha256) return;
  await dropPart(part);
  throw dataError('DATA_CHECKSUM', `${url} is not ${name}: expected SHA-256 ${sha256}, got ${sum}`, { hint });
}
