/**
 * The wire format that clients and kernels share: frames in, messages out, and back.
 *
 *     [identities …, '<IDS|MSG>', HMAC, header, parent, metadata, content, buffers …]
 *
 * The HMAC-SHA256 covers the four JSON frames. A message whose signature is
 * wrong, that was seen before, or that is not four JSON objects is refused;
 * what follows from that is for the receiver to say: the kernel logs it and
 * does nothing, a client gives its kernel up.
 *
 * Source: "Messaging in Jupyter", the wire protocol
 * (https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { InkwellError } from '../errors';
import type { Header, JsonObject, Message } from './message';

const DELIMITER = Buffer.from('<IDS|MSG>');
const JSON_FRAMES = 4;
/** Signatures remembered against replay, as many as jupyter_client does. */
const REMEMBERED = 65_536;

/** Writes and reads the messages of one connection; it remembers what it has read. */
export interface Codec {
  encode(message: Message): Buffer[];
  /**
   * The message in some frames, with whatever routing prefix.
   *
   * Errors: InkwellError `WIRE_FRAMES` (not framed as a message), `WIRE_SIGNATURE` (signed with
   * another key, or changed on its way), `WIRE_REPLAY` (read before), `WIRE_JSON` (its parts are
   * not what a message has).
   */
  decode(frames: readonly Buffer[]): Message;
}

/**
 * A codec for one connection.
 *
 * @param key the connection file's key; empty means unsigned, as the protocol allows.
 * @param scheme only `hmac-sha256` is known. Throws RangeError otherwise.
 */
export function createCodec(key: string, scheme = 'hmac-sha256'): Codec {
  if (scheme !== 'hmac-sha256') {
    throw new RangeError(`createCodec: signature_scheme must be hmac-sha256, got ${scheme}`);
  }
  const seen = new Set<string>();
  return {
    encode: (message) => encode(message, key),
    decode(frames) {
      const { identities, signature, json, buffers } = split(frames);
      if (key !== '') verify(key, signature, json, seen);
      const [header, parent, metadata, content] = json.map(parseObject) as [
        JsonObject,
        JsonObject,
        JsonObject,
        JsonObject,
      ];
      return { identities, header: checkHeader(header), parent, metadata, content, buffers };
    },
  };
}

function encode(message: Message, key: string): Buffer[] {
  const json = [message.header, message.parent, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  const signature = Buffer.from(key === '' ? '' : sign(key, json));
  return [...message.identities, DELIMITER, signature, ...json, ...message.buffers];
}

function sign(key: string, frames: readonly Buffer[]): string {
  const hmac = createHmac('sha256', key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest('hex');
}

function split(frames: readonly Buffer[]): {
  identities: Buffer[];
  signature: Buffer;
  json: Buffer[];
  buffers: Buffer[];
} {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  const [signature, ...json] = at < 0 ? [] : frames.slice(at + 1, at + 2 + JSON_FRAMES);
  if (signature === undefined || json.length < JSON_FRAMES) {
    throw new InkwellError(
      'WIRE_FRAMES',
      `expected <IDS|MSG>, a signature and ${JSON_FRAMES} parts, got ${frames.length} frames`,
    );
  }
  return { identities: frames.slice(0, at), signature, json, buffers: frames.slice(at + 2 + JSON_FRAMES) };
}

function verify(key: string, signature: Buffer, json: readonly Buffer[], seen: Set<string>): void {
  const expected = sign(key, json);
  const bytes = Buffer.from(expected);
  if (signature.length !== bytes.length || !timingSafeEqual(signature, bytes)) {
    throw new InkwellError('WIRE_SIGNATURE', 'a message does not carry the signature of this connection');
  }
  if (seen.has(expected)) throw new InkwellError('WIRE_REPLAY', 'a message came a second time');
  seen.add(expected);
  if (seen.size > REMEMBERED) {
    const [oldest] = seen;
    if (oldest !== undefined) seen.delete(oldest);
  }
}

function parseObject(frame: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(frame.toString('utf8'));
  } catch (cause) {
    throw new InkwellError('WIRE_JSON', 'a part of a message is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InkwellError('WIRE_JSON', 'a part of a message is not a JSON object');
  }
  return value as JsonObject;
}

function checkHeader(header: JsonObject): Header {
  for (const field of ['msg_id', 'msg_type']) {
    if (typeof header[field] !== 'string') {
      throw new InkwellError('WIRE_JSON', `header.${field} of a message is not a string`);
    }
  }
  return header as unknown as Header;
}
