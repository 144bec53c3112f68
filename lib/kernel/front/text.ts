/** Cursor positions: Jupyter counts code points, JavaScript UTF-16 units. */

/** UTF-16 units of the first `codePoints` code points of a text; at most its length. */
export function toUnits(text: string, codePoints: number): number {
  let units = 0;
  for (let left = codePoints; left > 0 && units < text.length; left--) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** Code points of the first `units` UTF-16 units of a text. */
export function toCodePoints(text: string, units: number): number {
  let codePoints = 0;
  for (const point of text.slice(0, units)) if (point !== '') codePoints++;
  return codePoints;
}
