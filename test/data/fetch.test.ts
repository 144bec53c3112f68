import { fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InkwellError } from 'inkwell/core/errors';
import { fetchDataSet } from 'inkwell/data/fetch';
import { obtain } from 'inkwell/data/obtain';
import { readDataSet } from 'inkwell/data/read-data-set';
import { leastMs } from '../measure/clock';
import { cutting, type Handler, type Mirror, serving, startMirror, status } from './server';
import { smallDataSet, temporaryFolders, thrownBy, withEnvironment } from './support';

const folder = temporaryFolders();
const FAST = { attempts: 2, firstDelayMs: 1 };
const { zipped } = smallDataSet();
const NOWHERE = 'http://127.0.0.1:9/';

let first: Mirror;
let second: Mirror;
beforeAll(async () => {
  first = await startMirror(serving(zipped));
  second = await startMirror(serving(zipped));
});
afterAll(() => Promise.all([first.close(), second.close()]));

withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: undefined,
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: undefined,
}));
beforeEach(() => {
  for (const mirror of [first, second]) {
    mirror.answer = serving(zipped);
    mirror.requests.length = 0;
  }
});

const cached = (): string => path.join(process.env['INKWELL_CACHE'] ?? '', 'data', 'small');
const NAMES = [...zipped.keys()].sort();

describe('fetchDataSet', () => {
  test('brings all files into the cache, once', async () => {
    const { dataSet } = smallDataSet([first.url]);
    const report = await fetchDataSet(dataSet, FAST);
    expect(report.folder).toBe(cached());
    expect(report.fetched.map(({ mirror }) => mirror)).toEqual([first.url, first.url, first.url, first.url]);
    expect(readdirSync(cached()).sort()).toEqual(NAMES);
    expect((await readDataSet(dataSet, cached())).train.count).toBe(3);
    first.requests.length = 0;
    expect((await fetchDataSet(dataSet, FAST)).fetched).toEqual([]);
    expect(first.requests).toEqual([]);
  });

  test('fetches only what is missing or damaged', async () => {
    const { dataSet } = smallDataSet([first.url]);
    await fetchDataSet(dataSet, FAST);
    writeFileSync(path.join(cached(), 'train-images-idx3-ubyte.gz'), '<html>');
    const { fetched } = await fetchDataSet(dataSet, FAST);
    expect(fetched.map(({ name }) => name)).toEqual(['train-images-idx3-ubyte']);
    expect((await readDataSet(dataSet, cached())).test.count).toBe(3);
  });

  test('goes to the next mirror where one fails', async () => {
    const wrong: Handler = (request, response) => {
      const isProbe = request.headers.range === 'bytes=0-0';
      (isProbe ? serving(zipped) : status(200, 'nothing of the kind'))(request, response);
    };
    first.answer = wrong;
    // The second answers last: the first is asked first.
    second.answer = (request, response) => setTimeout(() => serving(zipped)(request, response), 50);
    const { fetched } = await fetchDataSet(smallDataSet([first.url, second.url]).dataSet, FAST);
    expect(new Set(fetched.map(({ mirror }) => mirror))).toEqual(new Set([second.url]));
    expect(readdirSync(cached()).sort()).toEqual(NAMES);
  });

  test('passes over mirrors that are down or have not got it', async () => {
    first.answer = status(404);
    const { fetched } = await fetchDataSet(smallDataSet([NOWHERE, first.url, second.url]).dataSet, FAST);
    expect(fetched[0]?.mirror).toBe(second.url);
    expect(first.requests.length).toBe(1);
  });

  test('knows within seconds that it is offline', async () => {
    const mute = await startMirror(() => undefined);
    // A name that resolves nowhere by definition (RFC 2606), a closed port, a server that says nothing.
    const { dataSet } = smallDataSet(['http://data.invalid/', NOWHERE, mute.url]);
    const fetching = (): Promise<InkwellError> =>
      thrownBy(fetchDataSet(dataSet, { ...FAST, probeTimeoutMs: 400 }));
    const error = await fetching();
    expect(error.code).toBe('DATA_OFFLINE');
    expect(error.message.split('\n')).toEqual([
      'Small could be fetched from none of its mirrors',
      expect.stringMatching(/^- .*data\.invalid/),
      expect.stringMatching(/^- 127\.0\.0\.1:9 cannot be reached: .*ECONNREFUSED/),
      `- ${new URL(mute.url).host}: no answer within 400 ms`,
      expect.stringMatching(/INKWELL_DATA/),
    ]);
    expect(await leastMs(2500, fetching)).toBeLessThan(2500);
    expect(existsSync(cached())).toBe(false);
    await mute.close();
  });

  test('says what the mirrors said where they can be reached', async () => {
    first.answer = status(404);
    second.answer = status(503);
    const error = await thrownBy(fetchDataSet(smallDataSet([NOWHERE, first.url, second.url]).dataSet, FAST));
    expect(error.code).toBe('DATA_HTTP');
    expect(error.message).toMatch(/HTTP status 404.*\n.*HTTP status 503/);
    const page: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>log in</html>');
    };
    first.answer = page;
    expect((await thrownBy(fetchDataSet(smallDataSet([first.url]).dataSet, FAST))).code).toBe('DATA_HTML');
  });

  test('asks nobody under INKWELL_OFFLINE', async () => {
    process.env['INKWELL_OFFLINE'] = '1';
    const error = await thrownBy(fetchDataSet(smallDataSet([first.url]).dataSet, FAST));
    expect(error.code).toBe('DATA_OFFLINE');
    expect(first.requests).toEqual([]);
  });

  test('a cache that cannot be written', async () => {
    const { dataSet } = smallDataSet([first.url]);
    const cache = process.env['INKWELL_CACHE'] ?? '';
    writeFileSync(path.join(cache, 'data'), '');
    expect((await thrownBy(fetchDataSet(dataSet, FAST))).code).toBe('DATA_READ_ONLY');
  });

  test('a folder without write permission', async () => {
    if (process.platform === 'win32') return expect(process.getuid).toBeUndefined();
    const { dataSet } = smallDataSet([first.url]);
    mkdirSync(cached(), { recursive: true });
    chmodSync(process.env['INKWELL_CACHE'] ?? '', 0o755);
    chmodSync(cached(), 0o555);
    chmodSync(path.dirname(cached()), 0o555);
    // For root nothing is read-only: be somebody else for a while.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      const error = await thrownBy(fetchDataSet(dataSet, FAST));
      expect([error.code, error.message]).toEqual(['DATA_READ_ONLY', expect.stringMatching(/EACCES/)]);
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(path.dirname(cached()), 0o755);
      chmodSync(cached(), 0o755);
    }
    expect(readdirSync(cached())).toEqual([]);
  });

  test('two processes fetch once between them', async () => {
    const { dataSet } = smallDataSet([first.url]);
    first.answer = (request, response) => setTimeout(() => serving(zipped)(request, response), 40);
    const script = path.join(folder(), 'fetch.cjs');
    const library = require.resolve('inkwell/data/fetch');
    writeFileSync(
      script,
      `const { fetchDataSet } = require(${JSON.stringify(library)});
       fetchDataSet(JSON.parse(process.argv[2])).then(({ fetched }) => process.send(fetched.length));`,
    );
    const counts = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise<number>((resolve, reject) => {
            const child = fork(script, [JSON.stringify(dataSet)]);
            child.on('message', (count) => resolve(count as number));
            child.on('error', reject);
            child.on('exit', (code) => reject(new Error(`exit ${code}`)));
          }),
      ),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(first.requests.filter((request) => !request.endsWith('bytes=0-0')).length).toBe(4);
    expect(readdirSync(path.dirname(cached()))).toEqual(['small']);
  });
});

