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
