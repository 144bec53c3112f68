/**
 * Jupyter messages as ZeroMQ frames: signing, packing, unpacking.
 *
 * Source: "Messaging in Jupyter", protocol 5.4, the wire protocol
 * (https://jupyter-client.readthedocs.io/en/latest/messaging.html#the-wire-protocol).
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { InkwellError } from '../core/errors';

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

export type Content = { readonly [key: string]: unknown };

export interface Message {
  readonly header: Header;
  /** The header of the request that this message answers; empty where there is none. */
  readonly parent: Partial<Header>;
  readonly metadata: Content;
  readonly content: Content;
  readonly buffers: readonly Buffer[];
}

const DELIMITER = Buffer.from('<IDS|MSG>');

function signature(key: string, parts: readonly Buffer[]): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/** A request to a kernel, with a fresh id. */
export function request(type: string, content: Content, session: string): Message {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'inkwell',
    date: new Date().toISOString(),
    version: '5.4',
  };
  return { header, parent: {}, metadata: {}, content, buffers: [] };
}

/** The frames of a message, signed with the connection's key ('' for none). */
export function pack(message: Message, key: string): Buffer[] {
  const parts = [message.header, message.parent, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [DELIMITER, Buffer.from(signature(key, parts)), ...parts, ...message.buffers];
}

/**
 * The message in some frames, with whatever routing prefix.
 *
 * @throws InkwellError `WIRE_FRAMES` (not a Jupyter message), `WIRE_SIGNATURE` (signed with another key).
 */
export function unpack(frames: readonly Buffer[], key: string): Message {
  const start = frames.findIndex((frame) => frame.equals(DELIMITER));
  const [sent, ...parts] = frames.slice(start + 1, start + 6);
  if (start < 0 || sent === undefined || parts.length < 4) {
    throw new InkwellError(
      'WIRE_FRAMES',
      `expected <IDS|MSG>, a signature and 4 parts, got ${frames.length} frames`,
    );
  }
  const expected = Buffer.from(signature(key, parts));
  if (key !== '' && (expected.length !== sent.length || !timingSafeEqual(expected, sent))) {
    throw new InkwellError('WIRE_SIGNATURE', 'a message does not carry the signature of this connection');
  }
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString('utf8')));
  return { header, parent, metadata, content, buffers: frames.slice(start + 6) };
}
