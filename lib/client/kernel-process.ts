/**
 * A kernel's process: started, watched, ended. What it prints outside the
 * protocol is kept (the last 8 KB), because it is what explains a death.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { InkwellError } from '../core/errors';
import type { KernelSpec } from './kernelspecs';

const KEPT_CHARACTERS = 8192;

export interface KernelProcess {
  readonly pid: number;
  /** Settles when the process has ended, with why; it never rejects. */
  readonly ended: Promise<KernelDeath>;
  /** Undefined while it runs. */
  readonly death: KernelDeath | undefined;
  signal(signal: NodeJS.Signals): void;
}

export interface KernelDeath {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to its stdout and stderr. */
  readonly lastWords: string;
}

/** A death in a few words, with the likely reason where the signal tells one. */
function describeDeath(death: KernelDeath): string {
  if (death.signal === 'SIGKILL') return 'was killed (SIGKILL; often the system ran out of memory)';
  if (death.signal === 'SIGABRT') return 'aborted (SIGABRT; often JavaScript ran out of heap memory)';
  if (death.signal === 'SIGSEGV') return 'crashed in native code (SIGSEGV)';
  if (death.signal !== null) return `was ended by ${death.signal}`;
  if (death.exitCode === null) return 'could not be started';
  return `exited with status ${death.exitCode}`;
}

/** The error for a kernel that is gone: how it ended, `during` what, and its last words. Its code is `KERNEL_DIED`. */
export function deathError(name: string, death: KernelDeath, during: string): InkwellError {
  const words = death.lastWords.trim();
  return new InkwellError(
    'KERNEL_DIED',
    `the kernel "${name}" ${describeDeath(death)} ${during}${words === '' ? '' : `; its last words:\n${words}`}`,
  );
}

function watch(child: ChildProcess): { ended: Promise<KernelDeath>; current: () => KernelDeath | undefined } {
  let words = '';
  let death: KernelDeath | undefined;
  const listen = (chunk: Buffer): void => {
    words = (words + chunk.toString()).slice(-KEPT_CHARACTERS);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const ended = new Promise<KernelDeath>((resolve) => {
    const settle = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      death ??= { exitCode, signal, lastWords: words };
      resolve(death);
    };
    child.once('error', (error) => {
      words += error.message;
      settle(null, null);
    });
    child.once('close', settle);
    // `close` waits for the pipes, which a grandchild may hold open.
    child.once('exit', (exitCode, signal) => setTimeout(settle, 500, exitCode, signal).unref());
  });
  return { ended, current: () => death };
}

export interface StartOptions {
  /** The kernel's working directory: the notebook's folder. */
  readonly directory: string;
  readonly env?: { readonly [name: string]: string | undefined };
}

/** Starts a kernel on a connection file, as the leader of a process group of its own. */
export function startProcess(spec: KernelSpec, connectionFile: string, options: StartOptions): KernelProcess {
  const [command = '', ...words] = spec.argv.map((word) =>
    word.replaceAll('{connection_file}', connectionFile),
  );
  const child = spawn(command, words, {
    cwd: options.directory,
    env: { ...process.env, ...spec.env, ...options.env, JPY_PARENT_PID: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const { ended, current } = watch(child);
  const pid = child.pid ?? -1;
  return {
    pid,
    ended,
    get death() {
      return current();
    },
    signal(signal) {
      if (current() !== undefined || pid < 0) return;
      try {
        // The whole group on a kill, so that no grandchild outlives the kernel.
        process.kill(signal === 'SIGKILL' && process.platform !== 'win32' ? -pid : pid, signal);
      } catch {
        // It has just ended.
      }
    },
  };
}
