/**
 * One builder at a time for each entry of the cache, across processes.
 *
 * The lock is a folder whose time stamp its owner keeps fresh; once that is
 * older than `staleMs` the owner has died and the next one takes over. Beside
 * it lies a line about who holds it, for those who wait.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkSync, lock } from 'proper-lockfile';
import { codeOf, InkwellError } from '../../core/errors';

const STALE_MS = 10_000;

export interface LockOptions {
  /** What the holder does, for those who wait, e.g. `TensorFlow 2.21.0 for the CPU`. */
  readonly doing: string;
  readonly log?: (line: string) => void;
  /** After how long without a sign of life a lock is taken over; at least 2000. Default 10000. */
  readonly staleMs?: number;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly doing: string;
  readonly since: string;
}

/** Runs `work` while holding the lock `file`; waits for its turn, and says for whom. */
export async function withLock<T>(file: string, work: () => Promise<T>, options: LockOptions): Promise<T> {
  const { doing, log, staleMs = STALE_MS } = options;
  mkdirSync(path.dirname(file), { recursive: true });
  const ownerFile = `${file}.owner`;
  let lost = false;
  const release = await acquire(file, ownerFile, staleMs, log, () => {
    lost = true;
  });
  try {
    const owner: Owner = { pid: process.pid, host: hostname(), doing, since: new Date().toISOString() };
    writeFileSync(ownerFile, JSON.stringify(owner));
    return await work();
  } finally {
    if (!lost) {
      rmSync(ownerFile, { force: true });
      await release();
    }
  }
}

/** Whether somebody alive holds the lock `file`. */
export function isLocked(file: string): boolean {
  return checkSync(file, { realpath: false, stale: STALE_MS });
}

async function acquire(
  file: string,
  ownerFile: string,
  staleMs: number,
  log: ((line: string) => void) | undefined,
  onCompromised: () => void,
): Promise<() => Promise<void>> {
  let told = '';
  for (;;) {
    try {
      return await lock(file, { realpath: false, stale: staleMs, update: staleMs / 4, onCompromised });
    } catch (error) {
      if (codeOf(error) !== 'ELOCKED') throw lockError(file, error);
    }
    const waiting = describeOwner(ownerFile, staleMs);
    if (waiting !== told) log?.(waiting);
    told = waiting;
    await sleep(250);
  }
}

function describeOwner(ownerFile: string, staleMs: number): string {
  try {
    const { pid, host, doing, since } = JSON.parse(readFileSync(ownerFile, 'utf8')) as Owner;
    if (host === hostname() && !isAlive(pid)) {
      return `process ${pid} was ended while it prepared ${doing}; taking over within ${staleMs / 1000} s`;
    }
    return `waiting for process ${pid} on ${host}, which has been preparing ${doing} since ${since}`;
  } catch {
    return 'waiting for another process, which is preparing the engine';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM'; // it is there, and someone else's
  }
}

function lockError(file: string, cause: unknown): InkwellError {
  return new InkwellError('ENGINE_LOCK', `The lock ${file}.lock cannot be taken.`, { cause });
}
