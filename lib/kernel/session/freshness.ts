/**
 * Which loaded files changed on disk. Files below a `node_modules` are taken
 * for fixed; everything else (the notebook's own files, the book's library,
 * which is linked into the workspace) is looked at before each import, by
 * modification time and size. A changed file is forgotten together with all
 * that, directly or not, required it; what did not depend on it keeps its state.
 */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const { cache } = createRequire(__filename);
const versions = new Map<string, string>();
/** The session's own code: it runs, and must not be loaded twice. */
const own = new Set(Object.keys(cache));

/** Whether a file is watched for changes. */
export function isLocal(file: string): boolean {
  return path.isAbsolute(file) && !file.split(path.sep).includes('node_modules') && !file.endsWith('.node');
}

/** Changes when the file does. */
export function versionOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.mtimeMs}-${stats.size}`;
}

/** To be called as a local file is loaded. */
export function noteLoaded(file: string): void {
  if (isLocal(file)) versions.set(file, versionOf(file));
}

/** Forgets what changed since it was loaded. */
export function refresh(): void {
  const stale = new Set<string>();
  for (const [file, version] of versions) {
    if (cache[file] !== undefined && !own.has(file) && versionOf(file) !== version) stale.add(file);
  }
  if (stale.size === 0) return;
  addDependents(stale);
  for (const file of stale) {
    delete cache[file];
    versions.delete(file);
  }
  for (const module of Object.values(cache)) {
    if (module === undefined) continue;
    module.children = module.children.filter((child) => !stale.has(child.filename));
  }
}

function addDependents(stale: Set<string>): void {
  const parents = new Map<string, string[]>();
  for (const module of Object.values(cache)) {
    for (const child of module?.children ?? []) {
      const known = parents.get(child.filename);
      if (known === undefined) parents.set(child.filename, [module?.filename ?? '']);
      else known.push(module?.filename ?? '');
    }
  }
  const queue = [...stale];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const parent of parents.get(file) ?? []) {
      if (stale.has(parent) || own.has(parent) || !isLocal(parent)) continue;
      stale.add(parent);
      queue.push(parent);
    }
  }
}
