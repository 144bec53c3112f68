/** What stands in a folder of an archive set: all of it, some, or nothing. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileVerdict, FolderVerdict } from '../verify';
import type { ArchiveSet, Holding } from './archive-set';

/**
 * Counts the files of an archive set in `folder` or, where none of its folders is there, in the
 * subfolder of the set's name.
 *
 * @returns the verdict, and the folder that it is about. Sums were checked when the archives came.
 */
export async function holdingsIn(
  set: ArchiveSet,
  folder: string,
): Promise<FolderVerdict & { readonly folder: string }> {
  const here = await verdictOn(set, folder);
  if (here.state !== 'absent') return { ...here, folder };
  const below = path.join(folder, set.name);
  return { ...(await verdictOn(set, below)), folder: below };
}

async function verdictOn({ holds }: ArchiveSet, folder: string): Promise<FolderVerdict> {
  const files = await Promise.all(holds.map((holding) => count(folder, holding)));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.every(({ state }) => state === 'absent')) {
    return { state: 'absent', bytes, why: 'none of its folders is there', files };
  }
  const wrong = files.find(({ state }) => state !== 'ready');
  if (wrong === undefined) return { state: 'ready', bytes, why: null, files };
  return { state: 'incomplete', bytes, why: wrong.why ?? `lacks ${wrong.name}`, files };
}

async function count(folder: string, { folder: name, extension, files }: Holding): Promise<FileVerdict> {
  const place = path.join(folder, ...name.split('/'));
  const names = (await readdir(place).catch(() => [])).filter(
    (file) => file.endsWith(extension) && !file.startsWith('.'),
  );
  if (names.length === 0) return { name, state: 'absent', path: null, bytes: 0, code: null, why: null };
  // The sizes of a few say about how much there is; to ask for thousands would take longer than to read them.
  const sample = names.slice(0, 50);
  const sizes = await Promise.all(sample.map(async (file) => (await stat(path.join(place, file))).size));
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sample.length;
  const found = { name, path: place, bytes: Math.round(mean * names.length) };
  if (names.length === files) return { ...found, state: 'ready', code: null, why: null };
  const why = `${name} holds ${names.length} of ${files} files (${extension})`;
  return { ...found, state: 'damaged', code: 'DATA_INCOMPLETE', why };
}
