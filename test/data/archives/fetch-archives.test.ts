import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ArchiveSet } from 'inkwell/data/archives/archive-set';
import { fetchArchiveSet } from 'inkwell/data/archives/fetch-archives';
import { archiveSetStatus, findArchives } from 'inkwell/data/archives/find-archives';
import { cutting, inTurn, type Mirror, serving, startMirror, status } from '../server';
import { temporaryFolders, thrownBy, withEnvironment } from '../support';
import { smallArchives } from './support';

const folder = temporaryFolders();
const FAST = { attempts: 3, firstDelayMs: 1 };

let mirror: Mirror;
let set: ArchiveSet;
let files: ReadonlyMap<string, Uint8Array>;

beforeAll(async () => {
  mirror = await startMirror(status(404));
  ({ set, files } = await smallArchives(folder(), [mirror.url]));
});
afterAll(() => mirror.close());

withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: undefined,
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: undefined,
}));
beforeEach(() => {
  mirror.answer = serving(files);
  mirror.requests.length = 0;
});

const cached = (): string => path.join(process.env['INKWELL_CACHE'] ?? '', 'data', 'small-pets');

describe('fetchArchiveSet', () => {
  test('brings the folders, once, and throws the archives away', async () => {
    const steps: string[] = [];
    const onProgress = ({ label }: { label: string }): number => steps.push(label);
    const { folder: place, fetched } = await fetchArchiveSet(set, { ...FAST, onProgress });
    expect(place).toBe(cached());
    expect(fetched.map(({ name }) => name)).toEqual(['images.tar.gz', 'notes.tar.gz']);
    expect(readdirSync(cached()).sort()).toEqual(['images', 'notes']);
    expect(readFileSync(path.join(cached(), 'images/c.jpg'), 'utf8')).toBe('c');
    expect(new Set(steps)).toContain('unpacking images.tar.gz');
    mirror.requests.length = 0;
    expect((await fetchArchiveSet(set, FAST)).fetched).toEqual([]);
    expect(mirror.requests).toEqual([]);
  });

  test('goes on where the connection was cut', async () => {
    mirror.answer = inTurn(cutting(files, 3000), serving(files));
    await fetchArchiveSet(set, FAST);
    expect(mirror.requests.slice(0, 2)).toEqual(['/images.tar.gz', '/images.tar.gz bytes=3000-']);
    expect((await archiveSetStatus(set)).state).toBe('ready');
  });

  test('keeps what came of a fetch that was stopped, for the next one', async () => {
    const stop = new AbortController();
    mirror.answer = inTurn(cutting(files, 3000), () => stop.abort(new Error('enough')));
    await expect(fetchArchiveSet(set, { ...FAST, signal: stop.signal })).rejects.toThrow('enough');
    expect(readdirSync(cached()).sort()).toEqual(['images.tar.gz.part', 'images.tar.gz.part.json']);
    mirror.answer = serving(files);
    mirror.requests.length = 0;
    await fetchArchiveSet(set, FAST);
    expect(mirror.requests[0]).toBe('/images.tar.gz bytes=3000-');
  });

  test('mends a folder that lacks files, and sweeps what was half unpacked', async () => {
    await fetchArchiveSet(set, FAST);
    rmSync(path.join(cached(), 'images/a.jpg'));
    mkdirSync(path.join(cached(), '.unpacking-old'));
    expect((await archiveSetStatus(set)).state).toBe('absent');
    await fetchArchiveSet(set, FAST);
    expect(readdirSync(cached()).sort()).toEqual(['images', 'notes']);
    expect(readdirSync(path.join(cached(), 'images')).length).toBe(4);
  });

  test('another archive under the name is refused, and nothing of it stays', async () => {
    const other = new Map(
      [...files].map(([name, bytes]) => [name, Uint8Array.from(bytes, (byte) => byte ^ 1)]),
    );
    mirror.answer = serving(other);
    const error = await thrownBy(fetchArchiveSet(set, FAST));
    expect(error.code).toBe('DATA_CHECKSUM');
    expect(error.message).toMatch(
      /images\.tar\.gz is not images\.tar\.gz: expected SHA-256 [0-9a-f]{64}, got/,
    );
    expect(readdirSync(cached())).toEqual([]);
    mirror.answer = serving(
      new Map([['images.tar.gz', (files.get('images.tar.gz') as Uint8Array).subarray(0, 99)]]),
    );
    expect((await thrownBy(fetchArchiveSet(set, FAST))).code).toBe('DATA_TRUNCATED');
    mirror.answer = status(404);
    expect((await thrownBy(fetchArchiveSet(set, FAST))).code).toBe('DATA_HTTP');
  });

  test('a sum that nobody states is not checked, the size is', async () => {
    const { sha256: _, ...unknown } = set.archives[0] as ArchiveSet['archives'][number];
    const open = { ...set, archives: [unknown, ...set.archives.slice(1)] };
    expect((await fetchArchiveSet(open, FAST)).fetched.length).toBe(2);
  });

  test('several at once: one fetches, the others wait', async () => {
    const all = await Promise.all([fetchArchiveSet(set, FAST), fetchArchiveSet(set, FAST)]);
    expect(all.map(({ fetched }) => fetched.length).sort()).toEqual([0, 2]);
    expect(mirror.requests.length).toBe(2);
  });

  test('INKWELL_OFFLINE forbids it', async () => {
    process.env['INKWELL_OFFLINE'] = '1';
    expect((await thrownBy(fetchArchiveSet(set, FAST))).code).toBe('DATA_OFFLINE');
    expect(existsSync(cached())).toBe(false);
  });
});

describe('findArchives', () => {
  test('names the command where there is no copy', async () => {
    const error = await thrownBy(findArchives(set));
    expect(error.code).toBe('DATA_MISSING');
    expect(error.message).toContain(
      'Small Pets is not on this machine\nRun npx inkwell data fetch small-pets (',
    );
    expect(mirror.requests).toEqual([]);
    process.env['INKWELL_DATASETS'] = 'made';
    expect((await thrownBy(findArchives(set))).message).toContain('left out by INKWELL_DATASETS=made');
  });

  test('takes what stands in INKWELL_DATA, in a folder of its name or right there', async () => {
    const { folder: place } = await fetchArchiveSet(set, FAST);
    expect(await findArchives(set)).toEqual({ folder: place, source: 'the cache' });
    process.env['INKWELL_DATA'] = path.dirname(place);
    expect(await findArchives(set)).toMatchObject({
      folder: place,
      source: 'the folder that INKWELL_DATA names',
    });
    process.env['INKWELL_DATA'] = place;
    expect((await findArchives(set)).folder).toBe(place);
    writeFileSync(path.join(place, 'images/d.jpg'), 'too many');
    const error = await thrownBy(findArchives(set));
    expect(error.code).toBe('DATA_INCOMPLETE');
    expect(error.message).toContain('images holds 4 of 3 files (.jpg)');
    expect(await archiveSetStatus(set)).toMatchObject({ state: 'damaged' });
  });
});
