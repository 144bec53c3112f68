/**
 * The local files that cells import, by their times of change: the server
 * watches nothing, so it is told before a cell that imports is checked. Local
 * is what lies outside `node_modules`, a linked package (such as the book's
 * own library) included.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { changedAtMs } from './tsconfig';

/** A specifier in anything that imports. */
const SPECIFIER = /(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g;

/** What a specifier without (or with the built file's) extension may stand for. */
const ENDINGS = [
  '',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.d.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.json',
  '/index.ts',
  '/index.js',
];

/** As many files as are followed; a notebook beside a whole program is told of changes by its session. */
const MOST_FILES = 256;

export class LocalFiles {
  readonly #directory: string;
  readonly #changedAtMs = new Map<string, number>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  forget(): void {
    this.#changedAtMs.clear();
  }

  /** The known files that changed since they were last seen. */
  changed(): string[] {
    const changed = [...this.#changedAtMs].filter(([path, before]) => changedAtMs(path) !== before);
    for (const [path] of changed) {
      this.#changedAtMs.set(path, changedAtMs(path));
      this.#follow(dirname(path), read(path));
    }
    return changed.map(([path]) => path);
  }

  /** Adds the files that a cell imports, and what they import. */
  follow(code: string): void {
    this.#follow(this.#directory, code);
  }

  #follow(from: string, code: string): void {
    for (const [, specifier = ''] of code.matchAll(SPECIFIER)) {
      for (const path of candidates(from, specifier)) {
        if (this.#changedAtMs.has(path) || this.#changedAtMs.size >= MOST_FILES) continue;
        const now = changedAtMs(path);
        if (now === 0) continue;
        this.#changedAtMs.set(path, now);
        this.#follow(dirname(path), read(path));
      }
    }
  }
}

/** The files that a specifier may stand for; none for what is installed. */
function candidates(from: string, specifier: string): string[] {
  const path = /^\.{0,2}\//.test(specifier) ? resolve(join(from, specifier)) : linkedPackage(from, specifier);
  if (path === undefined) return [];
  const built = /^(.*)\.([cm]?)js$/.exec(path);
  const sources = built === null ? [] : [`${built[1]}.${built[2]}ts`, `${built[1]}.d.${built[2]}ts`];
  return [...ENDINGS.map((ending) => path + ending), ...sources];
}

function linkedPackage(from: string, specifier: string): string | undefined {
  try {
    const path = realpathSync(createRequire(join(from, 'x')).resolve(specifier));
    return path.includes(`${sep}node_modules${sep}`) ? undefined : path;
  } catch {
    // A module of Node's own, or one that only `import` finds.
    return undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
