/**
 * How a tensor's values are written: all with the same number of decimals, four
 * where a row of them fits a line, else three or two. Very small and very large
 * numbers have their power of ten before the brackets.
 */
import { formatNumber, timesPowerOfTen } from '../../frames/format';
import { decimalsIn, fixed } from '../../frames/format-column';

/** A way to write values. */
export interface ValueWriter {
  /** By which all values are to be multiplied, such as `10⁻⁵ ×`; empty for one. */
  readonly factor: string;
  write(value: number | string | undefined): string;
}

/** What decides how values are written. */
export interface WriterOptions {
  readonly dtype: string;
  /** Significant digits asked for, undefined where the room decides. */
  readonly digits: number | undefined;
  /** Decimals asked for, undefined where the room decides. */
  readonly decimals: number | undefined;
  /** How many values stand in a row, and how many characters there are for each. */
  readonly perRow: number;
  readonly lineWidth: number;
}

/** How these values (those that are shown) are written. */
export function valueWriter(
  values: readonly (number | string | undefined)[],
  options: WriterOptions,
): ValueWriter {
  const { dtype, digits } = options;
  if (dtype === 'bool') return plain((value) => (value ? 'true' : 'false'));
  const numbers = values.filter((value): value is number => Number.isFinite(value));
  if (digits !== undefined || numbers.every(Number.isInteger)) {
    return plain((value) =>
      formatNumber(Number(value ?? Number.NaN), digits === undefined ? {} : { digits }),
    );
  }
  return decimalWriter(numbers, options);
}

function plain(write: (value: number | undefined) => string): ValueWriter {
  return {
    factor: '',
    write: (value) => (typeof value === 'string' ? JSON.stringify(value) : write(value)),
  };
}

const MOST_DECIMALS = 4;
const FEWEST_DECIMALS = 2;

function decimalWriter(numbers: readonly number[], options: WriterOptions): ValueWriter {
  const { perRow, lineWidth } = options;
  const largest = Math.max(...numbers.map(Math.abs));
  const exponent = largest < 1e-2 || largest >= 1e6 ? Math.floor(Math.log10(largest)) : 0;
  const scaled = numbers.map((value) => value / 10 ** exponent);
  const enough = Math.max(1, ...scaled.map((value) => decimalsIn(value.toFixed(MOST_DECIMALS))));
  const widthWith = (decimals: number): number =>
    Math.max(...scaled.map((value) => fixed(value, decimals).length)) + 2;
  let decimals = options.decimals ?? enough;
  while (
    options.decimals === undefined &&
    decimals > FEWEST_DECIMALS &&
    perRow * widthWith(decimals) > lineWidth
  )
    decimals--;
  return {
    factor: exponent === 0 ? '' : `${timesPowerOfTen(10 ** exponent)} ×`,
    write: (value) => {
      const number = Number(value ?? Number.NaN);
      return Number.isFinite(number) ? fixed(number / 10 ** exponent, decimals) : formatNumber(number);
    },
  };
}
