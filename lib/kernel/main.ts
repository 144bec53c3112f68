/**
 * The kernel's entry, which kernelspecs start by `bin/kernel.js -f FILE`; it is
 * no verb of the command line, whose loading would delay the start.
 * What the first answer to a client does not need is loaded after it.
 */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../core/errors';
import { type Checking, checkingIn } from '../core/jupyter/checking';
import { readConnection, writeConnection } from '../core/jupyter/connection';
import type { Kernel } from './front/kernel';
import { watchParent } from './front/lifetime';
import { checkReach, restrictConnectionFile } from './protocol/reach';
import { bindSockets } from './protocol/sockets';
import { startTypeService } from './types/service';

export interface KernelRunOptions {
  /** The connection file; written where it does not exist, and where a port in it is 0. */
  readonly connectionFile: string;
  /** The notebook's folder; default the working folder. */
  readonly directory?: string;
  /** How types are checked before a cell runs; default what `INKWELL_CHECK` says (`lax`, or `0` for none), else `strict`. */
  readonly checking?: Checking;
}

/**
 * Runs a kernel until its client asks it to shut down or is gone; then ends the process.
 *
 * Errors: InkwellError `CONNECTION_FILE`, `CONNECTION_REMOTE`, `PORT_IN_USE`.
 */
export async function runKernel(options: KernelRunOptions): Promise<void> {
  const { connectionFile, directory = process.cwd(), checking = checkingIn(process.env) } = options;
  let kernel: Kernel | undefined;
  let ending = false;
  let chosen = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    // A client that picked the ports removes its own file.
    if (chosen) rmSync(connectionFile, { force: true });
    await Promise.race([kernel?.dispose(), new Promise((resolve) => setTimeout(resolve, 2000))]);
    process.exit(0);
  };
  // First of all: a client that is gone by the end of our start must be missed too.
  watchParent(() => {
    removeConnection(connectionFile);
    return end();
  });
  const wanted = readConnection(connectionFile);
  checkReach(wanted, { allowRemote: process.env['INKWELL_ALLOW_REMOTE'] === '1' });
  // The rest is loaded while the ports are bound: a client tries them ten times a second.
  const binding = bindSockets(wanted);
  binding.catch(() => {});
  const { createKernel } = require('./front/kernel') as typeof import('./front/kernel');
  const sockets = await binding;
  chosen = Object.values(wanted.ports).some((port) => port === 0);
  if (chosen) writeConnection(connectionFile, sockets.connection);
  else restrictConnectionFile(connectionFile);

  const check = checking !== 'none';
  const types = startTypeService({ directory, strict: checking === 'strict', check });
  kernel = createKernel(sockets, randomUUID(), { directory, types, check, onShutdown: end });
  process.on('SIGINT', () => void kernel?.interrupt());
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

/** What a client that was killed left behind: the file, and the folder that it was alone in. */
function removeConnection(file: string): void {
  rmSync(file, { force: true });
  const folder = path.dirname(file);
  if (path.basename(folder).startsWith('inkwell-kernel-')) rmSync(folder, { recursive: true, force: true });
}

const USAGE = 'kernel.js -f CONNECTION_FILE [--no-check]';

function readWords(words: readonly string[]): KernelRunOptions {
  const { values } = parseArgs({
    args: [...words],
    options: { f: { type: 'string', short: 'f' }, 'no-check': { type: 'boolean' } },
    strict: true,
  });
  if (values.f === undefined) throw new RangeError('-f CONNECTION_FILE is missing');
  const checking = values['no-check'] === true ? ({ checking: 'none' } as const) : {};
  return { connectionFile: path.resolve(values.f), ...checking };
}

/** The command line of `bin/kernel.js`. Exit status 1 where the kernel cannot start, 2 for a wrong command line. */
export async function main(words: readonly string[]): Promise<void> {
  let options: KernelRunOptions;
  try {
    options = readWords(words);
  } catch (thrown) {
    process.stderr.write(`inkwell kernel: ${messageOf(thrown)}\nUsage: ${USAGE}\n`);
    process.exit(2);
  }
  try {
    await runKernel(options);
  } catch (thrown) {
    process.stderr.write(`inkwell kernel: ${messageOf(thrown)}\n`);
    process.exit(1);
  }
}
