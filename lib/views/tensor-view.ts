/**
 * Tensors shown as values, with shape and type: nested brackets as NumPy and
 * PyTorch print them, the columns aligned, the middle left out where it is long.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber, aString } from '../core/argument-kinds';
import { escapeHtml } from '../core/html';
import { aNested } from '../frames/argument-kinds';
import { formatCount, formatNumber } from '../frames/format';
import { elideIndices } from '../frames/frame-table';
import { htmlElement, htmlFigure } from '../frames/html';
import type { TensorLike } from '../frames/pixels';
import { extent } from './color';
import { bracketed, LINE_WIDTH, shownOffsets } from './tensor/brackets';
import { valueWriter } from './tensor/numbers';
import { type NestedNumbers, type TensorValues, tensorValues } from './tensor/values';
import { createView, type View } from './view';

export type { NestedNumbers, TensorValues } from './tensor/values';

/** How a tensor is shown. */
export interface TensorViewOptions {
  /** Significant digits of numbers that are not whole; default four decimals for all, two where rows are long. */
  readonly digits?: number;
  /** Decimals for all numbers, 0 … 17, where not all are whole; not beside `digits`. */
  readonly decimals?: number;
  /** Values shown in full at most; with more, only the edges are shown. Default 200. */
  readonly threshold?: number;
  /** How many values at each edge are shown then; default 3. */
  readonly edgeItems?: number;
  /** Stands below. */
  readonly caption?: string;
}

/**
 * A tensor as text: a line with shape, type, smallest, mean and largest value, then the values.
 *
 * Throws TypeError for what holds no numbers or where both `digits` and `decimals` are given, RangeError for
 * ragged arrays.
 *
 * @example tensorView(model.weights[0], { caption: 'The first layer before training' })
 */
export function tensorView(source: TensorLike | NestedNumbers, options: TensorViewOptions = {}): View {
  checkArguments('tensorView', { source }, { source: aNested });
  checkOptions('tensorView', options, {
    digits: aNumber,
    decimals: aNumber,
    threshold: aNumber,
    edgeItems: aNumber,
    caption: aString,
  });
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

function valuesText({ shape, dtype, values }: TensorValues, options: TensorViewOptions): string {
  const { digits, decimals, threshold = 200, edgeItems = 3 } = options;
  checkPrecision(digits, decimals);
  for (const [name, value] of Object.entries({ threshold, edgeItems })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`tensorView: ${name} must be a whole number from 1, got ${value}`);
    }
  }
  const isLong = values.length > threshold;
  // Of the leading dimensions, the first and the last block show enough.
  const edges = (depth: number): number => (depth < shape.length - 2 ? 1 : edgeItems);
  const picks = shape.map((length, depth) => elideIndices(length, isLong ? 2 * edges(depth) : length));
  const shown = [...shownOffsets(0, 0, shape, picks)];
  const { factor, write } = valueWriter(
    shown.map((offset) => values[offset]),
    { dtype, digits, decimals, perRow: picks.at(-1)?.length ?? 1, lineWidth: LINE_WIDTH - shape.length },
  );
  const align = aligner(shown.map((offset) => write(values[offset])));
  const body = bracketed({ shape, picks, cell: (offset) => align(write(values[offset])) });
  return factor === '' ? body : `${factor}\n${body}`;
}

function checkPrecision(digits: number | undefined, decimals: number | undefined): void {
  if (decimals === undefined) return;
  if (digits !== undefined)
    throw new TypeError('tensorView: give either digits (significant ones) or decimals, not both');
  if (!(Number.isInteger(decimals) && decimals >= 0 && decimals <= 17)) {
    throw new RangeError(`tensorView: decimals must be a whole number in 0 … 17, got ${decimals}`);
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
