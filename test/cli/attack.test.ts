/** The command where it is cut off, and where the machine lacks something. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from 'inkwell/core/paths';
import { inkwell } from './inkwell';

const COMMAND = path.join(projectRoot(), 'lib', 'bin', 'inkwell.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-cut-off-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, sources: readonly string[], mark = ''): string {
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    id: `c${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const file = path.join(folder, name);
  writeFileSync(file, mark + JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  return file;
}

interface Copy {
  readonly cells: readonly { readonly outputs: readonly { text?: string[]; ename?: string }[] }[];
}

const shown = (file: string): string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as Copy).cells.map(({ outputs }) =>
    outputs.map(({ text, ename }) => ename ?? text?.join('').trim()).join(' '),
  );

describe('a run that is cut off', () => {
  /** A run of three cells, the second of which says that it runs and takes an hour. */
  async function cutOff(
    signal: NodeJS.Signals,
  ): Promise<{ status: number | null; stdout: string; copy: string; kernels: string }> {
    const told = path.join(folder, 'it-runs');
    const slow = `require('node:fs').writeFileSync(${JSON.stringify(told)}, ''); await new Promise((resolve) => setTimeout(resolve, 3.6e6));`;
    const file = put('slow.ipynb', [
      "console.log('first')",
      `console.log('second'); ${slow}`,
      "console.log('third')",
    ]);
    const out = path.join(folder, 'out');
    const kernels = path.join(folder, 'temporary');
    mkdirSync(kernels);
    const child: ChildProcess = spawn(process.execPath, [COMMAND, 'run', file, '--out', out], {
      env: { ...process.env, TMPDIR: kernels },
    });
    let stdout = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      stdout += bytes.toString();
    });
    const ended = once(child, 'close');
    while (!existsSync(told)) await sleep(50);
    // The second cell runs, so what the first left is written.
    expect(shown(path.join(out, 'slow.ipynb'))).toEqual(['first', '', '']);
    child.kill(signal);
    const [status] = (await ended) as [number | null];
    return { status, stdout, copy: path.join(out, 'slow.ipynb'), kernels };
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s: the cell is interrupted, the copy whole, the table says how far it came',
    async (signal, code) => {
      const { status, stdout, copy, kernels } = await cutOff(signal);
      expect(status).toBe(code);
      expect(readdirSync(kernels)).toEqual([]);
      expect(stdout).toMatch(/slow +1\/3 /);
      expect(shown(copy)).toEqual(['first', 'second Interrupted', '']);
    },
  );

  test('killed, it loses the running cell at most', async () => {
    const { copy, kernels } = await cutOff('SIGKILL');
    expect(shown(copy)).toEqual(['first', '', '']);
    // The kernel notices that nobody is there any more, and takes its files along.
    while (readdirSync(kernels).length > 0) await sleep(50);
  });
});

test('a notebook with a byte order mark is read', () => {
  const file = put('marked.ipynb', ['1 + 1'], '\uFEFF');
  expect(inkwell(['run', file, '--out', path.join(folder, 'out')])).toMatchObject({ status: 0 });
});

describe('a machine that lacks something', () => {
  /** The command in a shell that has set limits first. */
  function limited(limits: string, words: readonly string[]): { status: number | null; stderr: string } {
    const line = [process.execPath, COMMAND, ...words].map((word) => JSON.stringify(word)).join(' ');
    // What a program leaves that the system ends is not this test's.
    const env = { ...process.env, TMPDIR: folder };
    return spawnSync('bash', ['-c', `${limits}; exec ${line}`], { encoding: 'utf8', env });
  }

  test('64 files open at a time are enough for a run, 24 are not, and that is said', () => {
    const words = ['run', put('few.ipynb', ['1 + 1']), '--out', path.join(folder, 'out')];
    expect(limited('ulimit -n 64', words).status).toBe(0);
    const { status, stderr } = limited('ulimit -n 24', words);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/too many (?:open files|files are open)/i);
  });

  test('where no whole copy can be written, the old one stands and the reason is told', () => {
    const out = path.join(folder, 'out');
    const words = ['run', put('large.ipynb', ["console.log('x'.repeat(5e6))"]), '--out', out];
    mkdirSync(out);
    writeFileSync(path.join(out, 'large.ipynb'), 'old');
    const { status, stderr } = limited('ulimit -f 1000', words);
    expect(status).toBe(1);
    expect(stderr).toContain('a file would grow larger than it may here; allow more with `ulimit -f');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(out)).toEqual(['large.ipynb']);
    expect(readFileSync(path.join(out, 'large.ipynb'), 'utf8')).toBe('old');
  });

  test('a folder for the copies that cannot be made is told before anything runs', () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    for (const out of [file, path.join(file, 'below')]) {
      const { status, stdout, stderr } = inkwell(['run', put('one.ipynb', ['1 + 1']), '--out', out]);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain(`inkwell: no executed copies can be written to ${out}: E`);
      expect(stderr).toContain('Let --out name a folder that is there or can be made.');
      expect(stderr).not.toContain('kernel inkwell');
    }
  });
});

test('a temporary folder that is a file is named', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  const { status, stderr } = inkwell(['doctor'], { env: { TMPDIR: file } });
  expect(status).toBe(1);
  expect(stderr).toBe(`inkwell: the temporary folder ${file} is a file\nLet TMPDIR name a folder.\n`);
});

test('a temporary folder that is not there is named', () => {
  const { status, stderr } = inkwell(['doctor'], { env: { TMPDIR: '/nowhere/at/all' } });
  expect(status).toBe(1);
  expect(stderr).toBe(
    'inkwell: the temporary folder /nowhere/at/all does not exist\nMake it, or let TMPDIR name another.\n',
  );
});

describe('a foreign notebook printed alone', () => {
  test('leaves nothing outside its folder, and knows nothing of this book', () => {
    const place = path.join(folder, 'A');
    const cache = path.join(folder, 'cache');
    mkdirSync(place);
    const { status, stderr } = inkwell(
      ['print', put('12-some-title.ipynb', ['1 + 1']), '--out', path.join(place, 'B')],
      { env: { INKWELL_CACHE: cache } },
    );
    expect([status, readdirSync(place)]).toEqual([0, ['B']]);
    expect(stderr).not.toContain('bibliography');
    expect(readFileSync(path.join(place, 'B', 'index.html'), 'utf8')).toContain('<title>some title</title>');
    expect(readdirSync(cache)).toEqual(['print']);
  });

  test('is called what the book.json beside it says', () => {
    writeFileSync(path.join(folder, 'book.json'), '\uFEFF{"title": "Mine"}');
    inkwell(['print', put('one.ipynb', []), '--out', path.join(folder, 'out')]);
    expect(readFileSync(path.join(folder, 'out', 'index.html'), 'utf8')).toContain('<title>Mine</title>');
  });
});
