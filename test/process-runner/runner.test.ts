/** The runner of the unit tests, by running jest on small files that end as badly as they can. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';

const good = `test('is fine', () => expect(1 + 1).toBe(2));`;

let folder: string;
beforeAll(() => {
  // Inside the project, where jest is found.
  mkdirSync(path.join(projectRoot(), 'build'), { recursive: true });
  folder = mkdtempSync(path.join(projectRoot(), 'build', 'process-runner-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Outcome {
  /** Jest's exit status. */
  readonly status: number | null;
  readonly summary: string;
  /** Of each file that failed, by its name without `.test.js`, what jest says. */
  readonly failures: Readonly<Record<string, string>>;
  /** What jest and the tests wrote to standard error. */
  readonly stderr: string;
}

interface Options {
  readonly timeoutMs?: number;
  /** How long what is left in the temporary folder may take to go away. */
  readonly patienceMs?: number;
  readonly workers?: number;
  /** A script that each process runs first. */
  readonly preload?: string;
  /** The source of one more reporter, which jest's own process runs. */
  readonly reporter?: string;
}

/** Runs jest on files of these names and sources. */
function runFiles(sources: Readonly<Record<string, string>>, options: Options = {}): Outcome {
  const {
    timeoutMs = 120_000,
    patienceMs = 60_000,
    workers = 2,
    preload,
    reporter = 'module.exports = class {};',
  } = options;
  const root = mkdtempSync(path.join(folder, 'run-'));
  for (const [name, source] of Object.entries(sources)) {
    writeFileSync(path.join(root, `${name}.test.js`), source);
  }
  const tests = path.join(projectRoot(), 'test');
  const config = {
    testMatch: ['<rootDir>/*.test.js'],
    transform: {},
    cacheDirectory: path.join(root, 'cache'),
    runner: [path.join(tests, 'process-runner', 'runner.cjs'), { timeoutMs, patienceMs }],
    reporters: [
      [path.join(tests, 'temporary-reporter.cjs'), { patienceMs }],
      '<rootDir>/reporter.js',
      [path.join(tests, 'summary-reporter.cjs'), { file: path.join(root, 'summary.txt') }],
    ],
  };
  writeFileSync(path.join(root, 'jest.config.json'), JSON.stringify(config));
  writeFileSync(path.join(root, 'reporter.js'), reporter);
  if (preload !== undefined) writeFileSync(path.join(root, 'preload.js'), preload);
  const nodeOptions =
    preload === undefined ? '' : `--require ${JSON.stringify(path.join(root, 'preload.js'))}`;
  const words = ['--config', 'jest.config.json', '--json', '--maxWorkers', String(workers)];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve('jest/bin/jest'), ...words],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: nodeOptions },
      timeout: 300_000,
    },
  );
  const { testResults } = JSON.parse(stdout) as { testResults: { name: string; message: string }[] };
  const failed = testResults.filter(({ message }) => message !== '');
  return {
    status,
    summary: readFileSync(path.join(root, 'summary.txt'), 'utf8'),
    failures: Object.fromEntries(
      failed.map(({ name, message }) => [path.basename(name, '.test.js'), message.trim()]),
    ),
    stderr,
  };
}

test('files run in plain processes, and fail by their own tests', () => {
  const wrong = `test('is wrong', () => expect(1).toBe(2));`;
  const { status, summary, failures } = runFiles({
    good,
    wrong,
    thrown: `throw new RangeError('at import');`,
  });
  expect(status).toBe(1);
  expect(summary).toBe('1 passed, 2 failed\n');
  expect(Object.keys(failures).sort()).toEqual(['thrown', 'wrong']);
  expect(failures['wrong']).toMatch(/is wrong.*toBe/s);
  expect(failures['thrown']).toContain('RangeError: at import');
  expect(runFiles({ good })).toMatchObject({ status: 0, summary: '1 passed, 0 failed\n', failures: {} });
});

