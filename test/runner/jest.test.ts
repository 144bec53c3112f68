/**
 * The jest runner, by running jest on small notebooks and reading its JSON.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Test } from '@jest/test-result';
import type { Config } from '@jest/types';
import { projectRoot } from 'inkwell/core/paths';
import type { Notebook } from 'inkwell/notebook/format';
import { formatNotebook } from 'inkwell/notebook/write';
import NotebookRunner, { type RunnerOptions } from 'inkwell/runner/jest';

let folder: string;
beforeAll(() => {
  // Inside the project, where jest and the library are found.
  folder = mkdtempSync(path.join(projectRoot(), 'build', 'jest-runner-'));
  const config = {
    testMatch: ['<rootDir>/*.ipynb'],
    moduleFileExtensions: ['js', 'ipynb'],
    cacheDirectory: path.join(folder, 'cache'),
    runner: require.resolve('inkwell/runner/jest'),
  };
  writeFileSync(path.join(folder, 'jest.config.json'), JSON.stringify(config));
  save('good.ipynb', 'const a = 1;', 'if (a !== 1) throw new Error("wrong");');
  save(
    'bad.ipynb',
    'const b = 1;',
    'console.log("half way");\nthrow new RangeError("on purpose");',
    'console.log("never");',
  );
  // An hour: a run that waited for these would not end.
  const wait = 'await new Promise((resolve) => setTimeout(resolve, 3.6e6));';
  save('stuck.ipynb', wait, '1');
  save('slow.ipynb', 'const c = 1;', wait);
  writeFileSync(path.join(folder, 'broken.ipynb'), '{"nbformat": 4');
});
afterAll(() => rmSync(folder, { recursive: true }));

function save(name: string, ...sources: string[]): void {
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: 'markdown', id: 'm', metadata: {}, source: '# A chapter' },
      ...sources.map((source, i) => ({
        cell_type: 'code' as const,
        id: `c${i}`,
        metadata: {},
        source,
        execution_count: null,
        outputs: [],
      })),
    ],
  };
  writeFileSync(path.join(folder, name), formatNotebook(notebook));
}

interface Result {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

function jest(...words: string[]): Result {
  const bin = require.resolve('jest/bin/jest');
  const { stdout } = spawnSync(process.execPath, [bin, '--config', 'jest.config.json', '--json', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

const statuses = (result: Result, name: string): [string, string][] =>
  result.testResults
    .filter((file) => file.name.endsWith(name))
    .flatMap((file) =>
      file.assertionResults.map(({ fullName, status }): [string, string] => [fullName, status]),
    );

test('every cell is a test with its heading; after a failure the rest is not run; a broken file fails', () => {
  const result = jest('good', 'bad', 'broken');
  expect(statuses(result, 'good.ipynb')).toEqual([
    ['A chapter [1] const a = 1;', 'passed'],
    ['A chapter [2] if (a !== 1) throw new Error("wrong");', 'passed'],
  ]);
  expect(statuses(result, 'bad.ipynb').map(([, status]) => status)).toEqual(['passed', 'failed', 'pending']);
  const message = (name: string): string =>
    result.testResults.find((file) => file.name.endsWith(name))?.message ?? '';
  expect(message('bad.ipynb')).toMatch(
    /RangeError: on purpose[\s\S]*> 2 \| throw new RangeError[\s\S]*The cell printed:\n +half way\n[\s\S]*build\/failed\/inkwell\/bad\.ipynb/,
  );
  expect(existsSync(path.join(folder, 'build', 'failed', 'inkwell', 'bad.ipynb'))).toBe(true);
  expect(message('broken.ipynb')).toContain('is not JSON');
  expect([result.numFailedTests, result.numRuntimeErrorTestSuites]).toEqual([1, 1]);
});

test('-t starts no kernel for a notebook in which nothing matches', () => {
  const result = jest('good', '-t', 'nothing of the sort');
  expect(statuses(result, 'good.ipynb').map(([, status]) => status)).toEqual(['pending', 'pending']);
});

describe('the runner beneath jest', () => {
  const events: string[] = [];
  let interrupted = false;
  let change = (): void => {};
  const watcher = {
    isInterrupted: () => interrupted,
    on: (_name: 'change', listener: () => void) => {
      change = listener;
      return () => {};
    },
  };

  async function runOn(name: string, options: RunnerOptions = {}): Promise<void> {
    const config = { rootDir: folder } as Config.GlobalConfig;
    const runner = new NotebookRunner(config, undefined, options);
    runner.on('test-case-result', ([, { title, status }]) => {
      events.push(`${title.slice(0, 3)} ${status}`);
      if (options.kernel === 'inkwell') {
        interrupted = true;
        change();
      }
    });
    runner.on('test-file-success', () => void events.push('file'));
    runner.on('test-file-failure', ([, error]) => void events.push(String(error.message)));
    const test = { path: path.join(folder, name), context: { config: { rootDir: folder } } } as Test;
    await runner.runTests([test], watcher);
  }

  beforeEach(() => {
    events.length = 0;
    interrupted = false;
  });

  test('tells of each cell as it ends, and keeps the time limit of its options', async () => {
    await runOn('stuck.ipynb', { timeoutMs: 300 });
    expect(events).toEqual(['[1] failed', '[2] pending', 'file']);
  });

  test('an interruption ends the running cell, and the notebook is not judged', async () => {
    await runOn('slow.ipynb', { kernel: 'inkwell' });
    expect(events).toEqual(['[1] passed', '[2] pending']);
  });

  test('a kernel there is not fails the notebook, by name', async () => {
    await runOn('slow.ipynb', { kernel: 'fortran' });
    expect(events).toEqual([expect.stringContaining('there is no kernel "fortran"')]);
  });
});

test('-t runs up to the last cell that matches', () => {
  const result = jest('good', '-t', 'const a');
  expect(statuses(result, 'good.ipynb').map(([, status]) => status)).toEqual(['passed', 'pending']);
});
