/**
 * Numbers and cells as short text, the same bytes on every machine.
 */

/** How numbers are written. */
export interface NumberFormatOptions {
  /** Significant digits kept, 1 … 17; default 4. Whole numbers keep all theirs. */
  readonly digits?: number;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10⁻⁵` for −5. */
function powerOfTen(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/**
 * A number as a product with a power of ten, its first factor as short as it is; `1 ×` and `10⁰` stay unsaid.
 *
 * @example timesPowerOfTen(0.000025) // '2.5 × 10⁻⁵'
 */
export function timesPowerOfTen(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return trueMinus(String(value));
  const [mantissa = '', exponent = ''] = Number(value.toPrecision(12)).toExponential().split('e');
  const factor = trueMinus(mantissa);
  if (Number(exponent) === 0) return factor;
  const power = powerOfTen(Number(exponent));
  return factor === '1' ? power : factor === '−1' ? `−${power}` : `${factor} × ${power}`;
}

/**
 * A number as short text: whole numbers in full, others to `digits`
 * significant digits without trailing zeros, very large and very small ones
 * with a power of ten, minus signs true ones. Minus zero is written `0`.
 *
 * @example formatNumber(-0.123456) // '−0.1235'
 */
export function formatNumber(value: number, { digits = 4 }: NumberFormatOptions = {}): string {
  checkDigits(digits);
  if (!Number.isFinite(value)) return trueMinus(String(value));
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return trueMinus(String(value));
  if (size >= 1e15 || size < 1e-4) return timesPowerOfTen(Number(value.toPrecision(digits)));
  // Past the point, but never fewer digits than the whole part has.
  const wholeDigits = Math.max(0, Math.floor(Math.log10(size)) + 1);
  return trueMinus(wholeDigits >= digits ? value.toFixed(0) : trimZeros(value.toPrecision(digits)));
}

/** Throws RangeError unless this many significant digits can be kept. */
export function checkDigits(digits: number): void {
  if (Number.isInteger(digits) && digits >= 1 && digits <= 17) return;
  throw new RangeError(`formatNumber: digits must be a whole number in 1 … 17, got ${digits}`);
}

/** The text of a number with a minus sign, not a hyphen. */
export function trueMinus(text: string): string {
  return text.replace(/^-/, '−');
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A whole number with thousands set apart, e.g. `60,000`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Any cell of a frame as text; null, undefined and NaN are shown as `–`. */
export function formatCell(value: unknown, options: NumberFormatOptions = {}): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return Number.isNaN(value) ? '–' : formatNumber(value, options);
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
