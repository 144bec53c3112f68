/** What the numbers or the colours of a mask picture mean. */

/** Red, green, blue, each 0 … 255. */
export type MaskColour = readonly [red: number, green: number, blue: number];

/** A class, and how masks say it: by grey values, or by colours. */
export interface MaskClass {
  readonly name: string;
  /** Grey values, 0 … 255. */
  readonly values?: readonly number[];
  readonly colours?: readonly MaskColour[];
}

/** Names whose grey values are 0, 1, 2, …; or each with its own values or colours. */
export type MaskClasses = readonly string[] | readonly MaskClass[];

/** The names, in the order of their numbers. */
export const classNames = (classes: MaskClasses): string[] =>
  classes.map((one) => (typeof one === 'string' ? one : one.name));

/** One number for a colour. */
export const colourKey = (red: number, green: number, blue: number): number =>
  (red << 16) | (green << 8) | blue;

/**
 * The class number of each colour; of a grey value, of the grey with it.
 *
 * @throws TypeError where a class has neither values nor colours; RangeError where two claim one, or
 *   there are more than 256 classes.
 */
export function classOfColour(classes: MaskClasses): ReadonlyMap<number, number> {
  if (classes.length < 1 || classes.length > 256) {
    throw new RangeError(`classes: there must be 1 to 256, got ${classes.length}`);
  }
  const numbers = new Map<number, number>();
  for (const [number, one] of classes.entries()) {
    const { name, values, colours } = typeof one === 'string' ? { name: one, values: [number] } : { ...one };
    const keys = [
      ...(values ?? []).map((value) => colourKey(value, value, value)),
      ...(colours ?? []).map((colour) => colourKey(...colour)),
    ];
    if (values === undefined && colours === undefined)
      throw new TypeError(`classes: ${name} has neither values nor colours`);
    for (const key of keys) {
      const other = numbers.get(key);
      if (other !== undefined) {
        const both = `${classNames(classes)[other]} and ${name}`;
        throw new RangeError(`classes: ${both} have the same value or colour`);
      }
      numbers.set(key, number);
    }
  }
  return numbers;
}
