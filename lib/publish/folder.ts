/**
 * A folder that is either the old one or the whole new one.
 *
 * The new content is written into a neighbour and takes the place by rename;
 * a print that fails, or is killed, leaves the last good book standing.
 */
import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, InkwellError, messageOf } from '../core/errors';

/** A file by which a later print knows that it may replace the folder. */
export const MARKER = 'book.json';

/** One file of a book. */
export interface BookFile {
  /** Relative to the book, with forward slashes. */
  readonly path: string;
  /** The bytes, or the file to copy them from. */
  readonly content:
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'copy'; readonly from: string };
}

async function refuseOthers(out: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(out);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw cannotWrite(out, error);
  }
  if (names.length === 0 || names.includes(MARKER)) return;
  throw new InkwellError(
    'PRINT_OUT',
    `${out} holds files that are no printed book (there is no ${MARKER} in it)`,
    {
      hint: 'Printing replaces the whole folder: name one that is empty, new or an earlier book.',
    },
  );
}

/** Puts `fresh` where `out` is; the old folder goes only once the new one stands. */
async function swap(fresh: string, out: string): Promise<void> {
  if (!existsSync(out)) {
    await rename(fresh, out);
    return;
  }
  const old = `${fresh}.old`;
  await rename(out, old);
  try {
    await rename(fresh, out);
  } catch (error) {
    await rename(old, out);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

async function fill(folder: string, files: readonly BookFile[]): Promise<number> {
  let bytes = 0;
  for (const { path: file, content } of files) {
    const target = path.join(folder, ...file.split('/'));
    await mkdir(path.dirname(target), { recursive: true });
    if (content.kind === 'copy') await copyFile(content.from, target, constants.COPYFILE_FICLONE);
    else await writeFile(target, content.bytes);
    bytes += (await stat(target)).size;
  }
  return bytes;
}

const HOUR_MS = 3_600_000;

/** Removes what prints that were killed left behind; one that may still be under way stays. */
async function sweep(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix) || !/^[A-Za-z0-9]{6}(?:\.old)?$/.test(name.slice(prefix.length))) continue;
    const left = path.join(parent, name);
    const { mtimeMs } = await stat(left);
    if (Date.now() - mtimeMs > HOUR_MS) await rm(left, { recursive: true, force: true });
  }
}

function cannotWrite(out: string, error: unknown): InkwellError {
  return new InkwellError('PRINT_OUT', `the book cannot be written to ${out}: ${messageOf(error)}`, {
    hint: 'Make room, or name a folder that can be made or replaced; the last book there still stands.',
    cause: error,
  });
}

/**
 * Replaces a folder by these files.
 *
 * @returns how many bytes were written.
 * @throws InkwellError `PRINT_OUT` where the folder holds something else than a book or cannot be written.
 */
export async function replaceFolder(out: string, files: readonly BookFile[]): Promise<number> {
  await refuseOthers(out);
  const parent = path.dirname(out);
  const prefix = `.${path.basename(out)}-`;
  let fresh: string | undefined;
  try {
    await mkdir(parent, { recursive: true });
    await sweep(parent, prefix);
    fresh = await mkdtemp(path.join(parent, prefix));
    // A temporary folder is closed to others; a book is not.
    await chmod(fresh, 0o777 & ~process.umask());
    const bytes = await fill(fresh, files);
    await swap(fresh, out);
    return bytes;
  } catch (error) {
    throw cannotWrite(out, error);
  } finally {
    if (fresh !== undefined) await rm(fresh, { recursive: true, force: true });
  }
}
