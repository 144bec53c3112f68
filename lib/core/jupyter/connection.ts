/**
 * The connection file, by which a client and its kernel find each other: where
 * the five sockets are, and the key that signs what goes over them. Whoever can
 * read it can run code, so it is written with mode 0600.
 *
 * Source: "Connection files", https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { InkwellError, messageOf } from '../errors';

/** The sockets, by the names that the connection file uses (`shell_port`, …). */
export const CHANNELS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export interface ConnectionInfo {
  readonly transport: 'tcp' | 'ipc';
  /** An address for tcp, a path prefix for ipc. */
  readonly ip: string;
  readonly key: string;
  readonly signatureScheme: string;
  /** 0: any free port; the file is written again with the port taken. */
  readonly ports: Readonly<Record<ChannelName, number>>;
  /** The file's other fields, kept when it is written again. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** A connection to loopback, its ports still 0, with a new key. */
export function freshConnection(kernelName = 'inkwell'): ConnectionInfo {
  const ports = { shell: 0, iopub: 0, stdin: 0, control: 0, hb: 0 };
  const key = randomBytes(32).toString('hex');
  return {
    transport: 'tcp',
    ip: '127.0.0.1',
    key,
    signatureScheme: 'hmac-sha256',
    ports,
    rest: { kernel_name: kernelName },
  };
}

/**
 * Reads a connection file; where there is none, a fresh connection (its ports 0).
 *
 * Errors: InkwellError `CONNECTION_FILE` where it is no connection file.
 */
export function readConnection(file: string): ConnectionInfo {
  if (!existsSync(file)) return freshConnection();
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw invalid(file, messageOf(cause), cause);
  }
  if (typeof fields !== 'object' || fields === null) throw invalid(file, 'it is not a JSON object');
  return parseConnection(file, fields);
}

function parseConnection(file: string, fields: Record<string, unknown>): ConnectionInfo {
  const {
    transport = 'tcp',
    ip = '127.0.0.1',
    key = '',
    signature_scheme = 'hmac-sha256',
    ...others
  } = fields;
  if (transport !== 'tcp' && transport !== 'ipc') {
    throw invalid(file, `transport must be tcp or ipc, got ${String(transport)}`);
  }
  if (typeof ip !== 'string' || typeof key !== 'string') throw invalid(file, 'ip and key must be strings');
  const ports = Object.fromEntries(
    CHANNELS.map((channel) => [channel, portOf(file, channel, others[`${channel}_port`])]),
  ) as Record<ChannelName, number>;
  const rest = Object.fromEntries(
    Object.entries(others).filter(([name]) => !CHANNELS.some((channel) => name === `${channel}_port`)),
  );
  return { transport, ip, key, signatureScheme: String(signature_scheme), ports, rest };
}

function portOf(file: string, channel: ChannelName, value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw invalid(file, `${channel}_port must be a whole number in 0 … 65535, got ${String(value)}`);
}

function invalid(file: string, why: string, cause?: unknown): InkwellError {
  return new InkwellError('CONNECTION_FILE', `${file} is not a connection file: ${why}`, {
    hint: 'It is the JSON file that a Jupyter client writes and names in `-f`.',
    cause,
  });
}

/** Writes the file with mode 0600, whole or not at all. */
export function writeConnection(file: string, connection: ConnectionInfo): void {
  const { transport, ip, key, signatureScheme, ports, rest } = connection;
  const fields: Record<string, unknown> = { transport, ip, key, signature_scheme: signatureScheme, ...rest };
  for (const channel of CHANNELS) fields[`${channel}_port`] = ports[channel];
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, `${JSON.stringify(fields, null, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}
