import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readManifest } from 'inkwell/data/manifest';
import { dataSetStatus, dataStatus } from 'inkwell/data/status';
import { verifyDataSet } from 'inkwell/data/verify';
import { smallDataSet, temporaryFolders, withEnvironment } from './support';

const folder = temporaryFolders();
const { dataSet, plain, zipped } = smallDataSet();

withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: undefined,
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: undefined,
}));

function fill(target: string, files: ReadonlyMap<string, Uint8Array>): string {
  mkdirSync(target, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(path.join(target, name), bytes);
  return target;
}

describe('verifyDataSet', () => {
  test('ready, absent, incomplete, damaged', async () => {
    const good = fill(folder(), plain);
    const ready = await verifyDataSet(dataSet, good);
    expect([ready.state, ready.why]).toEqual(['ready', null]);
    expect(ready.bytes).toBe([...plain.values()].reduce((sum, bytes) => sum + bytes.length, 0));
    const absent = await verifyDataSet(dataSet, path.join(good, 'nowhere'));
    expect([absent.state, absent.bytes]).toEqual(['absent', 0]);
    const some = await verifyDataSet(dataSet, fill(folder(), new Map([...zipped].slice(1))));
    expect([some.state, some.why]).toEqual(['incomplete', 'lacks train-images-idx3-ubyte']);
    writeFileSync(path.join(good, 't10k-labels-idx1-ubyte'), '<html></html>');
    const damaged = await verifyDataSet(dataSet, good);
    expect(damaged.state).toBe('damaged');
    expect(damaged.files.map(({ state, code }) => [state, code])).toEqual([
      ['ready', null],
      ['ready', null],
      ['ready', null],
      ['damaged', 'DATA_HTML'],
    ]);
  });
});

describe('dataSetStatus', () => {
  const cached = (): string => path.join(process.env['INKWELL_CACHE'] ?? '', 'data', 'small');

  test('absent, with what would help', async () => {
    expect(await dataSetStatus(dataSet)).toMatchObject({
      state: 'absent',
      why: 'it has not been fetched yet',
    });
    process.env['INKWELL_OFFLINE'] = '1';
    expect((await dataSetStatus(dataSet)).why).toMatch(/INKWELL_OFFLINE forbids/);
    process.env['INKWELL_DATASETS'] = 'made';
    expect(await dataSetStatus(dataSet)).toMatchObject({
      state: 'absent',
      places: [],
      why: expect.stringMatching(/made/),
    });
  });

  test('ready in the first place that has it', async () => {
    fill(cached(), zipped);
    expect(await dataSetStatus(dataSet)).toMatchObject({ state: 'ready', folder: cached(), why: null });
    const mine = fill(folder(), plain);
    process.env['INKWELL_DATA'] = mine;
    const status = await dataSetStatus(dataSet);
    expect(status).toMatchObject({ state: 'ready', folder: mine });
    expect(status.places.map(({ kind }) => kind)).toEqual(['INKWELL_DATA', 'cache', 'shared']);
  });

  test('damaged in a place of the user’s is damaged, in the cache it is to be fetched', async () => {
    fill(cached(), new Map([...zipped].slice(2)));
    expect((await dataSetStatus(dataSet)).state).toBe('absent');
    process.env['INKWELL_DATA'] = fill(folder(), new Map([...zipped].slice(2)));
    expect(await dataSetStatus(dataSet)).toMatchObject({
      state: 'damaged',
      folder: process.env['INKWELL_DATA'],
    });
  });
});

describe('dataStatus', () => {
  test('names every data set and what the project makes, as JSON can hold it', async () => {
    const status = await dataStatus();
    const { dataSets, archiveSets = [] } = readManifest();
    const names = [...dataSets, ...archiveSets].map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['mnist', 'adult', 'movielens-100k', 'oxford-iiit-pet', 'camvid']),
    );
    expect(status.map(({ name }) => name)).toEqual([...names, 'made-digits', 'made-pets', 'made-streets']);
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
    expect(status.find(({ name }) => name === 'camvid')).toMatchObject({
      state: 'absent',
      byName: true,
      hint: expect.stringMatching(/data fetch camvid/),
    });
    expect(status.at(-1)).toMatchObject({ state: 'ready', bytes: 0, why: null });
  });
});
