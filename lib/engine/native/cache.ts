/**
 * The engines in the cache: what is there, when it was last used, and removing
 * what is not used any more.
 *
 * All clones of the book share the cache, and each version of the book may use
 * other entries. So an entry is marked each time an engine is loaded from it
 * (the time of its manifest), and only what no clone has used for long goes.
 * Whatever was not made by this package is left alone.
 */
import { readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { addonKey, librariesKey } from './keys';
import { isLocked } from './lock';
import { manifestFile, readManifest } from './manifest';
import { allRecipes } from './recipe';

const DAY_MS = 24 * 60 * 60 * 1000;

/** After how many days without use an entry is removed when an engine is prepared. */
const KEPT_DAYS = 30;

/** What a builder or a removal that was killed left behind is taken for dead after a day. */
const LEFTOVER_MS = DAY_MS;

const ENTRY = /^tensorflow-[\w.-]+-(?:napi\d+|libraries)-[0-9a-f]{8}$/;
const LEFTOVER = /^(tensorflow-[\w.-]+-[0-9a-f]{8})\.(?:build|removed)-\w+$/;

/** One engine's part in the cache. */
export interface CachedEngine {
  /** The name of its folder. */
  readonly key: string;
  readonly folder: string;
  /** `leftover`: what an interrupted build left behind. */
  readonly kind: 'entry' | 'leftover';
  readonly lastUsed: Date;
  /** Whether this version of the book uses it. */
  readonly current: boolean;
}

/** Notes that an addon is being used, and the libraries that it needs; silent where the cache is read-only. */
export function markUsed(addon: string): void {
  const folder = path.dirname(addon);
  try {
    const { needs = [] } = readManifest(folder);
    const now = new Date();
    for (const used of [folder, ...needs.map((key) => path.join(folder, '..', key))]) {
      utimesSync(path.join(used, manifestFile), now, now);
    }
  } catch {
    // A stock addon has no manifest, and a cache that cannot be written is not cleaned either.
  }
}

/** Everything in the engines' folder that this package made, in the order of the names. */
export function listEngines(root: string): CachedEngine[] {
  const current = new Set(allRecipes().flatMap((recipe) => [addonKey(recipe), librariesKey(recipe)]));
  return namesIn(root).flatMap((key): CachedEngine[] => {
    const folder = path.join(root, key);
    if (LEFTOVER.test(key)) {
      const { mtime } = statSync(folder);
      return [{ key, folder, kind: 'leftover', lastUsed: mtime, current: false }];
    }
    const lastUsed = ENTRY.test(key) ? lastUse(folder, key) : undefined;
    return lastUsed === undefined
      ? []
      : [{ key, folder, kind: 'entry', lastUsed, current: current.has(key) }];
  });
}

/** The mark; undefined for a folder that is no entry. Earlier versions set none: then the last reading of the addon. */
function lastUse(folder: string, key: string): Date | undefined {
  try {
    const manifest = readManifest(folder);
    if (manifest.key !== key) return undefined;
    const marked = statSync(path.join(folder, manifestFile)).mtimeMs;
    // The large files may be linked to another entry, so their reading tells nothing.
    const own = manifest.files.filter(({ sha256 }) => sha256 !== undefined);
    const read = own.map((file) => statSync(path.join(folder, file.path)).atimeMs);
    return new Date(Math.max(marked, ...read));
  } catch {
    return undefined;
  }
}

export interface RemoveOptions {
  /** Only what was not used for so many days; default 30. */
  readonly unusedDays?: number;
  /** Told of each entry that is removed. */
  readonly onRemoved?: (engine: CachedEngine) => void;
}

/**
 * Removes the entries that this version does not use and that no other has
 * used for a while, and what dead builders left. Never what is being built.
 * A process that has an engine loaded keeps it: the system holds its files
 * until the process ends.
 */
export function removeUnused(root: string, options: RemoveOptions = {}): CachedEngine[] {
  const { unusedDays = KEPT_DAYS, onRemoved = () => {} } = options;
  const removed = listEngines(root).filter((engine) => {
    const keptMs = engine.kind === 'leftover' ? LEFTOVER_MS : unusedDays * DAY_MS;
    return !engine.current && Date.now() - engine.lastUsed.getTime() >= keptMs && remove(root, engine);
  });
  for (const engine of removed) onRemoved(engine);
  return removed;
}

/** Removes one; false where it is in use after all, or may not be removed by this user. */
function remove(root: string, { key, folder, kind, lastUsed }: CachedEngine): boolean {
  const entryKey = LEFTOVER.exec(key)?.[1] ?? key;
  if (isLocked(path.join(root, entryKey))) return false;
  const aside = path.join(root, `${entryKey}.removed-${process.pid}`);
  try {
    // Out of sight first; whoever marked it in the meantime gets it back.
    renameSync(folder, aside);
    const now = kind === 'entry' ? lastUse(aside, key) : undefined;
    if (now !== undefined && now > lastUsed) {
      renameSync(aside, folder);
      return false;
    }
    rmSync(aside, { recursive: true, force: true });
    return true;
  } catch {
    return false; // another user's, or another process removes it just now
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // no engine was ever prepared
  }
}
