/**
 * Jupyter's messages, version 5.4 of the protocol
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
 */
import { randomUUID } from 'node:crypto';

/** The version of the protocol that this package speaks. */
export const PROTOCOL_VERSION = '5.4';

/** What JSON can hold, read with care. */
export type JsonObject = { [key: string]: unknown };

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

export interface Message {
  /** Who asked: routing prefix on shell, control and stdin; topic on iopub. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** The header of the request that this answers; `{}` where there is none. */
  readonly parent: Header | JsonObject;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Buffer[];
}

/** What a message is made of besides its header; only `content` must be there, the rest is empty by default. */
export interface MessageParts {
  readonly content: JsonObject;
  readonly parent?: Header | JsonObject | undefined;
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Buffer[];
  readonly identities?: readonly Buffer[];
}

/** Makes a message of a type, with a fresh id and the present time. */
export type MessageBuilder = (type: string, parts: MessageParts) => Message;

/** Builds messages under one session id, the sender's own; `username` says who that is. */
export function messageBuilder(session: string, username = 'kernel'): MessageBuilder {
  return (type, { content, parent = {}, metadata = {}, buffers = [], identities = [] }) => ({
    identities,
    header: {
      msg_id: randomUUID(),
      session,
      username,
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    },
    parent,
    metadata,
    content,
    buffers,
  });
}

/** The id of the request that a message answers; undefined where it answers none. */
export function parentId({ parent }: Message): string | undefined {
  const { msg_id: id } = parent as JsonObject;
  return typeof id === 'string' ? id : undefined;
}
