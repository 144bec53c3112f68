/**
 * One at a time, across processes: who comes second waits, then finds the
 * work done. A process that dies leaves a lock that goes stale in seconds.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { codeOf } from '../core/errors';
import { asWriteError, dataError } from './errors';
import { makeFolder } from './write-file';

/** A lock that its holder has not touched for so long is nobody's. */
const STALE_MS = 15_000;
const POLL_MS = 200;

/**
 * Runs `work` while holding the folder's lock.
 *
 * @param folder made where there is none; the lock stands beside it.
 * @param work its signal aborts with `options.signal`, or where the lock is lost
 *   (the machine slept, say, and another process went ahead).
 * @throws InkwellError `DATA_READ_ONLY`, `DATA_DISK_FULL`, and what `work` throws.
 */
export async function withLock<T>(
  folder: string,
  work: (signal: AbortSignal) => Promise<T>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<T> {
  const { signal } = options;
  await makeFolder(folder);
  const lost = new AbortController();
  const onCompromised = (error: Error): void => {
    const message = `the lock of ${folder} was lost while it was held`;
    lost.abort(dataError('DATA_CONNECTION', message, { hint: 'Try again.', cause: error }));
  };
  const release = await acquire(folder, onCompromised, signal);
  try {
    return await work(signal === undefined ? lost.signal : AbortSignal.any([signal, lost.signal]));
  } finally {
    // A lost lock is another's by now: there is nothing to release.
    if (!lost.signal.aborted) await release().catch(() => undefined);
  }
}

async function acquire(
  folder: string,
  onCompromised: (error: Error) => void,
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lock(folder, { stale: STALE_MS, update: STALE_MS / 5, onCompromised });
    } catch (error) {
      if (codeOf(error) !== 'ELOCKED') throw asWriteError(error, `${folder}.lock`);
    }
    await wait(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}
