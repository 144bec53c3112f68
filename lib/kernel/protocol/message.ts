/**
 * Jupyter's messages, version 5.4 of the protocol
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
 */
import { randomUUID } from 'node:crypto';

/** The version of the protocol that this kernel speaks. */
export const PROTOCOL_VERSION = '5.4';

/** What JSON can hold, read with care. */
export type JsonObject = { [key: string]: unknown };

export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
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

/** What a message is made of besides its header. */
export interface MessageParts {
  readonly content: JsonObject;
  readonly parent?: Header | JsonObject | undefined;
  readonly metadata?: JsonObject;
  readonly buffers?: readonly Buffer[];
  readonly identities?: readonly Buffer[];
}

/** Builds messages under one session id, the kernel's own. */
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

export type MessageBuilder = (type: string, parts: MessageParts) => Message;
