/** Kinds of argument that are frames; see `core/argument.ts`. */
import { anObject, having, type Kind } from '../core/argument-kinds';

export const aFrame: Kind = having('a frame, such as frame(rows)', 'table', 'rowCount');

/** A `PixelSource`. */
export const aPixelSource: Kind = {
  wanted: 'an image: rows of numbers, a tensor, or pixels with their height and width',
  holds: (value) =>
    Array.isArray(value)
      ? typeof value[0] !== 'string'
      : anObject.holds(value) &&
        (ArrayBuffer.isView(value) ||
          ['pixels', 'values', 'dataSync'].some((field) => field in (value as object))),
};

const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);

const isTensor = (value: unknown): boolean => anObject.holds(value) && 'dataSync' in (value as object);

/** Rows of numbers, or a `TensorLike`. */
export const aMatrix: Kind = {
  wanted: 'a matrix: rows of numbers, such as [[1, 2], [3, 4]], or a tensor',
  holds: (value) => (Array.isArray(value) ? value.every(isList) : isTensor(value)),
};

/** `PixelSource`s, or a `TensorLike` of several. */
export const someImages: Kind = {
  wanted: 'a list of images, or a tensor of several (for one image write [image])',
  holds: (value) => (Array.isArray(value) ? value.every(aPixelSource.holds) : isTensor(value)),
};

/** Nested numbers, or a `TensorLike`. */
export const aNested: Kind = {
  wanted: 'a tensor, or numbers: one, a list, lists of lists',
  holds: (value) =>
    typeof value === 'number' ||
    isTensor(value) ||
    (isList(value) && typeof (value as readonly unknown[])[0] !== 'string'),
};
