/** Sizes on disk. */
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The bytes of all files in a folder and those below it; 0 where there is none.
 *
 * @param counted files that were counted already: one with several names (hard
 *   links) counts once, also over several calls that share this set.
 */
export function folderBytes(folder: string, counted: Set<string> = new Set()): number {
  return entriesOf(folder)
    .map((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? folderBytes(full, counted) : fileBytes(full, counted);
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** What is in a folder; nothing where it is not there, or is gone meanwhile. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function fileBytes(file: string, counted: Set<string>): number {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  const identity = `${stats.dev}:${stats.ino}`;
  if (stats.nlink > 1 && counted.has(identity)) return 0;
  counted.add(identity);
  return stats.size;
}
