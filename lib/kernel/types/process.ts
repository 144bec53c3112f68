/** The process of TypeScript's native language server, and its memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * What the server's heap may grow to, MiB. It collects garbage only where it would grow further: a first
 * program leaves next to none, and looking for it took as long as building the program.
 */
export const MEMORY_LIMIT_MB = 160;

/**
 * How far beyond the limit a server's resident memory is where its program does not fit, MiB. Measured under
 * limits from 90 to 180 MiB with TensorFlow.js in scope, which needs 105: 3 where there is room, 6 to 25 where
 * there is none, and the same checks take two to four times as long.
 */
const BEYOND_MB = 6;

/** Go's own settings; those of the environment win. */
const LIMITED = { GOGC: 'off', GOMEMLIMIT: `${MEMORY_LIMIT_MB}MiB` };
const UNLIMITED = { GOGC: '50' };

export interface ServerProcessOptions {
  /** Whether `MEMORY_LIMIT_MB` holds, default true. Under it, a program that needs more is collected without end. */
  readonly limited?: boolean;
}

/** Starts a server, which ends when its standard input does. */
export function spawnServer({ limited = true }: ServerProcessOptions = {}): ChildProcess {
  const child = spawn(serverExecutable(), ['--lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...(limited && canMeasure ? LIMITED : UNLIMITED), ...process.env },
  });
  // Writing to a server that just died is no error of ours.
  child.stdin.on('error', () => {});
  return child;
}

/** Whether a process has ended, or never began. */
export function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

/** Where a program's size is not to be had, no limit may be set. */
const canMeasure = process.platform === 'linux';

/** Whether a server that was started with a limit of so many MiB needs more. */
export function hasOutgrown({ pid }: ChildProcess, limitMb: number): boolean {
  if (!canMeasure || pid === undefined) return false;
  try {
    const kb = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return kb / 1024 > limitMb + BEYOND_MB;
  } catch {
    return false;
  }
}

/** The native compiler that the `typescript` package comes with. */
function serverExecutable(): string {
  const require = createRequire(__filename);
  const compiler = require.resolve('typescript/package.json');
  const platform = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const folder = dirname(createRequire(compiler).resolve(platform));
  return join(folder, 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc');
}
