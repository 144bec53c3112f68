import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CachePart } from 'inkwell/cli/cache';
import { folderBytes } from 'inkwell/core/disk';
import { writeManifest } from 'inkwell/engine/native/manifest';
import { daysAgo } from '../measure/clock';
import { type Ended, inkwell as run } from './inkwell';

const OLD = 'tensorflow-2.20.0-cpu-linux-x64-napi8-0123abcd';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'inkwell-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const inkwell = (...words: string[]): Ended => run(['cache', ...words], { env: { INKWELL_CACHE: cache } });

function putFile(...names: string[]): string {
  const file = path.join(cache, ...names);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'x'.repeat(1000));
  return file;
}

/** An engine of another version, last used so many days ago. */
function putEngine(days: number): string {
  const file = putFile('engine', OLD, 'addon.node');
  const folder = path.dirname(file);
  writeManifest(folder, { key: OLD, title: 'old', version: '2.20.0', files: ['addon.node'], needs: [] });
  const then = daysAgo(days);
  for (const name of ['addon.node', 'engine.json']) utimesSync(path.join(folder, name), then, then);
  return folder;
}

test('lists what is there, with sizes', () => {
  putEngine(3);
  putFile('data', 'mnist', 'images');
  putFile('mine', 'notes');
  const parts: CachePart[] = JSON.parse(inkwell('list', '--json').stdout);
  expect(parts).toMatchObject([
    { name: `engine/${OLD}`, current: false, what: "another version's engine" },
    { name: 'data', bytes: 1000, what: 'data sets' },
    { name: 'mine', bytes: 1000, what: 'not known to this version' },
  ]);
  expect(inkwell().stdout).toMatch(/data +1\.0 kB +data sets[\s\S]*3\.\d kB in /);
});

test('clean removes what is not used, and nothing else unless it is named', () => {
  const engine = putEngine(3);
  const bench = putFile('bench', 'deno');
  const mine = putFile('mine', 'notes');
  expect(inkwell('clean')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(`Removed engine/${OLD}`),
  });
  expect([engine, bench, mine].map(existsSync)).toEqual([false, true, true]);
  expect(inkwell('clean').stdout).toBe('Nothing to remove.\n');
  expect(inkwell('clean', 'bench').stdout).toContain('Removed bench, 1.0 kB');
  expect([bench, mine].map(existsSync)).toEqual([false, true]);
});

test("clean leaves another version's engine that was used today", () => {
  const engine = putEngine(0);
  expect(inkwell('clean').stdout).toBe('Nothing to remove.\n');
  expect(existsSync(engine)).toBe(true);
});

test('clean takes no part that may hold what somebody put there', () => {
  const { status, stderr } = inkwell('clean', 'data');
  expect(status).toBe(1);
  expect(stderr).toContain('there is nothing named "data" to clean');
  expect(stderr).toContain('engine, bench, print, kernel-conformance');
});

test('a file with two names counts once', () => {
  const file = putFile('a', 'one');
  linkSync(file, path.join(cache, 'a', 'two'));
  expect(folderBytes(cache)).toBe(1000);
  expect(folderBytes(path.join(cache, 'nowhere'))).toBe(0);
});
