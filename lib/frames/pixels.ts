/**
 * Pictures as numbers: whatever holds an image (nested arrays, a typed array, a
 * tensor of any library) seen as height × width × channels values, and as a
 * data frame with a column for each column of pixels.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { anObject, aPair } from '../core/argument-kinds';
import { aPixelSource } from './argument-kinds';
import { Frame } from './frame';
import { tableFrom } from './table-from';

/** What every tensor library's tensors have; nothing of tfjs is imported here. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype?: string;
  dataSync(): ArrayLike<number | string>;
}

/** An image as plain numbers, row by row, channels last. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 3 | 4;
  /** height × width × channels values, in whatever range they came. */
  readonly values: ArrayLike<number>;
}

/** An image as `lib/data` hands it out, grey unless it has channels. */
export interface ImagePixels {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 RGB, 4 RGBA; default 1. */
  readonly channels?: 1 | 3 | 4;
  /** height × width × channels values, row by row, channels last. */
  readonly pixels: ArrayLike<number>;
}

/**
 * Anything that holds one image: nested arrays (rows of pixels, or rows of
 * [r, g, b]), a tensor of shape [h, w], [h, w, 1 | 3 | 4] or [1, h, w, c], flat
 * values of a square grey image, an image of a data set, or `Pixels`.
 */
export type PixelSource =
  | ArrayLike<number>
  | readonly ArrayLike<number>[]
  | readonly (readonly ArrayLike<number>[])[]
  | TensorLike
  | ImagePixels
  | Pixels;

/** Whether the value looks like a tensor: it has a `shape` and `dataSync()`. */
export function isTensorLike(value: unknown): value is TensorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    Array.isArray((value as Partial<TensorLike>).shape) &&
    typeof (value as Partial<TensorLike>).dataSync === 'function'
  );
}

function isPixels(value: unknown): value is Pixels {
  return typeof value === 'object' && value !== null && 'height' in value && 'values' in value;
}

function isImagePixels(value: unknown): value is ImagePixels {
  return typeof value === 'object' && value !== null && 'height' in value && 'pixels' in value;
}

/**
 * The image as plain numbers; values are not copied where that can be helped.
 *
 * Throws RangeError for a shape that is no image or rows of different lengths.
 */
export function toPixels(source: PixelSource): Pixels {
  if (isPixels(source)) return source;
  if (isImagePixels(source)) {
    const { height, width, channels = 1, pixels } = source;
    return fromShape([height, width, channels], pixels);
  }
  if (isTensorLike(source)) return fromShape(source.shape, source.dataSync() as ArrayLike<number>);
  const first = source[0];
  if (typeof first === 'number') return fromShape([source.length], source as ArrayLike<number>);
  if (typeof first !== 'object') {
    throw new TypeError(
      'toPixels: expected nested arrays, a typed array, a tensor or Pixels, of at least one pixel',
    );
  }
  return fromRows(source as readonly ArrayLike<unknown>[]);
}

function fromRows(rows: readonly ArrayLike<unknown>[]): Pixels {
  const width = rows[0]?.length ?? 0;
  const channels = (rows[0]?.[0] as Partial<ArrayLike<number>> | undefined)?.length;
  const values: number[] = [];
  for (const row of rows) {
    if (row.length !== width) {
      throw new RangeError(`toPixels: rows must have one length, got ${width} and ${row.length}`);
    }
    for (const pixel of Array.from(row)) {
      if (channels === undefined) values.push(pixel as number);
      else values.push(...Array.from(pixel as ArrayLike<number>));
    }
  }
  return fromShape(channels === undefined ? [rows.length, width] : [rows.length, width, channels], values);
}

function fromShape(shape: readonly number[], values: ArrayLike<number>): Pixels {
  const [height, width, channels] = imageShape(shape);
  if (values.length !== height * width * channels) {
    throw new RangeError(
      `toPixels: shape [${shape}] needs ${height * width * channels} values, got ${values.length}`,
    );
  }
  return { height, width, channels, values };
}

function imageShape(shape: readonly number[]): [number, number, 1 | 3 | 4] {
  const [height = 0, width = 0, channels = 1] = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (shape.length === 1 && height > 0 && Number.isInteger(Math.sqrt(height))) {
    return [Math.sqrt(height), Math.sqrt(height), 1];
  }
  const isImage = shape.length >= 2 && (shape.length <= 3 || (shape.length === 4 && shape[0] === 1));
  if (isImage && height > 0 && width > 0 && (channels === 1 || channels === 3 || channels === 4)) {
    return [height, width, channels];
  }
  throw new RangeError(
    `toPixels: expected an image of shape [h, w], [h, w, 1 | 3 | 4] or a square number of values, got shape [${shape}]`,
  );
}

/** A part of an image: from … to, the end left out, as `slice` counts. Default: all of it. */
export interface CropOptions {
  readonly rows?: readonly [from: number, to: number];
  readonly columns?: readonly [from: number, to: number];
}

/** The part of the image inside the ranges. Throws RangeError where they leave it or are empty. */
export function cropPixels(pixels: Pixels, { rows, columns }: CropOptions): Pixels {
  const [top, bottom] = checkRange('rows', rows, pixels.height);
  const [left, right] = checkRange('columns', columns, pixels.width);
  const { width, channels } = pixels;
  const values: number[] = [];
  for (let row = top; row < bottom; row++) {
    const start = (row * width + left) * channels;
    for (let i = start; i < start + (right - left) * channels; i++) values.push(pixels.values[i] as number);
  }
  return { height: bottom - top, width: right - left, channels, values };
}

function checkRange(
  name: string,
  range: readonly [number, number] | undefined,
  size: number,
): readonly [number, number] {
  const [from, to] = range ?? [0, size];
  const whole = Number.isInteger(from) && Number.isInteger(to);
  if (!whole || from < 0 || to > size || from >= to) {
    throw new RangeError(`cropPixels: ${name} must be a range within 0 … ${size}, got [${from}, ${to}]`);
  }
  return [from, to];
}

/**
 * A grey image as a frame: one row for each row of pixels, columns named by
 * their index in the image, so a crop keeps its places.
 *
 * Throws RangeError for a colour image or ranges outside the image.
 */
export function imageFrame(source: PixelSource, crop: CropOptions = {}): Frame<Record<string, number>> {
  checkArguments('imageFrame', { source, crop }, { source: aPixelSource, crop: anObject });
  checkOptions('imageFrame', crop, { rows: aPair, columns: aPair });
  const image = toPixels(source);
  if (image.channels !== 1) {
    throw new RangeError(`imageFrame: expected a grey image, got one with ${image.channels} channels`);
  }
  const { height, width, values } = cropPixels(image, crop);
  const left = crop.columns?.[0] ?? 0;
  const columns: Record<string, number[]> = {};
  for (let column = 0; column < width; column++) {
    columns[String(left + column)] = Array.from(
      { length: height },
      (_, row) => values[row * width + column] as number,
    );
  }
  return new Frame(tableFrom(columns));
}
