/**
 * Where things are: the project, the per-user cache.
 *
 * The cache follows the platform's habit (`XDG_CACHE_HOME` on Linux) and is
 * shared by all clones of the book; `INKWELL_CACHE` puts it elsewhere.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import envPaths from 'env-paths';

/** The folder that holds `notebooks/`, `data/` and `lib/`. */
export function projectRoot(): string {
  // From lib/core or lib/dist/core alike, the root is the folder that holds lib/.
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'data', 'manifest.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error(`projectRoot: no data/manifest.json in any folder above ${__dirname}`);
    folder = parent;
  }
  return folder;
}

/** The package's folder: `lib/`, whether this runs from `lib/dist` or not. */
export function packageFolder(): string {
  return path.dirname(createRequire(__filename).resolve('inkwell/package.json'));
}

/** The per-user cache: `$INKWELL_CACHE`, else `inkwell` in the platform's cache folder. */
export function cacheRoot(): string {
  return process.env['INKWELL_CACHE'] || envPaths('inkwell', { suffix: '' }).cache;
}
