/**
 * The local files that cells import, by their times of change: the server
 * watches nothing, so it is told before a cell is checked.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { changedAtMs } from './tsconfig';

/** A specifier that names a file relative to the importing one. */
const RELATIVE = /(?:from|import|require)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

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

  /** Adds the files a cell imports, and theirs; returns all known files that changed since they were last seen. */
  changedSince(code: string): string[] {
    const changed: string[] = [];
    for (const [path, before] of this.#changedAtMs) {
      const now = changedAtMs(path);
      if (now === before) continue;
      changed.push(path);
      this.#changedAtMs.set(path, now);
      this.#follow(dirname(path), read(path));
    }
    this.#follow(this.#directory, code);
    return changed;
  }

  #follow(from: string, code: string): void {
    for (const [, specifier = ''] of code.matchAll(RELATIVE)) {
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

function candidates(from: string, specifier: string): string[] {
  const path = resolve(join(from, specifier));
  const built = /^(.*)\.([cm]?)js$/.exec(path);
  const sources = built === null ? [] : [`${built[1]}.${built[2]}ts`, `${built[1]}.d.${built[2]}ts`];
  return [...ENDINGS.map((ending) => path + ending), ...sources];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
