/**
 * Tensors shown as values, with shape and type: nested brackets as NumPy and
 * PyTorch print them, the columns aligned, the middle left out where it is long.
 */

import { escapeHtml } from '../core/html';
import { formatCount, formatNumber } from '../frames/format';
import { elideIndices } from '../frames/frame-table';
import { htmlElement, htmlFigure } from '../frames/html';
import { isTensorLike, type TensorLike } from '../frames/pixels';
import { extent } from './color';
import { createView, type View } from './view';

/** Nested arrays of numbers, as deep as you like. */
export type NestedNumbers = number | ArrayLike<number> | readonly NestedNumbers[];

/** How a tensor is shown. */
export interface TensorViewOptions {
  /** Significant digits of numbers that are not whole; default 4. */
  readonly digits?: number;
  /** Values shown in full at most; with more, only the edges are shown. Default 200. */
  readonly threshold?: number;
  /** How many values at each edge are shown then; default 3. */
  readonly edgeItems?: number;
  /** Stands below. */
  readonly caption?: string;
}

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

/**
 * A tensor as text: a line with shape, type, smallest, mean and largest value, then the values.
 *
 * Throws TypeError for what holds no numbers, RangeError for ragged arrays.
 *
 * @example tensorView(model.weights[0], { caption: 'The first layer before training' })
 */
export function tensorView(source: TensorLike | NestedNumbers, options: TensorViewOptions = {}): View {
  const tensor = tensorValues(source);
  const { caption } = options;
  const heading = headingOf(tensor);
  const body = valuesText(tensor, options);
  const small = { style: 'font-size:0.85em;opacity:0.85;font-variant-numeric:tabular-nums' };
  const pre = { style: 'margin:0.2em 0;overflow-x:auto;font-size:0.85em;line-height:1.35', tabindex: 0 };
  return createView({
    'text/html': htmlFigure(
      htmlElement('div', small, escapeHtml(heading)) + htmlElement('pre', pre, escapeHtml(body)),
      { kind: 'tensor', caption },
    ),
    'text/plain': [heading, body, ...(caption === undefined ? [] : [caption])].join('\n'),
  });
}

function headingOf({ shape, dtype, values }: TensorValues): string {
  const size = `shape [${shape.join(', ')}], ${dtype}`;
  if (shape.length === 0 || values.length === 0 || typeof values[0] === 'string') return size;
  const numbers = values as ArrayLike<number>;
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] as number;
  const [min, max] = extent(numbers);
  const write = (value: number): string => formatNumber(value, { digits: 4 });
  const count = values.length > 1000 ? `, ${formatCount(values.length)} values` : '';
  return `${size}${count}, min ${write(min)}, mean ${write(sum / numbers.length)}, max ${write(max)}`;
}

const LINE_WIDTH = 76;

function valuesText({ shape, dtype, values }: TensorValues, options: TensorViewOptions): string {
  const { digits = 4, threshold = 200, edgeItems = 3 } = options;
  for (const [name, value] of Object.entries({ threshold, edgeItems })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`tensorView: ${name} must be a whole number from 1, got ${value}`);
    }
  }
  const isLong = values.length > threshold;
  // Of the leading dimensions, the first and the last block show enough.
  const edges = (depth: number): number => (depth < shape.length - 2 ? 1 : edgeItems);
  const picks = shape.map((length, depth) => elideIndices(length, isLong ? 2 * edges(depth) : length));
  const write = (offset: number): string => valueText(values[offset], dtype, digits);
  const align = aligner([...shownOffsets(0, 0, shape, picks)].map(write));
  return brackets(0, 0, { shape, picks, cell: (offset) => align(write(offset)) });
}

function valueText(value: number | string | undefined, dtype: string, digits: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (dtype === 'bool') return value ? 'true' : 'false';
  return formatNumber(value ?? Number.NaN, { digits });
}

type Picks = readonly (readonly (number | undefined)[])[];

function* shownOffsets(
  depth: number,
  offset: number,
  shape: readonly number[],
  picks: Picks,
): Generator<number> {
  if (depth === shape.length) yield offset;
  for (const index of picks[depth] ?? []) {
    if (index !== undefined)
      yield* shownOffsets(depth + 1, offset * (shape[depth] ?? 1) + index, shape, picks);
  }
}

/** Pads texts so that their decimal points stand in one column. */
function aligner(texts: readonly string[]): (text: string) => string {
  const split = (text: string): [string, string] => {
    const point = text.indexOf('.');
    return point < 0 ? [text, ''] : [text.slice(0, point), text.slice(point)];
  };
  let [before, after] = [0, 0];
  for (const [whole, fraction] of texts.map(split)) {
    before = Math.max(before, whole.length);
    after = Math.max(after, fraction.length);
  }
  return (text) => {
    const [whole, fraction] = split(text);
    return whole.padStart(before) + fraction.padEnd(after);
  };
}

interface Layout {
  readonly shape: readonly number[];
  readonly picks: Picks;
  readonly cell: (offset: number) => string;
}

/** `[…]` around the values of the last dimension, `[` new lines `]` around the others. */
function brackets(depth: number, offset: number, layout: Layout): string {
  const { shape, picks, cell } = layout;
  if (depth === shape.length) return cell(offset).trim();
  const isRow = depth === shape.length - 1;
  const part = (index: number | undefined): string => {
    if (index === undefined) return isRow ? '…' : '⋮';
    const inner = offset * (shape[depth] ?? 1) + index;
    return isRow ? cell(inner) : brackets(depth + 1, inner, layout);
  };
  const parts = (picks[depth] ?? []).map(part);
  const indent = ' '.repeat(depth + 1);
  if (isRow) return `[${wrap(parts, indent)}]`;
  // As many blank lines between blocks as there are dimensions inside, less one.
  return `[${parts.join(`,${'\n'.repeat(shape.length - depth - 1)}${indent}`)}]`;
}

function wrap(parts: readonly string[], indent: string): string {
  const perLine = Math.max(1, Math.floor(LINE_WIDTH / ((parts[0]?.length ?? 0) + 2)));
  const lines: string[] = [];
  for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(', '));
  // The comma belongs to its number, the padding comes after.
  return lines.join(`,\n${indent}`).replace(/( +),/g, ',$1').replace(/ +$/gm, '');
}
