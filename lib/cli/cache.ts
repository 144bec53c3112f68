/** What is in the cache that all clones of the book share, part by part, and how large. */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { folderBytes } from '../core/disk';
import { InkwellError } from '../core/errors';
import { cacheRoot } from '../core/paths';
import { listEngines, removeUnused } from '../engine/native/cache';
import { engineRoot } from '../engine/native/root';

/** One part of the cache. */
export interface CachePart {
  /** Its path inside the cache, with slashes. */
  readonly name: string;
  readonly what: string;
  /** On disk; what two parts share counts for the first. */
  readonly bytes: number;
  /** ISO 8601; only of engines. */
  readonly lastUsed?: string;
  /** Whether this version of the book uses it; only of engines. */
  readonly current?: boolean;
}

/** The folders in the cache besides the engines'. */
const FOLDERS: Readonly<Record<string, string>> = {
  data: 'data sets',
  bench: 'what the benchmarks compare with',
  print: 'formulas and code that printing has set before',
  'kernel-conformance': "Jupyter, for the kernel's conformance test",
};

/** The parts that `clean` takes by name: whoever needs them again makes them again. */
const CLEANABLE: readonly string[] = ['engine', 'bench', 'print', 'kernel-conformance'];

/** After how many days without use a clean-up that was asked for takes another version's engine. */
const CLEAN_DAYS = 1;

/** Every part of the cache, engines first; what this version does not know is listed as that. */
export function cacheParts(): CachePart[] {
  const root = cacheRoot();
  const counted = new Set<string>();
  // Those in use first, so that what an old one shares with them does not count as the old one's.
  const engines = listEngines(engineRoot()).sort((a, b) => Number(b.current) - Number(a.current));
  const engineParts = engines.map(({ key, folder, kind, current, lastUsed }) => ({
    name: `engine/${key}`,
    what:
      kind === 'leftover'
        ? 'rest of an interrupted build'
        : current
          ? 'engine of this version'
          : "another version's engine",
    bytes: folderBytes(folder, counted),
    lastUsed: lastUsed.toISOString(),
    current,
  }));
  const others = foldersIn(root)
    .filter((name) => name !== 'engine')
    .map((name) => ({
      name,
      what: FOLDERS[name] ?? 'not known to this version',
      bytes: folderBytes(path.join(root, name), counted),
    }));
  return [...engineParts, ...others];
}

/**
 * Removes parts of the cache and returns what was removed: of `engine` only
 * what this version does not use and no other has used since yesterday.
 *
 * @throws InkwellError `CACHE_PART` for a part that may not be removed so.
 */
export function cleanCache(parts: readonly string[]): CachePart[] {
  const unknown = parts.find((part) => !CLEANABLE.includes(part));
  if (unknown !== undefined) {
    throw new InkwellError('CACHE_PART', `there is nothing named "${unknown}" to clean`, {
      hint: `What can be cleaned: ${CLEANABLE.join(', ')}. The data sets are yours to delete, in ${path.join(cacheRoot(), 'data')}.`,
    });
  }
  const before = cacheParts();
  const removed = new Set<string>();
  if (parts.includes('engine')) {
    const engines = removeUnused(engineRoot(), { unusedDays: CLEAN_DAYS });
    for (const { key } of engines) removed.add(`engine/${key}`);
  }
  for (const part of parts.filter((name) => name !== 'engine')) {
    rmSync(path.join(cacheRoot(), part), { recursive: true, force: true });
    removed.add(part);
  }
  return before.filter(({ name }) => removed.has(name));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return []; // nothing was cached yet
  }
}
