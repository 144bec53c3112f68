/**
 * The wire format: frames in, messages out, and back.
 *
 *     [identities …, '<IDS|MSG>', HMAC, header, parent, metadata, content, buffers …]
 *
 * The HMAC-SHA256 covers the four JSON frames. A message whose signature is
 * wrong, that was seen before, or that is not four JSON objects is refused:
 * the kernel says so on its log and does nothing with it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Header, JsonObject, Message } from './message';

const DELIMITER = Buffer.from('<IDS|MSG>');
const JSON_FRAMES = 4;
/** Signatures remembered against replay, as many as jupyter_client does. */
const REMEMBERED = 65_536;

/** A message that was refused, and why. */
export class WireError extends Error {
  override readonly name: string = 'WireError';
}

export interface Codec {
  encode(message: Message): Buffer[];
  /** Errors: WireError for anything but a signed, well-formed, new message. */
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
  if (at < 0) throw new WireError('no <IDS|MSG> delimiter');
  const signature = frames[at + 1];
  const json = frames.slice(at + 2, at + 2 + JSON_FRAMES);
  if (signature === undefined || json.length < JSON_FRAMES) {
    throw new WireError(`expected ${JSON_FRAMES} JSON frames after the signature, got ${json.length}`);
  }
  return { identities: frames.slice(0, at), signature, json, buffers: frames.slice(at + 2 + JSON_FRAMES) };
}

function verify(key: string, signature: Buffer, json: readonly Buffer[], seen: Set<string>): void {
  const expected = sign(key, json);
  const bytes = Buffer.from(expected);
  if (signature.length !== bytes.length || !timingSafeEqual(signature, bytes)) {
    throw new WireError('wrong signature');
  }
  if (seen.has(expected)) throw new WireError('signature seen before');
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
  } catch {
    throw new WireError('a frame is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WireError('a frame is not a JSON object');
  }
  return value as JsonObject;
}

function checkHeader(header: JsonObject): Header {
  for (const field of ['msg_id', 'msg_type']) {
    if (typeof header[field] !== 'string') throw new WireError(`header.${field} is not a string`);
  }
  return header as unknown as Header;
}
