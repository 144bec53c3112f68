import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'inkwell/engine/native/build';
import { listEngines, markUsed, removeUnused } from 'inkwell/engine/native/cache';
import { addonKey, keyPrefix, librariesKey } from 'inkwell/engine/native/keys';
import { withLock } from 'inkwell/engine/native/lock';
import { inspectEntry, writeManifest } from 'inkwell/engine/native/manifest';
import { plansFor } from 'inkwell/engine/native/plan';
import { allRecipes, type Recipe } from 'inkwell/engine/native/recipe';
import { daysAgo, daysSince } from '../../measure/clock';
import { temporaryFolders } from '../temporary';

const newFolder = temporaryFolders();
const recipe = allRecipes()[0] as Recipe;

const OLD_ADDON = 'tensorflow-2.20.0-cpu-linux-x64-napi8-0123abcd';
const OLD_LIBRARIES = 'tensorflow-2.20.0-cpu-linux-x64-libraries-0123abcd';

/** A finished entry with one small file, last used so many days ago. */
function put(root: string, key: string, { days = 0, needs = [] as string[] } = {}): string {
  const folder = path.join(root, key);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'addon.node'), key);
  writeManifest(folder, { key, title: key, version: '2.20.0', files: ['addon.node'], needs });
  age(folder, days);
  return folder;
}

function age(folder: string, days: number): void {
  const then = daysAgo(days);
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), then, then);
  utimesSync(folder, then, then);
}

const keys = (root: string, days?: number): string[] =>
  removeUnused(root, days === undefined ? {} : { unusedDays: days }).map(({ key }) => key);

describe('removing what is not used', () => {
  test('goes by the last use: a month by default', () => {
    const root = newFolder();
    put(root, OLD_ADDON, { days: 31 });
    put(root, OLD_LIBRARIES, { days: 29 });
    expect(keys(root)).toEqual([OLD_ADDON]);
    expect(keys(root)).toEqual([]);
    expect(keys(root, 28)).toEqual([OLD_LIBRARIES]);
    expect(readdirSync(root)).toEqual([]);
  });

  test('never takes what this version uses, however old', () => {
    const root = newFolder();
    const current = [addonKey(recipe), librariesKey(recipe)];
    for (const key of current) put(root, key, { days: 400 });
    expect(keys(root)).toEqual([]);
    expect(listEngines(root).map(({ key, current: used }) => [key, used])).toEqual(
      current.sort().map((key) => [key, true]),
    );
  });

  test('never takes what this package did not make', () => {
    const root = newFolder();
    const theirs = ['notes', 'tensorflow-mine', `${OLD_ADDON}-copy`, 'probes'];
    for (const name of theirs) put(root, name, { days: 400 });
    mkdirSync(path.join(root, OLD_ADDON)); // the name alone is not enough
    age(path.join(root, OLD_ADDON), 400);
    expect(keys(root)).toEqual([]);
    expect(readdirSync(root)).toHaveLength(theirs.length + 1);
  });

  test('never takes what is being built, and what a dead builder left after a day only', async () => {
    const root = newFolder();
    const leftover = `${OLD_ADDON}.build-a1B2c3`;
    mkdirSync(path.join(root, leftover));
    expect(keys(root, 0)).toEqual([]);
    age(path.join(root, leftover), 2);
    await withLock(path.join(root, OLD_ADDON), async () => expect(keys(root)).toEqual([]), { doing: 'it' });
    expect(keys(root)).toEqual([leftover]);
  });

  test('a use marks the addon and the libraries that it needs', () => {
    const root = newFolder();
    put(root, OLD_LIBRARIES, { days: 100 });
    const addon = put(root, OLD_ADDON, { days: 100, needs: [OLD_LIBRARIES] });
    markUsed(path.join(addon, 'addon.node'));
    expect(keys(root)).toEqual([]);
    for (const { lastUsed } of listEngines(root)) expect(daysSince(lastUsed)).toBeLessThan(1);
  });

  test('an addon that is in no cache is not marked, and a cache there is not has nothing to remove', () => {
    const folder = newFolder();
    markUsed(path.join(folder, 'addon.node'));
    expect(readdirSync(folder)).toEqual([]);
    expect(keys(path.join(folder, 'nowhere'))).toEqual([]);
  });

  test('an entry whose libraries are gone is broken', () => {
    const root = newFolder();
    put(root, OLD_ADDON, { needs: [OLD_LIBRARIES] });
    expect(inspectEntry(root, OLD_ADDON)).toMatchObject({
      kind: 'broken',
      why: expect.stringContaining('is gone'),
    });
    put(root, OLD_LIBRARIES);
    expect(inspectEntry(root, OLD_ADDON).kind).toBe('ready');
  });
});

describe('libraries from the layout of an earlier version', () => {
  /** An addon's folder with the libraries inside, as it was once; `missing` leaves the headers out. */
  function putEarlier(root: string, { missing = false } = {}): string {
    const key = `${keyPrefix(recipe)}-napi8-0123abcd`;
    const folder = path.join(root, key);
    const patterns = recipe.wheels.flatMap(({ keep }) => keep);
    const kept = patterns.filter((pattern) => !(missing && pattern.endsWith('.h')));
    const files = kept.map((pattern) => path.posix.join('site', pattern.replaceAll('*', 'x')));
    for (const file of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), file);
    }
    writeManifest(folder, { key, title: 'earlier', version: '2.21.0', files, needs: [] });
    return folder;
  }

  test('are linked: no download, no room, and the earlier folder stays whole', async () => {
    const root = newFolder();
    const earlier = putEarlier(root);
    const log: string[] = [];
    const [libraries] = plansFor(recipe, root);
    const entry = await build(libraries, { root, log: (line) => log.push(line) });
    expect(log).toEqual([expect.stringContaining(`taking the libraries from ${path.basename(earlier)}`)]);
    for (const file of libraries.files) {
      const [mine, theirs] = [entry.folder, earlier].map((folder) => statSync(path.join(folder, file)).ino);
      expect(mine).toBe(theirs);
    }
    expect(inspectEntry(root, path.basename(earlier)).kind).toBe('ready');
  });

  test('are left where anything is missing', () => {
    const root = newFolder();
    putEarlier(root, { missing: true });
    const [libraries] = plansFor(recipe, root);
    expect(libraries.steps.map(({ label }) => label)).toEqual([
      'looking for pip and a C++ compiler',
      expect.stringMatching(/^downloading \d+ MB$/),
    ]);
  });
});
