/**
 * Shapes and the checks that every layer makes of its numbers. A shape here is
 * that of one example: the batch comes in front of it and is never written.
 */

/** The sizes of one example along each axis, such as `[28, 28, 1]`. */
export type Shape = readonly number[];

/** How many numbers a shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape for people: `28 × 28 × 1`; of a single number, `scalar`. */
export function shapeText(shape: readonly (number | string)[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}

/**
 * Checks that a value is a whole number of at least `least`, and returns it.
 *
 * @param where whose value it is, such as `layers.2 (conv)`.
 */
export function checkWhole(where: string, name: string, value: number, least = 1): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${where}: ${name} must be a whole number of at least ${least}, got ${value}`);
}

/** Checks that an input has as many axes as the layer needs. */
export function checkRank(where: string, input: Shape, rank: number, meaning: string): void {
  if (input.length === rank) return;
  throw new RangeError(`${where}: expects input of shape [${meaning}], got ${shapeText(input)}`);
}

/** Checks that a value lies in a range that the text describes. */
export function checkNumber(where: string, name: string, value: number, holds: boolean, range: string): void {
  if (!holds) throw new RangeError(`${where}: ${name} must be ${range}, got ${value}`);
}
