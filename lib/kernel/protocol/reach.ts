/**
 * Who can reach the kernel: it binds to loopback only unless it is told
 * otherwise, and its connection file is for its owner's eyes.
 */
import { chmodSync } from 'node:fs';
import { isIP } from 'node:net';
import { codeOf, InkwellError } from '../../core/errors';
import type { ConnectionInfo } from '../../core/jupyter/connection';

/** Takes group's and others' rights off a connection file that a client wrote too openly. */
export function restrictConnectionFile(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch (thrown) {
    // Another user's file: it was readable to us, and is theirs to guard.
    if (codeOf(thrown) !== 'EPERM' && codeOf(thrown) !== 'ENOENT' && codeOf(thrown) !== 'EROFS') throw thrown;
  }
}

export interface ReachOptions {
  /** Whether to listen beyond loopback; default false. */
  readonly allowRemote?: boolean;
}

/**
 * Refuses what would let strangers run code: an address off this machine,
 * unless `allowRemote` and a key.
 *
 * Errors: InkwellError `CONNECTION_REMOTE`.
 */
export function checkReach(connection: ConnectionInfo, { allowRemote = false }: ReachOptions = {}): void {
  const { transport, ip, key } = connection;
  if (transport === 'ipc' || isLoopback(ip)) return;
  if (allowRemote && key !== '') return;
  throw new InkwellError(
    'CONNECTION_REMOTE',
    `the connection file asks to listen on ${ip}, not on loopback`,
    {
      hint:
        key === ''
          ? 'It has no key, so anyone on that network could run code. Give it a key, or use 127.0.0.1.'
          : 'Everything would cross the network unencrypted. If that is meant, set INKWELL_ALLOW_REMOTE=1.',
    },
  );
}

function isLoopback(ip: string): boolean {
  if (ip === 'localhost' || ip === '::1') return true;
  return isIP(ip) === 4 && ip.startsWith('127.');
}
