/**
 * The numbers of a column, written so that they can be compared at a glance:
 * all with the same number of decimals, which then stand below one another.
 */
import { checkDigits, formatNumber, type NumberFormatOptions, trueMinus } from './format';

/** With more decimals than this, powers of ten are easier to read. */
const MOST_DECIMALS = 5;

/**
 * How the numbers of a column are written: the largest to `digits` significant
 * digits, the others with as many decimals, none with more than any needs.
 * Where sizes differ too much for that, each number as `formatNumber` has it.
 */
export function columnFormat(
  values: readonly unknown[],
  { digits = 4 }: NumberFormatOptions = {},
): (value: number) => string {
  checkDigits(digits);
  const numbers = values.filter((value): value is number => Number.isFinite(value));
  const decimals = decimalsFor(numbers, digits);
  if (decimals === undefined) return (value) => formatNumber(value, { digits });
  return (value) => (Number.isFinite(value) ? fixed(value, decimals) : formatNumber(value));
}

/** A number with so many decimals and a true minus; `−0.00` is written `0.00`. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : trueMinus(text);
}

/** How many decimals suit all of the numbers; undefined where no number does. */
export function decimalsFor(numbers: readonly number[], digits: number): number | undefined {
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return 0;
  const [largest, smallest] = [Math.max(...sizes), Math.min(...sizes)];
  if (largest >= 1e15) return undefined;
  if (sizes.every(Number.isInteger)) return 0;
  const forLargest = digits - 1 - Math.floor(Math.log10(largest));
  // Two digits of the smallest number say how small it is.
  const forSmallest = 1 - Math.floor(Math.log10(smallest));
  const wanted = Math.max(0, forLargest, forSmallest);
  if (forSmallest - forLargest > 3 || wanted > MOST_DECIMALS) return undefined;
  return Math.max(...numbers.map((value) => decimalsIn(value.toFixed(wanted))));
}

/** Decimals of a number's text, zeros at its end aside. */
export function decimalsIn(text: string): number {
  const [, decimals = ''] = /\.(\d*?)0*$/.exec(text) ?? [];
  return decimals.length;
}
