import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from 'inkwell/core/paths';
import type { Progress } from 'inkwell/core/progress';
import { type DownloadOptions, downloadFile } from 'inkwell/data/download';
import { encodeIdx } from 'inkwell/data/idx';
import { leastMs, spin } from '../measure/clock';
import { cutting, etagOf, type Handler, inTurn, type Mirror, serving, startMirror, status } from './server';
import { describeFile, noise, temporaryFolders, thrownBy } from './support';

const PLAIN = encodeIdx({ type: 'uint8', shape: [50, 40, 40], values: noise(80_000, 8) });
const FILE = describeFile('big-images', 'train images', [50, 40, 40], PLAIN);
const ZIPPED = new Uint8Array(gzipSync(PLAIN));
const FILES: ReadonlyMap<string, Uint8Array> = new Map([['big-images.gz', ZIPPED]]);

/** No patience: the tests wait for nothing that they need not. */
const FAST: DownloadOptions = {
  attempts: 3,
  firstDelayMs: 1,
  answerTimeoutMs: 60_000,
  stallTimeoutMs: 60_000,
};

const folder = temporaryFolders();
let mirror: Mirror;
beforeAll(async () => {
  mirror = await startMirror(serving(FILES));
});
afterAll(() => mirror.close());

/** Downloads into a fresh folder from a mirror that answers so. */
function download(
  answer: Handler,
  options: DownloadOptions = {},
  target: string = folder(),
): Promise<string> {
  mirror.answer = answer;
  mirror.requests.length = 0;
  return downloadFile(`${mirror.url}big-images.gz`, FILE, target, { ...FAST, ...options });
}

/** Its failure: the code, what it left behind, and how often it asked. */
async function failure(
  answer: Handler,
  options: DownloadOptions = {},
): Promise<{ code: string; left: string[]; requests: number }> {
  const target = folder();
  const { code } = await thrownBy(download(answer, options, target));
  return { code, left: readdirSync(target).sort(), requests: mirror.requests.length };
}

