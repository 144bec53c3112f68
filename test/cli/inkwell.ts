/** The `inkwell` command as its user runs it: a process of its own. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';

const COMMAND = path.join(projectRoot(), 'lib', 'bin', 'inkwell.js');

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end; `env` is added to the environment, `cwd` is this process's by default. */
export function inkwell(
  words: readonly string[],
  { cwd = process.cwd(), env = {} }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}
