/**
 * IDX, the format of the MNIST files: a typed array of any rank behind a small
 * header. Two zero bytes, one byte for the type, one for the number of
 * dimensions, then each dimension as a big-endian 32-bit number, then the
 * values, big-endian too, the last dimension running fastest.
 *
 * Source: "The IDX file format", at the foot of LeCun, Cortes and Burges'
 * page of the MNIST database.
 *
 * A header is never believed: no memory is taken for a size that it claims
 * before the bytes have been seen to be there.
 */
import { dataError } from './errors';

/** The type of the values, under the name of its typed array. */
export type IdxType = 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64';

/** The typed arrays that an IDX file can hold. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An array of rank `shape.length`, the last dimension running fastest. */
export interface IdxArray {
  readonly type: IdxType;
  /** 1 to 255 dimensions, each a whole number in 0 … 2³² − 1. */
  readonly shape: readonly number[];
  /** As many values as the product of the shape. */
  readonly values: IdxValues;
}

interface TypeRow {
  readonly type: IdxType;
  readonly magic: number;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly allocate: (length: number) => IdxValues;
  readonly get: (view: DataView, offset: number) => number;
  readonly set: (view: DataView, offset: number, value: number) => void;
}

const TYPES: readonly TypeRow[] = [
  {
    type: 'uint8',
    magic: 0x08,
    bytes: 1,
    allocate: (length) => new Uint8Array(length),
    get: (view, offset) => view.getUint8(offset),
    set: (view, offset, value) => view.setUint8(offset, value),
  },
  {
    type: 'int8',
    magic: 0x09,
    bytes: 1,
    allocate: (length) => new Int8Array(length),
    get: (view, offset) => view.getInt8(offset),
    set: (view, offset, value) => view.setInt8(offset, value),
  },
  {
    type: 'int16',
    magic: 0x0b,
    bytes: 2,
    allocate: (length) => new Int16Array(length),
    get: (view, offset) => view.getInt16(offset),
    set: (view, offset, value) => view.setInt16(offset, value),
  },
  {
    type: 'int32',
    magic: 0x0c,
    bytes: 4,
    allocate: (length) => new Int32Array(length),
    get: (view, offset) => view.getInt32(offset),
    set: (view, offset, value) => view.setInt32(offset, value),
  },
  {
    type: 'float32',
    magic: 0x0d,
    bytes: 4,
    allocate: (length) => new Float32Array(length),
    get: (view, offset) => view.getFloat32(offset),
    set: (view, offset, value) => view.setFloat32(offset, value),
  },
  {
    type: 'float64',
    magic: 0x0e,
    bytes: 8,
    allocate: (length) => new Float64Array(length),
    get: (view, offset) => view.getFloat64(offset),
    set: (view, offset, value) => view.setFloat64(offset, value),
  },
];

/**
 * Reads an uncompressed IDX file.
 *
 * @param bytes the whole file. Bytes of type `uint8` are not copied: `values` is a view of them.
 * @param options.label what to call the file in an error; default `IDX file`.
 * @throws InkwellError `DATA_MAGIC`, `DATA_TRUNCATED`, `DATA_FORMAT`.
 */
export function parseIdx(bytes: Uint8Array, options: { readonly label?: string } = {}): IdxArray {
  const { label = 'IDX file' } = options;
  const row = typeOf(bytes, label);
  const shape = shapeOf(bytes, label);
  const start = 4 + 4 * shape.length;
  const available = bytes.length - start;
  const length = lengthOf(shape);
  const wanted = length * row.bytes;
  const asked = `its header promises ${shape.join(' × ')} values of ${row.type}, ${wanted} bytes`;
  if (available < wanted) {
    throw dataError('DATA_TRUNCATED', `${label} is cut short: ${asked}, but ${available} follow`, {
      hint: 'Delete the file and fetch it again.',
    });
  }
  if (available > wanted) {
    throw dataError('DATA_FORMAT', `${label} is too long: ${asked}, but ${available} follow`);
  }
  return { type: row.type, shape, values: valuesOf(bytes.subarray(start), row, length) };
}

/** The row of the table that the magic number names. */
function typeOf(bytes: Uint8Array, label: string): TypeRow {
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (bytes.length < 4) {
    throw dataError(
      'DATA_TRUNCATED',
      `${label} is cut short: ${bytes.length} bytes, an IDX header takes at least 8`,
    );
  }
  const row = TYPES.find((candidate) => candidate.magic === bytes[2]);
  if (bytes[0] !== 0 || bytes[1] !== 0 || row === undefined) {
    throw dataError(
      'DATA_MAGIC',
      `${label} is not an IDX file: it begins with ${magic}, expected 00 00, then 08, 09, 0b, 0c, 0d or 0e`,
      {
        hint: 'Check that this is the file you meant; MNIST images begin with 00 00 08 03, labels with 00 00 08 01.',
      },
    );
  }
  return row;
}

function shapeOf(bytes: Uint8Array, label: string): number[] {
  const rank = bytes[3] ?? 0;
  if (rank === 0) throw dataError('DATA_FORMAT', `${label} has no dimensions: expected 1 to 255 of them`);
  if (bytes.length < 4 + 4 * rank) {
    throw dataError(
      'DATA_TRUNCATED',
      `${label} is cut short: a header of ${rank} dimensions takes ${4 + 4 * rank} bytes, got ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
}

/** The product of the shape; Infinity rather than a wrong number where it is astronomical. */
function lengthOf(shape: readonly number[]): number {
  // Zero first: 255 dimensions of 2³² overflow to Infinity, and Infinity · 0 is not a number.
  if (shape.includes(0)) return 0;
  return shape.reduce((product, size) => product * size, 1);
}

function valuesOf(body: Uint8Array, row: TypeRow, length: number): IdxValues {
  if (row.type === 'uint8') return new Uint8Array(body.buffer, body.byteOffset, length);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const values = row.allocate(length);
  for (let i = 0; i < length; i++) values[i] = row.get(view, i * row.bytes);
  return values;
}

/**
 * Writes an array as an uncompressed IDX file.
 *
 * @throws RangeError where the shape is no IDX shape or does not fit the values.
 * @throws TypeError where the values are not of the type that the array names.
 */
export function encodeIdx(array: IdxArray): Uint8Array {
  const { type, shape, values } = array;
  const row = TYPES.find((candidate) => candidate.type === type);
  if (row === undefined) throw new RangeError(`encodeIdx: type must be an IDX type, got ${type}`);
  checkShape(shape, values.length);
  if (values.constructor !== row.allocate(0).constructor) {
    throw new TypeError(`encodeIdx: values must be those of type ${type}, got ${values.constructor.name}`);
  }
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.length * row.bytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, row.magic);
  view.setUint8(3, shape.length);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  if (values instanceof Uint8Array) bytes.set(values, start);
  else for (const [i, value] of values.entries()) row.set(view, start + i * row.bytes, value);
  return bytes;
}

function checkShape(shape: readonly number[], length: number): void {
  if (shape.length < 1 || shape.length > 255) {
    throw new RangeError(`encodeIdx: shape must have 1 to 255 dimensions, got ${shape.length}`);
  }
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 0 || size >= 2 ** 32) {
      throw new RangeError(`encodeIdx: a dimension must be a whole number in 0 … 2^32 - 1, got ${size}`);
    }
  }
  if (lengthOf(shape) !== length) {
    throw new RangeError(
      `encodeIdx: shape ${shape.join(' × ')} takes ${lengthOf(shape)} values, got ${length}`,
    );
  }
}
