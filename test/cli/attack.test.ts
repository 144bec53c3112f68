/** The command where it is cut off, and where the machine lacks something. */
import { type ChildProcess, spawn } from 'node:child_process';
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
  ): Promise<{ status: number | null; stdout: string; copy: string }> {
    const told = path.join(folder, 'it-runs');
    const slow = `require('node:fs').writeFileSync(${JSON.stringify(told)}, ''); await new Promise((resolve) => setTimeout(resolve, 3.6e6));`;
    const file = put('slow.ipynb', [
      "console.log('first')",
      `console.log('second'); ${slow}`,
      "console.log('third')",
    ]);
    const out = path.join(folder, 'out');
    const child: ChildProcess = spawn(process.execPath, [COMMAND, 'run', file, '--out', out]);
    let stdout = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      stdout += bytes.toString();
    });
    const ended = once(child, 'close');
    while (!existsSync(told)) await sleep(50);
    // What the first cell left is being written while the second begins.
    while (!existsSync(path.join(out, 'slow.ipynb'))) await sleep(50);
    child.kill(signal);
    const [status] = (await ended) as [number | null];
    return { status, stdout, copy: path.join(out, 'slow.ipynb') };
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s: the cell is interrupted, the copy whole, the table says how far it came',
    async (signal, code) => {
      const { status, stdout, copy } = await cutOff(signal);
      expect(status).toBe(code);
      expect(stdout).toMatch(/slow +1\/3 /);
      expect(shown(copy)).toEqual(['first', 'second Interrupted', '']);
    },
  );

  test('killed, it loses the running cell at most', async () => {
    const { copy } = await cutOff('SIGKILL');
    expect(shown(copy)[0]).toBe('first');
    // The kernel notices that nobody is there any more, and takes its files along.
    while (readdirSync(tmpdir()).some((name) => name.startsWith('inkwell-kernel-'))) await sleep(50);
  });
});

test('a notebook with a byte order mark is read', () => {
  const file = put('marked.ipynb', ['1 + 1'], '\uFEFF');
  expect(inkwell(['run', file, '--out', path.join(folder, 'out')])).toMatchObject({ status: 0 });
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
