/** The first signal to the command, wherever it is: it ends, keeps what ran, and leaves nothing running. */
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
import { projectRoot } from 'inkwell/core/paths';
import { until } from '../measure/until';

const COMMAND = path.join(projectRoot(), 'lib', 'bin', 'inkwell.js');
const SIGNALS_MODULE = require.resolve('inkwell/cli/signals');

const ENDINGS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-signals-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(words: readonly string[], env: NodeJS.ProcessEnv = {}): [ChildProcess, Promise<Ended>] {
  const child = spawn(process.execPath, words, { env: { ...process.env, ...env } });
  const heard = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (bytes: Buffer) => {
      heard[name] += bytes.toString();
    });
  }
  return [child, once(child, 'close').then(([status]) => ({ status: status as number | null, ...heard }))];
}

describe('while a kernel starts', () => {
  /** Runs a notebook on a kernel that says who it is, and nothing after that. */
  async function runOnMute(): Promise<{ child: ChildProcess; ended: Promise<Ended>; kernel: number }> {
    const told = path.join(folder, 'pid');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(told)}, String(process.pid)); setInterval(() => {}, 1e6)`;
    const spec = { argv: [process.execPath, '-e', script], display_name: 'mute', language: 'typescript' };
    mkdirSync(path.join(folder, 'kernels', 'mute'), { recursive: true });
    writeFileSync(path.join(folder, 'kernels', 'mute', 'kernel.json'), JSON.stringify(spec));
    const cell = {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      execution_count: null,
      outputs: [],
      source: '1',
    };
    const file = path.join(folder, 'one.ipynb');
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
    const words = [COMMAND, 'run', file, file, '--kernel', 'mute', '--out', path.join(folder, 'out')];
    const [child, ended] = start(words, { JUPYTER_PATH: folder });
    await until('the kernel', () => existsSync(told) && readFileSync(told, 'utf8') !== '');
    return { child, ended, kernel: Number(readFileSync(told, 'utf8')) };
  }

  test.each(ENDINGS)('%s gives the start up, and the kernel ends', async (signal, code) => {
    const { child, ended, kernel } = await runOnMute();
    child.kill(signal);
    const { status, stdout, stderr } = await ended;
    expect(status).toBe(code);
    expect(stdout).toMatch(/one +0\/1 /);
    // It did not wait until the kernel's time was up.
    expect(stderr).not.toContain('did not answer');
    expect(() => process.kill(kernel, 0)).toThrow('ESRCH');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('inkwell-kernel-'))).toEqual([]);
  });

  test('a second signal ends the process at once, the kernel and its files with it', async () => {
    const { child, ended, kernel } = await runOnMute();
    child.kill('SIGTERM');
    child.kill('SIGINT');
    // Which of the two came first is the system's choice.
    expect([130, 143]).toContain((await ended).status);
    await until('the end of the kernel', () => !isAlive(kernel));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('inkwell-kernel-'))).toEqual([]);
  });
});

describe('a verb', () => {
  /** A process that does this with `lib/cli/signals.ts`, and would then stay for ever. */
  async function staying(does: string): Promise<[ChildProcess, Promise<Ended>]> {
    const script = `const signals = require(${JSON.stringify(SIGNALS_MODULE)}); signals.listenForSignals(); ${does}; setInterval(() => {}, 1e6); console.log('here')`;
    const [child, ended] = start(['-e', script]);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    return [child, ended];
  }

  test.each(ENDINGS)('that does not stop in its time is ended: %s', async (signal, code) => {
    const [child, ended] = await staying('signals.stopSignal({ deadlineMs: 100 })');
    child.kill(signal);
    expect((await ended).status).toBe(code);
  });

  test('with nothing left to save ends at the first signal', async () => {
    const [child, ended] = await staying('signals.stopSignal(); signals.endAtFirstSignal()');
    child.kill('SIGINT');
    expect((await ended).status).toBe(130);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
