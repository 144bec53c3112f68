/** Checks that an argument is a whole number of at least `least`. @param where the function, for the RangeError. */
export function checkWhole(where: string, name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`${where}: ${name} must be a whole number of at least ${least}, got ${value}`);
}