describe('obtain', () => {
  test('takes the places in their order, then the mirrors', async () => {
    const { dataSet, plain } = smallDataSet([first.url]);
    const fetched = await obtain(dataSet, FAST);
    expect(fetched).toMatchObject({ kind: 'obtained', source: `fetched from ${new URL(first.url).host}` });
    expect(await obtain(dataSet, FAST)).toMatchObject({ kind: 'obtained', source: 'the cache' });
    const mine = folder();
    for (const [name, bytes] of plain) writeFileSync(path.join(mine, name), bytes);
    process.env['INKWELL_DATA'] = mine;
    expect(await obtain(dataSet, FAST)).toMatchObject({ source: 'the folder that INKWELL_DATA names' });
    process.env['INKWELL_DATA'] = folder();
    expect(await obtain(dataSet, FAST)).toMatchObject({ source: 'the cache' });
  });

  test('wrong files in INKWELL_DATA are an error, in the cache they are fetched again', async () => {
    const { dataSet } = smallDataSet([first.url]);
    await fetchDataSet(dataSet, FAST);
    const file = path.join(cached(), 'train-labels-idx1-ubyte.gz');
    writeFileSync(file, readFileSync(file).subarray(0, 12));
    expect(await obtain(dataSet, FAST)).toMatchObject({ source: expect.stringMatching(/^fetched from/) });
    const mine = folder();
    writeFileSync(path.join(mine, 'train-images-idx3-ubyte'), 'nothing');
    process.env['INKWELL_DATA'] = mine;
    expect((await thrownBy(obtain(dataSet, FAST))).code).toBe('DATA_INCOMPLETE');
  });

  test('says why there is none to be had', async () => {
    const outcome = await obtain(smallDataSet([NOWHERE]).dataSet, FAST);
    expect(outcome).toMatchObject({ kind: 'unobtained', error: { code: 'DATA_OFFLINE' } });
    process.env['INKWELL_DATASETS'] = 'made';
    const left = await obtain(smallDataSet([first.url]).dataSet, FAST);
    expect(left).toMatchObject({ kind: 'unobtained', why: 'Small is left out by INKWELL_DATASETS=made' });
    expect(first.requests).toEqual([]);
  });

  test('an abort is an abort, not a reason for made digits', async () => {
    first.answer = cutting(zipped, 1);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(obtain(smallDataSet([first.url]).dataSet, { signal })).rejects.toThrow('enough');
  });
});
