/**
 * Writing a file whole or not at all: under another name beside it first, to
 * the disk, then renamed into place. `write-file-atomic`, which did this here,
 * takes a write that the system cuts short (a disk that fills up in the middle)
 * for a whole one, and puts the stump in the file's place; Node's own
 * `writeFile` goes on until all is written or something fails.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';

/** For a file that is not there yet; the process's mask takes its part of it. */
const USUAL_MODE = 0o666;

const partOf = (file: string): string => `${file}.${process.pid}-${randomBytes(4).toString('hex')}.part`;

/**
 * Writes a file; the old one stands until the new one is whole, and its permissions stay. A link's
 * target is written, and no folder is made.
 *
 * @throws the system's error (`ENOSPC`, `EACCES`, …); nothing half-written stays behind.
 */
export async function writeWhole(file: string, data: string | Uint8Array): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const part = partOf(target);
  const mode = await stat(target).then(
    (found) => found.mode,
    () => undefined,
  );
  try {
    const handle = await open(part, 'wx', mode ?? USUAL_MODE);
    try {
      await handle.writeFile(data);
      if (mode !== undefined) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw error;
  }
}

/** The same, in one go: for places that cannot wait. */
export function writeWholeSync(file: string, data: string | Uint8Array): void {
  let target = file;
  let mode = USUAL_MODE;
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) {
    target = realpathSync(file);
    ({ mode } = statSync(target));
  }
  const part = partOf(target);
  try {
    const descriptor = openSync(part, 'wx', mode);
    try {
      writeFileSync(descriptor, data);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
