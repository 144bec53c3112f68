/**
 * The connection file: where a kernel listens, and the key that signs its messages.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface ConnectionInfo {
  readonly transport: 'tcp';
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: 'hmac-sha256';
  readonly kernel_name: string;
}

export interface ConnectionFile {
  readonly info: ConnectionInfo;
  readonly path: string;
  remove(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Free ports below the range that the system hands to outgoing connections
 * (32768 up on Linux): between this check and the kernel's bind, only another
 * kernel that drew the same number could take one, and a start that fails so
 * is tried again.
 */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count && tries < 1000; tries++) {
    const port = randomInt(12_000, 32_700);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

/** Writes a connection file that only this user can read, in a temporary folder of its own. */
export async function createConnectionFile(kernelName: string): Promise<ConnectionFile> {
  const ports = await freePorts(5);
  const port = (i: number): number => ports[i] ?? 0;
  const info: ConnectionInfo = {
    transport: 'tcp',
    ip: LOOPBACK,
    shell_port: port(0),
    iopub_port: port(1),
    stdin_port: port(2),
    control_port: port(3),
    hb_port: port(4),
    key: randomBytes(32).toString('hex'),
    signature_scheme: 'hmac-sha256',
    kernel_name: kernelName,
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'inkwell-kernel-'));
  const file = path.join(folder, `kernel-${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(info), { mode: 0o600 });
  return { info, path: file, remove: () => rm(folder, { recursive: true, force: true }) };
}
