/**
 * Taking TensorFlow's libraries over from the layout of an earlier version,
 * which kept them inside each addon's folder, in place of downloading them
 * again. They are linked, not moved: another clone may still use that folder.
 */
import { constants, copyFileSync, linkSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { siteFolder } from './compile';
import { keyPrefix } from './keys';
import { inspectEntry } from './manifest';
import type { Recipe } from './recipe';

/** The folder of unpacked wheels inside an earlier entry that holds all that the recipe keeps; undefined where there is none. */
export function findEarlierLibraries(root: string, recipe: Recipe): string | undefined {
  const prefix = `${keyPrefix(recipe)}-napi`;
  return namesIn(root)
    .filter((name) => name.startsWith(prefix) && inspectEntry(root, name).kind === 'ready')
    .map((name) => path.join(root, name, siteFolder))
    .find((site) => holdsAll(site, recipe));
}

/** Whether every pattern of every wheel has its files there; the release of TensorFlow is in the entry's name. */
function holdsAll(site: string, recipe: Recipe): boolean {
  const files = filesBelow(site);
  return recipe.wheels
    .flatMap(({ keep }) => keep)
    .every((pattern) => files.some((file) => matches(file, pattern)));
}

/** As Python's `fnmatch`, with `*` only: it runs over slashes. */
function matches(file: string, pattern: string): boolean {
  const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(file);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // it is not there
  }
}

/** The files in a folder and those below it, relative, with slashes; empty where there is no folder. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(path.join(folder, name)).isFile())
      .map((name) => name.replaceAll(path.sep, '/'));
  } catch {
    return [];
  }
}

/** Fills a new folder with the files of another, as hard links; as copies where the file system has none. */
export function linkFolder(from: string, to: string): void {
  for (const file of filesBelow(from)) {
    const target = path.join(to, file);
    mkdirSync(path.dirname(target), { recursive: true });
    try {
      linkSync(path.join(from, file), target);
    } catch {
      copyFileSync(path.join(from, file), target, constants.COPYFILE_FICLONE);
    }
  }
}