test('a file whose process dies has failed, with the reason, and the others go on', () => {
  const { status, summary, failures } = runFiles({
    abort: `${good} test('dies', () => process.abort());`,
    kill: `beforeAll(async () => {
        process.kill(process.pid, 'SIGKILL');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      }); ${good}`,
    exit: `${good} console.error('its last words'); process.exit(7);`,
    leave: `test('leaves', () => process.exit(0));`,
    throwLate: `test('throws', async () => {
        setTimeout(() => { throw new Error('too late to catch'); }, 0);
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`,
    good,
    better: good,
  });
  expect(status).toBe(1);
  expect(summary).toBe('2 passed, 5 failed\n');
  expect(Object.keys(failures).sort()).toEqual(['abort', 'exit', 'kill', 'leave', 'throwLate']);
  expect(failures['abort']).toContain('The process of this test file was ended by SIGABRT.');
  expect(failures['kill']).toContain('The process of this test file was ended by SIGKILL.');
  expect(failures['exit']).toMatch(
    /ended with exit status 7\.\s+The end of what .* error:\s+its last words$/s,
  );
  expect(failures['leave']).toContain('The process of this test file ended with exit status 0.');
  expect(failures['throwLate']).toMatch(/ended with exit status 1\..*too late to catch/s);
});

test('a process that dies after its last file takes that file along', () => {
  const { status, summary, failures } = runFiles({
    late: `${good} process.on('exit', () => process.kill(process.pid, 'SIGKILL'));`,
  });
  expect([status, summary]).toEqual([1, '0 passed, 1 failed\n']);
  expect(failures['late']).toContain('The process of this test file was ended by SIGKILL.');
});

test('a file that never ends is ended', () => {
  const never = `test('waits', () => new Promise(() => setInterval(() => {}, 1000)));`;
  const busy = `test('spins', () => { for (;;); });`;
  const { status, summary, failures } = runFiles({ never, busy }, { timeoutMs: 1500 });
  expect([status, summary]).toEqual([1, '0 passed, 2 failed\n']);
  for (const name of ['never', 'busy']) {
    expect(failures[name]).toContain('This test file did not end within 1.5 seconds; its process was ended.');
  }
});

test('no process is forgotten that is slow to start or to listen', () => {
  // Each other process holds the first message back.
  const preload = `
    const { emit } = process;
    process.emit = function (name, ...rest) {
      if (name === 'message' && process.pid % 2) {
        process.emit = emit;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      }
      return emit.call(this, name, ...rest);
    };`;
  const files = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`file-${i}`, good]));
  expect(runFiles(files, { workers: 3, preload })).toMatchObject({
    status: 0,
    summary: '6 passed, 0 failed\n',
    failures: {},
  });
});

describe('the temporary folder', () => {
  const leave = (name: string): string => `require('node:fs').writeFileSync(
    require('node:path').join(require('node:os').tmpdir(), '${name}'), '')`;

  test('a file that leaves something there has failed, and the next one in its process has not', () => {
    const { status, summary, failures } = runFiles(
      { a: `test('leaves', () => ${leave('mine')}); test('fails not', () => ${leave('more')});`, b: good },
      { workers: 1, patienceMs: 100 },
    );
    expect([status, summary]).toEqual([1, '1 passed, 1 failed\n']);
    expect(failures).toEqual({
      a: expect.stringContaining('This test file left in the temporary folder: mine, more\n') as string,
    });
  });

  test('what goes away in a moment is not left, and failing tests come first', () => {
    const late = `test('ends late', () => {
      ${leave('late')};
      setTimeout(() => require('node:fs').rmSync(require('node:os').tmpdir() + '/late'), 300);
    });`;
    expect(runFiles({ late }).summary).toBe('1 passed, 0 failed\n');
    const wrong = `test('is wrong', () => { ${leave('mine')}; expect(1).toBe(2); });`;
    const { summary, failures } = runFiles({ wrong }, { patienceMs: 100 });
    expect(summary).toBe('0 passed, 1 failed\n');
    expect(failures).toEqual({ wrong: expect.stringContaining('toBe') as string });
  });

  test('what jest and its runners leave fails the run', () => {
    const reporter = `module.exports = class { onTestResult() { ${leave('cell-output')} } };`;
    const { status, summary, failures, stderr } = runFiles({ good }, { reporter, patienceMs: 100 });
    expect([status, summary, failures]).toEqual([1, '1 passed, 1 failed\n', {}]);
    expect(stderr).toContain('The run left in the temporary folder: cell-output\n');
  });

  test('is a new one for each process, and gone at the end, as are those of runs that were killed', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    mkdirSync(path.join(tmpdir(), `inkwell-tests-${pid}-killed`, 'inside'), { recursive: true });
    const before = `test('is empty', () => expect(require('node:fs').readdirSync(require('node:os').tmpdir())).toEqual([]));`;
    const files = { a: before, dies: `${good} ${leave('a-file')}; process.abort();`, b: before };
    expect(runFiles(files).summary).toBe('2 passed, 1 failed\n');
    expect(readdirSync(tmpdir())).toEqual([]);
  });
});
