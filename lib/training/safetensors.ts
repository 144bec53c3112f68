/**
 * Tensors in a file: the safetensors format of Hugging Face, which is a length
 * (8 bytes, little-endian), a JSON header with type, shape and place of each
 * tensor, and the bytes. Nothing in it can run, unlike a pickle. Files are
 * written whole or not at all.
 */
import { readFile } from 'node:fs/promises';
import { codeOf, InkwellError } from '../core/errors';
import { writeDataFile } from '../data/write-file';
import { type Shape, shapeText, sizeOf } from '../layers/shape';

/** A tensor outside the engine. */
export interface StoredTensor {
  readonly type: 'float32' | 'int32';
  readonly shape: Shape;
  /** As many as the shape holds, row by row. */
  readonly values: Float32Array | Int32Array;
}

/** What a file holds. */
export interface TensorFile {
  readonly tensors: { readonly [name: string]: StoredTensor };
  /** Texts by name. */
  readonly metadata: { readonly [name: string]: string };
}

const TYPES = { float32: 'F32', int32: 'I32' } as const;
const LENGTH_BYTES = 8;
const MOST_HEADER_BYTES = 100e6;

/** The bytes of a file. Throws RangeError where values and shape disagree. */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { type, shape, values }] of Object.entries(tensors)) {
    if (values.length !== sizeOf(shape)) {
      throw new RangeError(`encodeTensors: ${name} of ${shapeText(shape)} has ${values.length} values`);
    }
    header[name] = { dtype: TYPES[type], shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  // Spaces fill up to a multiple of 8, so that the numbers are aligned.
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end).fill(
    0x20,
    LENGTH_BYTES,
    LENGTH_BYTES + headerBytes,
  );
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(json, LENGTH_BYTES);
  let place = LENGTH_BYTES + headerBytes;
  for (const { values } of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place);
    place += values.byteLength;
  }
  return bytes;
}

/**
 * Reads the bytes of a file.
 *
 * @param label what to call it in an error.
 * @throws InkwellError `TENSORS_FORMAT` that says what is wrong with it.
 */
export function decodeTensors(bytes: Uint8Array, label: string): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_BYTES)
    throw bad(label, `it has ${bytes.length} bytes, fewer than its length field`);
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > Math.min(MOST_HEADER_BYTES, bytes.length - LENGTH_BYTES)) {
    throw bad(label, `its header is said to have ${headerBytes} bytes, but the file has ${bytes.length}`);
  }
  const { __metadata__: metadata = {}, ...entries } = readHeader(
    bytes.subarray(LENGTH_BYTES),
    headerBytes,
    label,
  );
  // A plain view: the slices of Node's Buffer are no copies.
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length).subarray(
    LENGTH_BYTES + headerBytes,
  );
  const tensors = Object.entries(entries).map(([name, entry]) => [
    name,
    readTensor(data, name, entry, label),
  ]);
  return {
    tensors: Object.fromEntries(tensors) as TensorFile['tensors'],
    metadata: metadata as TensorFile['metadata'],
  };
}

function readHeader(bytes: Uint8Array, length: number, label: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length)));
  } catch (error) {
    throw bad(label, 'its header is not JSON', error);
  }
  if (isRecord(header) && (header['__metadata__'] === undefined || isRecord(header['__metadata__'])))
    return header;
  throw bad(label, 'its header is not a JSON object');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readTensor(data: Uint8Array, name: string, entry: unknown, label: string): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (isRecord(entry) ? entry : {}) as Record<string, unknown>;
  const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (dtype !== 'F32' && dtype !== 'I32')
    throw bad(label, `${name} has type ${String(dtype)}, expected F32 or I32`);
  if (!Array.isArray(shape) || !shape.every(isWhole)) throw bad(label, `${name} has no shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isWhole)) {
    throw bad(label, `${name} has no place`);
  }
  const [start, end] = offsets as [number, number];
  if (end - start !== 4 * sizeOf(shape)) {
    throw bad(
      label,
      `${name} of ${shapeText(shape)} takes ${4 * sizeOf(shape)} bytes, but has ${end - start}`,
    );
  }
  if (end > data.length) throw bad(label, `it ends in the middle of ${name}`);
  const copy = data.slice(start, end).buffer; // at an offset of its own, as typed arrays want it
  return dtype === 'F32'
    ? { type: 'float32', shape, values: new Float32Array(copy) }
    : { type: 'int32', shape, values: new Int32Array(copy) };
}

function bad(label: string, what: string, cause?: unknown): InkwellError {
  return new InkwellError('TENSORS_FORMAT', `${label} is not a whole safetensors file: ${what}.`, {
    hint: 'It was cut off, or is of another format; take an earlier copy, or write it anew.',
    cause,
  });
}

/** Writes a file, whole or not at all. Throws InkwellError `DATA_READ_ONLY`, `DATA_DISK_FULL`. */
export function writeTensors(file: string, contents: TensorFile): Promise<void> {
  return writeDataFile(file, encodeTensors(contents));
}

/** Reads a file. Throws InkwellError `TENSORS_MISSING`, `TENSORS_FORMAT`. */
export async function readTensors(file: string): Promise<TensorFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new InkwellError('TENSORS_MISSING', `There is no file ${file}.`, { cause: error });
  }
  return decodeTensors(bytes, file);
}
