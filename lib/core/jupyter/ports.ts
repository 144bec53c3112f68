/** Free ports for a kernel that is about to be started. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { InkwellError } from '../errors';
import { CHANNELS, type ConnectionInfo } from './connection';

/** Below the range that systems hand to outgoing connections (32768 up on Linux). */
const [LOWEST, ABOVE_HIGHEST] = [12_000, 32_700] as const;
const TRIES = 1000;

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The connection with five free ports. Between this check and the kernel's
 * bind only another kernel that drew the same number could take one; a start
 * that fails so is to be tried again.
 *
 * @throws InkwellError `CONNECTION_PORTS` where there are not five to be found.
 */
export async function withFreePorts(connection: ConnectionInfo): Promise<ConnectionInfo> {
  const found = new Set<number>();
  for (let tries = 0; found.size < CHANNELS.length; tries++) {
    if (tries === TRIES) {
      throw new InkwellError(
        'CONNECTION_PORTS',
        `no ${CHANNELS.length} free ports on ${connection.ip} between ${LOWEST} and ${ABOVE_HIGHEST}`,
        { hint: 'Something holds them all, perhaps kernels that were left running; end those.' },
      );
    }
    const port = randomInt(LOWEST, ABOVE_HIGHEST);
    if (!found.has(port) && (await isFree(connection.ip, port))) found.add(port);
  }
  const free = [...found];
  const ports = Object.fromEntries(CHANNELS.map((channel, i) => [channel, free[i]]));
  return { ...connection, ports: ports as ConnectionInfo['ports'] };
}
