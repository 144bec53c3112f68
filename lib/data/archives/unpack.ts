/**
 * Unpacking an archive so that its folder is there whole or not at all: into a
 * folder beside it first, then renamed. What an archive may not hold (paths that
 * lead out of it, links, devices) refuses all of it.
 */
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { x as extract, type ReadEntry } from 'tar';
import { InkwellError, messageOf } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import { asWriteError, dataError } from '../errors';
import { makeFolder } from '../write-file';

export interface UnpackOptions {
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/** How the names of folders begin that are being unpacked into; what an interrupted run left of them goes. */
export const UNPACKING = '.unpacking-';

/**
 * Unpacks one folder of a gzipped tar archive.
 *
 * @param name the folder in the archive, which becomes `target/name`; what stands there goes.
 * @throws InkwellError `DATA_FORMAT` where the archive is damaged, or holds what it may not or not
 *   the folder; `DATA_READ_ONLY`, `DATA_DISK_FULL`; the signal's reason.
 */
export async function unpackFolder(
  archive: string,
  name: string,
  target: string,
  options: UnpackOptions = {},
): Promise<void> {
  await makeFolder(target);
  const work = await mkdtemp(path.join(target, UNPACKING)).catch((error: unknown) => {
    throw asWriteError(error, target);
  });
  try {
    await extractAll(archive, work, options);
    const unpacked = path.join(work, name);
    if (!(await stat(unpacked).catch(() => undefined))?.isDirectory()) {
      throw dataError('DATA_FORMAT', `${archive} holds no folder ${name}`);
    }
    await rm(path.join(target, name), { recursive: true, force: true });
    await rename(unpacked, path.join(target, name));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw asUnpackError(error, archive, target);
  } finally {
    // After a failure the reader may still be writing its last file.
    await rm(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

async function extractAll(
  archive: string,
  work: string,
  { onProgress, signal }: UnpackOptions,
): Promise<void> {
  let [done, refused] = [0, undefined as Error | undefined];
  await extract({
    file: archive,
    cwd: work,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter(entryPath, entry) {
      refused ??= refusal(entryPath, entry as ReadEntry, archive);
      if (refused === undefined && !signal?.aborted) return true;
      // Nothing more is written; the reader is let run to its end.
      return false;
    },
    onReadEntry() {
      onProgress?.({ label: `unpacking ${path.basename(archive, '.part')}`, done: ++done, unit: 'steps' });
    },
  });
  signal?.throwIfAborted();
  if (refused !== undefined) throw refused;
}

/** Why an entry may not be; undefined where it may. */
function refusal(entryPath: string, entry: ReadEntry, archive: string): InkwellError | undefined {
  const parts = entryPath.split(/[\\/]/);
  if (parts.includes('..') || /^([\\/]|[a-z]:)/i.test(entryPath)) {
    return dataError('DATA_FORMAT', `${archive} holds ${entryPath}, which leads out of its folder`);
  }
  const isPlain = ['File', 'OldFile', 'ContiguousFile', 'Directory', 'GNUDumpDir'].includes(entry.type);
  if (isPlain) return undefined;
  return dataError(
    'DATA_FORMAT',
    `${archive} holds ${entryPath}, which is no plain file but a ${entry.type}`,
  );
}

function asUnpackError(thrown: unknown, archive: string, target: string): unknown {
  if (thrown instanceof InkwellError) return thrown;
  const failure = asWriteError(thrown, target);
  if (failure instanceof InkwellError) return failure;
  return dataError('DATA_FORMAT', `${archive} cannot be unpacked: ${messageOf(thrown)}`, {
    hint: 'Fetch it again; if that does not help, the mirror has another archive by now.',
    cause: thrown,
  });
}
