/**
 * Comms: named two-way connections between a cell's code and a widget in the
 * client ("Custom messages" in Jupyter's messaging protocol).
 */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../core/jupyter/message';
import type { CommMessage } from './channel';
import { currentRun } from './context';
import { emit } from './pipes';

/** What arrives over a comm. */
export interface CommEvent {
  readonly data: unknown;
  readonly metadata: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

export interface SendOptions {
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Uint8Array[];
}

/** One open connection. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: SendOptions): void;
  close(data?: unknown, options?: SendOptions): void;
  /** Called for each message from the client; one handler. */
  onMessage: ((event: CommEvent) => unknown) | undefined;
  /** Called when the client closes; one handler. */
  onClose: ((event: CommEvent) => unknown) | undefined;
}

export type CommTarget = (comm: Comm, event: CommEvent) => unknown;

const targets = new Map<string, CommTarget>();
const open = new Map<string, Comm>();

/** Lets clients open comms to `name`. */
export function registerTarget(name: string, target: CommTarget): void {
  if (typeof target !== 'function')
    throw new TypeError(`comms.register: target must be a function, got ${typeof target}`);
  targets.set(name, target);
}

/** Opens a comm to the client's target `name`. */
export function openComm(name: string, data: unknown = {}, options: SendOptions = {}): Comm {
  const comm = createComm(randomUUID(), name);
  send('comm_open', { comm_id: comm.id, target_name: name, data }, options);
  announce();
  return comm;
}

function createComm(id: string, target: string): Comm {
  const comm: Comm = {
    id,
    target,
    onMessage: undefined,
    onClose: undefined,
    send: (data, options = {}) => {
      if (!open.has(id)) throw new Error(`comm.send: the comm to ${target} is closed`);
      send('comm_msg', { comm_id: id, data }, options);
    },
    close: (data = {}, options = {}) => {
      if (!open.delete(id)) return;
      send('comm_close', { comm_id: id, data }, options);
      announce();
    },
  };
  open.set(id, comm);
  return comm;
}

function send(
  kind: CommMessage['kind'],
  content: JsonObject,
  { metadata = {}, buffers = [] }: SendOptions,
): void {
  const run = currentRun();
  if (run.cancelled) return;
  const encoded = buffers.map((bytes) => Buffer.from(bytes).toString('base64'));
  emit({ type: 'comm', run: run.id, message: { kind, content, metadata, buffers: encoded } });
}

/** The front answers `comm_info` without asking: it is told of each change. */
function announce(): void {
  const comms = Object.fromEntries(Array.from(open.values(), ({ id, target }) => [id, target]));
  emit({ type: 'targets', comms });
}

/** A message from the client. What a handler returns is awaited; what it throws is the caller's to report. */
export async function receiveComm({ kind, content, metadata, buffers }: CommMessage): Promise<void> {
  const id = String(content['comm_id']);
  const event: CommEvent = {
    data: content['data'] ?? {},
    metadata,
    buffers: buffers.map((text) => new Uint8Array(Buffer.from(text, 'base64'))),
  };
  if (kind === 'comm_open') return openFromClient(id, String(content['target_name']), event);
  const comm = open.get(id);
  if (comm === undefined) return;
  if (kind === 'comm_msg') {
    await comm.onMessage?.(event);
    return;
  }
  open.delete(id);
  announce();
  await comm.onClose?.(event);
}

async function openFromClient(id: string, name: string, event: CommEvent): Promise<void> {
  const target = targets.get(name);
  if (target === undefined) {
    // The protocol: an unknown target is answered by closing at once.
    send('comm_close', { comm_id: id, data: {} }, {});
    return;
  }
  const comm = createComm(id, name);
  announce();
  try {
    await target(comm, event);
  } catch (thrown) {
    comm.close();
    throw thrown;
  }
}
