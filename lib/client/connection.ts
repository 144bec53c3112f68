/** The connection file that a client writes for the kernel it is about to start. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ConnectionInfo, freshConnection, writeConnection } from '../core/jupyter/connection';
import { withFreePorts } from '../core/jupyter/ports';

export interface ConnectionFile {
  readonly info: ConnectionInfo;
  readonly path: string;
  /** Removes the file and its folder. */
  remove(): Promise<void>;
  /** The same, without waiting. */
  removeAtOnce(): void;
}

/**
 * Writes a connection file that only this user can read, in a temporary folder of its own.
 *
 * @throws InkwellError `CONNECTION_PORTS` where there are no free ports.
 */
export async function createConnectionFile(kernelName: string): Promise<ConnectionFile> {
  const info = await withFreePorts(freshConnection(kernelName));
  const folder = await mkdtemp(path.join(tmpdir(), 'inkwell-kernel-'));
  const file = path.join(folder, `kernel-${randomUUID()}.json`);
  writeConnection(file, info);
  const options = { recursive: true, force: true } as const;
  return {
    info,
    path: file,
    remove: () => rm(folder, options),
    removeAtOnce: () => rmSync(folder, options),
  };
}
