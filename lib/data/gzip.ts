/**
 * Gzip, told by its magic number rather than by a file's name: servers and
 * browsers add and take off compression as they like, so a file called `.gz`
 * may come plain, and a plain one compressed.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { codeOf, messageOf } from '../core/errors';
import { dataError } from './errors';

const inflate = promisify(gunzip);

/** The most that a file may hold uncompressed unless told otherwise: 1 GiB. */
const DEFAULT_MAX_BYTES = 2 ** 30;

/** zlib's own 16 KiB makes three thousand pieces of MNIST and takes twice as long. */
const CHUNK_BYTES = 2 ** 16;

export interface UncompressOptions {
  /** What to call the file in an error; default `file`. */
  readonly label?: string;
  /** The most bytes to make of it; default 1 GiB. What makes more is refused before it fills the memory. */
  readonly maxBytes?: number;
}

/** True where the bytes begin as a gzip file does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The bytes, uncompressed where they are gzip; otherwise the very same bytes.
 *
 * @throws InkwellError `DATA_TRUNCATED` where the stream ends early, `DATA_FORMAT`
 *   where it is damaged or holds more than `maxBytes`.
 */
export async function uncompress(bytes: Uint8Array, options: UncompressOptions = {}): Promise<Uint8Array> {
  const { label = 'file', maxBytes = DEFAULT_MAX_BYTES } = options;
  if (!isGzip(bytes)) return bytes;
  try {
    const plain = await inflate(bytes, { maxOutputLength: maxBytes, chunkSize: CHUNK_BYTES });
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength);
  } catch (error) {
    const cause = { cause: error };
    if (codeOf(error) === 'Z_BUF_ERROR') {
      const hint = 'Delete the file and fetch it again.';
      throw dataError('DATA_TRUNCATED', `${label} is cut short: its gzip stream does not end`, {
        hint,
        ...cause,
      });
    }
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw dataError('DATA_FORMAT', `${label} holds more than the ${maxBytes} bytes expected of it`, cause);
    }
    throw dataError('DATA_FORMAT', `${label} is a damaged gzip file: ${messageOf(error)}`, cause);
  }
}
