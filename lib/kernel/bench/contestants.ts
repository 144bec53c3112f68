/**
 * The kernels to compare: ours with the type check on and off, stock tslab,
 * Deno's and ipykernel. The last two are installed for the bench, in the cache.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { InkwellError } from '../../core/errors';
import { inkwellKernel } from '../../core/jupyter/kernelspec';
import { cacheRoot } from '../../core/paths';

export const CONTESTANTS = ['inkwell', 'inkwell-unchecked', 'tslab', 'deno', 'ipykernel'] as const;
export type Contestant = (typeof CONTESTANTS)[number];

const DENO = 'deno@2.9.6';
const IPYKERNEL = 'ipykernel==7.4.0';
const run = promisify(execFile);

/** How to start a kernel: its kernelspec's `argv`. Errors: InkwellError `BENCH_INSTALL` where it cannot be had. */
export async function argvOf(name: Contestant): Promise<readonly string[]> {
  switch (name) {
    case 'inkwell':
      return inkwellKernel().argv;
    case 'inkwell-unchecked':
      return inkwellKernel({ check: false }).argv;
    case 'tslab':
      return tslab();
    case 'deno':
      return [await installDeno(), 'jupyter', '--kernel', '--conn', '{connection_file}'];
    case 'ipykernel':
      return [await installIpykernel(), '-m', 'ipykernel_launcher', '-f', '{connection_file}'];
  }
}

function tslab(): readonly string[] {
  const manifest = createRequire(__filename).resolve('tslab/package.json');
  const script = path.join(path.dirname(manifest), 'bin', 'tslab');
  return [process.execPath, script, 'kernel', '--config-path={connection_file}'];
}

async function installed(
  name: string,
  file: string,
  install: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = path.join(cacheRoot(), 'bench', name);
  const target = path.join(folder, file);
  if (existsSync(target)) return target;
  try {
    await mkdir(folder, { recursive: true });
    await install(folder);
  } catch (cause) {
    throw new InkwellError('BENCH_INSTALL', `${name} cannot be installed for the bench`, {
      hint: 'It comes from npm or PyPI: see whether they can be reached, and whether python3 has venv and pip.',
      cause,
    });
  }
  return target;
}

const installDeno = (): Promise<string> =>
  installed('deno', path.join('node_modules', 'deno', 'deno'), async (folder) => {
    await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', DENO]);
    // The package's own step: puts the platform's binary in place.
    await run(process.execPath, [path.join(folder, 'node_modules', 'deno', 'install.cjs')]);
  });

const installIpykernel = (): Promise<string> =>
  installed('ipykernel', path.join('bin', 'python'), async (folder) => {
    await run('python3', ['-m', 'venv', folder]);
    await run(path.join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', IPYKERNEL]);
  });
