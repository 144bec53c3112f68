/**
 * Shape, type and values of whatever holds numbers.
 */
import { isTensorLike, type TensorLike } from '../../frames/pixels';

/** Nested arrays of numbers, as deep as you like. */
export type NestedNumbers = number | ArrayLike<number> | readonly NestedNumbers[];

/** A tensor's values, flat, with its shape and the name of its type. */
export interface TensorValues {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<number | string>;
}

const ELEMENT_TYPES: Readonly<Record<string, string>> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int32Array: 'int32',
  Int16Array: 'int16',
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Uint16Array: 'uint16',
  Uint32Array: 'uint32',
};

/**
 * Shape, type and values of a tensor, typed array, nested arrays or a number.
 * Throws RangeError for ragged arrays, TypeError for what holds no numbers.
 */
export function tensorValues(source: TensorLike | NestedNumbers): TensorValues {
  if (isTensorLike(source)) {
    return { shape: source.shape, dtype: source.dtype ?? 'unknown', values: source.dataSync() };
  }
  if (typeof source === 'number') return { shape: [], dtype: 'number', values: [source] };
  if (ArrayBuffer.isView(source)) {
    const dtype = ELEMENT_TYPES[source.constructor.name] ?? source.constructor.name;
    return { shape: [(source as ArrayLike<number>).length], dtype, values: source as ArrayLike<number> };
  }
  if (!Array.isArray(source)) {
    throw new TypeError(
      `tensorView: expected a tensor, a typed array, nested arrays or a number, got ${typeof source}`,
    );
  }
  return fromNested(source);
}

function fromNested(items: readonly NestedNumbers[]): TensorValues {
  const parts = items.map((item) => tensorValues(item));
  const inner = parts[0]?.shape ?? [];
  for (const { shape } of parts) {
    if (String(shape) !== String(inner)) {
      throw new RangeError(`tensorView: rows must have one shape, got [${inner}] and [${shape}]`);
    }
  }
  const values = parts.flatMap((part) => Array.from(part.values));
  return { shape: [items.length, ...inner], dtype: parts[0]?.dtype ?? 'number', values };
}
