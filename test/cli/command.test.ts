import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Notebook } from 'inkwell/notebook/format';
import { formatNotebook } from 'inkwell/notebook/write';
import { type Ended, inkwell as run } from './inkwell';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inkwell = (...words: string[]): Ended => run(words, { cwd: folder });

function save(name: string, ...sources: string[]): void {
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source, i) => ({
      cell_type: 'code',
      id: `c${i}`,
      metadata: i === 0 ? { tags: ['parameters'] } : {},
      source,
      execution_count: null,
      outputs: [],
    })),
  };
  writeFileSync(path.join(folder, name), formatNotebook(notebook));
}

test('--help names every verb, and each verb has help of its own', () => {
  const { status, stdout } = inkwell('--help');
  expect(status).toBe(0);
  for (const verb of [
    'all',
    'run',
    'print',
    'lab',
    'doctor',
    'prepare',
    'data',
    'cache',
    'kernel',
    'bench',
  ]) {
    expect(stdout).toContain(`  ${verb} `);
    const help = inkwell(verb, '--help');
    expect([help.status, help.stdout.startsWith(`Usage: inkwell ${verb}`)]).toEqual([0, true]);
  }
});

test('a wrong command line exits with 2 and says how to get help', () => {
  const { status, stderr } = inkwell('run', '--nonsense');
  expect(status).toBe(2);
  expect(stderr).toContain("unknown option '--nonsense'");
  expect(stderr).toContain('--help');
});

test('run goes on after a notebook that cannot be run, and with --keep-going after a cell that fails', () => {
  writeFileSync(path.join(folder, 'a.ipynb'), '{"cells": [');
  save('b.ipynb', 'throw new Error("first");', 'console.log("second");');
  const { status, stdout, stderr } = inkwell('run', 'a.ipynb', 'b.ipynb', '--keep-going', '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'a', verdict: 'failed', cells: [], error: { name: 'NOTEBOOK_JSON' } },
    {
      name: 'b',
      verdict: 'failed',
      cells: [{ verdict: 'failed', error: { message: 'first' } }, { verdict: 'passed' }],
    },
  ]);
  expect(stderr).toContain('a.ipynb is not JSON');
  expect(stderr).toContain('> 1 | throw new Error("first");');
});

test('run writes executed copies, keeps the originals, and exits with 0', () => {
  save('a.ipynb', 'let n = 1;', 'console.log(n, process.env.INKWELL_PROFILE)');
  const before = readFileSync(path.join(folder, 'a.ipynb'), 'utf8');
  const { status, stdout } = inkwell(
    'run',
    'a.ipynb',
    '--param',
    'n=2',
    '--profile',
    'full',
    '--out',
    'out',
    '--json',
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([
    {
      name: 'a',
      verdict: 'passed',
      kernel: 'inkwell',
      profile: 'full',
      cells: [{}, {}, { verdict: 'passed' }],
    },
  ]);
  expect(readFileSync(path.join(folder, 'a.ipynb'), 'utf8')).toBe(before);
  expect(readFileSync(path.join(folder, 'out', 'a.ipynb'), 'utf8')).toContain('2 full');
});

test('a failing notebook exits with 1, names the cell, and is never written in place', () => {
  save('bad.ipynb', 'let n = 1;', 'throw new RangeError("on purpose")', '1');
  const before = readFileSync(path.join(folder, 'bad.ipynb'), 'utf8');
  const { status, stdout, stderr } = inkwell('run', '.', '--in-place');
  expect(status).toBe(1);
  expect(stdout).toMatch(/bad +1\/3 +[\d.]+ s +failed/);
  expect(stderr).toContain('RangeError: on purpose');
  expect(readFileSync(path.join(folder, 'bad.ipynb'), 'utf8')).toBe(before);
  expect(readdirSync(folder)).toEqual(['bad.ipynb']);
});

test.each([
  [['run', 'none.ipynb'], 'there is no file or folder none.ipynb'],
  [['run', '.'], 'holds no notebook'],
  [['run', 'a.ipynb', '--timeout', 'x'], '--timeout must be a number of seconds above 0, got "x"'],
  [['run', 'a.ipynb', '--param', 'n'], 'a parameter is written name=value, got "n"'],
  [['run', 'a.ipynb', '--kernel', 'cobol'], 'there is no kernel "cobol"'],
  [['run', 'a.ipynb', '--param', 'm=1'], 'the notebook has no parameter m'],
])('%j is refused in one clear line', (words, message) => {
  if (words.includes('a.ipynb')) save('a.ipynb', 'let n = 1;');
  const { status, stderr } = inkwell(...words);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});
