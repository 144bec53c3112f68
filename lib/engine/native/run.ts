/** Running another program and keeping what it said. */
import { type SpawnOptions, spawn } from 'node:child_process';

export interface Ran {
  /** `missing`: there is no such program. `failed`: it ended with a status or by a signal. */
  readonly kind: 'done' | 'failed' | 'missing';
  readonly status: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly onStdout?: (text: string) => void;
}

/** Runs a program to its end; never throws for what the program does. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { cwd, env, timeoutMs, onStdout } = options;
  const spawnOptions: SpawnOptions = { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } };
  if (cwd !== undefined) spawnOptions.cwd = cwd;
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    const child = spawn(command, args, spawnOptions);
    // Node's own `timeout` keeps its timer, and the process, where the program is missing.
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onStdout?.(text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const kind = error.code === 'ENOENT' ? 'missing' : 'failed';
      resolve({ kind, status: undefined, signal: undefined, stdout, stderr: `${stderr}${error.message}` });
    });
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      const kind = status === 0 ? 'done' : 'failed';
      resolve({ kind, status: status ?? undefined, signal: signal ?? undefined, stdout, stderr });
    });
  });
}

/** The last lines that say something, for an error message. */
export function lastLines(text: string, count = 5): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