describe('downloadFile', () => {
  test('fetches a file, tells how far it is, and leaves nothing else', async () => {
    const target = folder();
    const reports: Progress[] = [];
    const file = await download(serving(FILES), { onProgress: (progress) => reports.push(progress) }, target);
    expect(file).toBe(path.join(target, 'big-images.gz'));
    expect(new Uint8Array(readFileSync(file))).toEqual(ZIPPED);
    expect(readdirSync(target)).toEqual(['big-images.gz']);
    const last = reports[reports.length - 1];
    expect(last).toEqual({ label: 'big-images', done: ZIPPED.length, total: ZIPPED.length, unit: 'bytes' });
    expect(reports.map(({ done }) => done)).toEqual(
      [...reports.map(({ done }) => done)].sort((a, b) => a - b),
    );
  });

  test('a server that unzips gives a plain file its plain name', async () => {
    const target = folder();
    expect(await download(serving(new Map([['big-images.gz', PLAIN]])), {}, target)).toBe(
      path.join(target, 'big-images'),
    );
  });

  test('goes on where the connection was cut', async () => {
    const target = folder();
    await download(inTurn(cutting(FILES, 30_000), cutting(FILES, 20_000), serving(FILES)), {}, target);
    expect(mirror.requests).toEqual([
      '/big-images.gz',
      '/big-images.gz bytes=30000-',
      '/big-images.gz bytes=50000-',
    ]);
    expect(readdirSync(target)).toEqual(['big-images.gz']);
  });

  test('a connection that is cut ever again gets there, while each try brings something', async () => {
    await download(cutting(FILES, 10_000));
    expect(mirror.requests.length).toBe(Math.ceil(ZIPPED.length / 10_000));
  });

  test('keeps all that has come where the machine is too busy to read it before the cut', async () => {
    const target = folder();
    // What arrives, and the cut, wait together for the process; so does the end of a write.
    const busy = setInterval(() => {
      spin(30);
    }, 1);
    const cuts = Array.from({ length: 3 }, () => cutting(FILES, 20_000));
    await download(inTurn(...cuts, serving(FILES)), {}, target).finally(() => clearInterval(busy));
    const expected = ['', ...cuts.map((_, i) => ` bytes=${20_000 * (i + 1)}-`)];
    expect(mirror.requests).toEqual(expected.map((range) => `/big-images.gz${range}`));
    expect(readdirSync(target)).toEqual(['big-images.gz']);
  });

  test('goes on in another process, from what the first left', async () => {
    const target = folder();
    const { code } = await thrownBy(download(cutting(FILES, 30_000), { attempts: 1 }, target));
    expect(code).toBe('DATA_CONNECTION');
    expect(readdirSync(target).sort()).toEqual(['big-images.part', 'big-images.part.json']);
    await download(serving(FILES), {}, target);
    expect(mirror.requests).toEqual(['/big-images.gz bytes=30000-']);
    expect(readdirSync(target)).toEqual(['big-images.gz']);
  });

  test('begins again where the server knows no ranges, or has another version', async () => {
    const noRanges: Handler = (request, response) => {
      delete request.headers.range;
      serving(FILES)(request, response);
    };
    await download(inTurn(cutting(FILES, 30_000), noRanges));
    expect(mirror.requests.length).toBe(2);
    const older = new Map([['big-images.gz', noise(60_000, 4)]]);
    await download(inTurn(cutting(older, 30_000), serving(FILES)));
    expect(mirror.requests[1]).toBe('/big-images.gz bytes=30000-');
  });

  test('a part that turns out to be of another file is thrown away, and all fetched', async () => {
    const target = folder();
    writeFileSync(path.join(target, 'big-images.part'), noise(30_000, 4));
    const note = { url: `${mirror.url}big-images.gz`, validator: etagOf(ZIPPED) };
    writeFileSync(path.join(target, 'big-images.part.json'), JSON.stringify(note));
    await download(serving(FILES), {}, target);
    expect(mirror.requests).toEqual(['/big-images.gz bytes=30000-', '/big-images.gz']);
    expect(readdirSync(target)).toEqual(['big-images.gz']);
  });

  test('a part that was whole already, or is longer than the file', async () => {
    for (const [bytes, requests] of [
      [ZIPPED, 1],
      [noise(ZIPPED.length + 10, 4), 2],
    ] as const) {
      const target = folder();
      writeFileSync(path.join(target, 'big-images.part'), bytes);
      writeFileSync(
        path.join(target, 'big-images.part.json'),
        JSON.stringify({ url: `${mirror.url}big-images.gz` }),
      );
      await download(serving(FILES), {}, target);
      expect(mirror.requests.length).toBe(requests);
    }
  });

  test('a server that goes on from elsewhere is not believed', async () => {
    const elsewhere: Handler = (_, response) => {
      response.writeHead(206, { 'Content-Range': 'bytes 7-9/100', 'Content-Length': 3 }).end('abc');
    };
    await download(inTurn(cutting(FILES, 30_000), elsewhere, serving(FILES)));
    expect(mirror.requests[2]).toBe('/big-images.gz');
  });

  test('follows redirects, but not in circles and not out of the web', async () => {
    const to =
      (location: string): Handler =>
      (_, response) => {
        response.writeHead(302, { Location: location }).end();
      };
    await download(inTurn(to('/elsewhere/../big-images.gz'), serving(FILES)));
    expect(mirror.requests.length).toBe(2);
    expect(await failure(to('/big-images.gz'))).toEqual({ code: 'DATA_HTTP', left: [], requests: 6 });
    expect((await failure(to('file:///etc/passwd'))).code).toBe('DATA_HTTP');
    expect((await failure((_, response) => response.writeHead(302).end())).code).toBe('DATA_HTTP');
  });

  test('a refusal is final, a failing server is asked again', async () => {
    expect(await failure(status(404))).toEqual({ code: 'DATA_HTTP', left: [], requests: 1 });
    expect(await failure(status(403))).toEqual({ code: 'DATA_HTTP', left: [], requests: 1 });
    expect(await failure(status(500))).toEqual({ code: 'DATA_SERVER', left: [], requests: 3 });
    await download(inTurn(status(503), status(429), serving(FILES)));
    expect(mirror.requests.length).toBe(3);
  });

  test('a web page in place of data, called so or not', async () => {
    const page = '<!DOCTYPE html><html><body>Please log in</body></html>';
    const called: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    };
    expect(await failure(called)).toEqual({ code: 'DATA_HTML', left: [], requests: 1 });
    expect(await failure(status(200, page))).toEqual({ code: 'DATA_HTML', left: [], requests: 1 });
  });

  test('wrong data of each kind, and nothing left of it', async () => {
    const sending = (bytes: Uint8Array): Handler => serving(new Map([['big-images.gz', bytes]]));
    const other = Uint8Array.from(PLAIN);
    other[5000] = (other[5000] ?? 0) ^ 1;
    const once = { left: [], requests: 1 };
    expect(await failure(sending(new Uint8Array(gzipSync(other))))).toEqual({
      code: 'DATA_CHECKSUM',
      ...once,
    });
    expect(await failure(sending(noise(500, 3)))).toEqual({ code: 'DATA_MAGIC', ...once });
    expect(await failure(sending(noise(300_000, 2)))).toEqual({ code: 'DATA_FORMAT', ...once });
    // What ends early may have been cut by a proxy: asked for again.
    expect(await failure(sending(ZIPPED.subarray(0, 500)))).toEqual({
      code: 'DATA_TRUNCATED',
      left: [],
      requests: 3,
    });
  });

  test('a server that falls silent', async () => {
    const silent: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Length': ZIPPED.length });
      response.write(ZIPPED.subarray(0, 1000));
    };
    const stalling = async (): Promise<void> => {
      const { code, left } = await failure(silent, { stallTimeoutMs: 150, attempts: 1 });
      expect([code, left]).toEqual(['DATA_CONNECTION', ['big-images.part', 'big-images.part.json']]);
    };
    expect(await leastMs(2500, stalling)).toBeLessThan(2500);
    const mute: Handler = () => undefined;
    const waiting = async (): Promise<void> => {
      const outcome = await failure(mute, { answerTimeoutMs: 150, attempts: 2 });
      expect(outcome).toEqual({ code: 'DATA_OFFLINE', left: [], requests: 2 });
    };
    expect(await leastMs(2500, waiting)).toBeLessThan(2500);
  });

  test('nobody there', async () => {
    const target = folder();
    // Port 9 is the discard service's; no machine that runs tests has one.
    const error = await thrownBy(downloadFile('http://127.0.0.1:9/x.gz', FILE, target, FAST));
    expect(error.code).toBe('DATA_OFFLINE');
    expect(error.message).toMatch(/^127\.0\.0\.1:9 cannot be reached: /);
    expect(error.hint).toMatch(/INKWELL_DATA/);
    expect(readdirSync(target)).toEqual([]);
  });

  test('stops when told to, and keeps what has come', async () => {
    const target = folder();
    const stop = new AbortController();
    const slow: Handler = (_, response) => {
      response.writeHead(200, { 'Content-Length': ZIPPED.length, ETag: etagOf(ZIPPED) });
      response.write(ZIPPED.subarray(0, 4000));
    };
    const onProgress = (): void => stop.abort(new Error('enough'));
    await expect(download(slow, { signal: stop.signal, onProgress }, target)).rejects.toThrow('enough');
    await expect(download(slow, { signal: stop.signal }, target)).rejects.toThrow('enough');
    await download(serving(FILES), {}, target);
    expect(existsSync(path.join(target, 'big-images.gz'))).toBe(true);
  });

  test('a folder that cannot be written', async () => {
    const file = path.join(folder(), 'file');
    writeFileSync(file, '');
    expect((await thrownBy(download(serving(FILES), {}, path.join(file, 'mnist')))).code).toBe(
      'DATA_READ_ONLY',
    );
  });

  test('a disk that is full, or a user’s share of it, in the middle of a file', () => {
    const target = folder();
    mirror.answer = serving(FILES);
    // A limit on the size of files is the one full disk that every user can have. Its signal
    // is caught, so that the write fails as on a full disk.
    const script = `
      process.on('SIGXFSZ', () => {});
      const { downloadFile } = require('inkwell/data/download');
      const [url, file, folder] = JSON.parse(process.argv[1]);
      downloadFile(url, file, folder).catch(({ code, message }) => console.log(JSON.stringify({ code, message })));`;
    const given = JSON.stringify([`${mirror.url}big-images.gz`, FILE, target]);
    return new Promise<void>((resolve, reject) => {
      const shell = ['-c', 'ulimit -f 32 && exec "$0" -e "$1" "$2"', process.execPath, script, given];
      execFile('/bin/sh', shell, { cwd: projectRoot() }, (error, stdout) => {
        if (process.platform === 'win32') return resolve(expect(error).not.toBeNull());
        if (error !== null) return reject(error);
        const { code, message } = JSON.parse(stdout) as { code: string; message: string };
        expect(code).toBe('DATA_DISK_FULL');
        expect(message).toMatch(/^the disk is full at .*big-images\.part: EFBIG/);
        expect(readdirSync(target)).toEqual([]);
        resolve();
      });
    });
  });
});
