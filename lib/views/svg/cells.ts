/**
 * Where the cells of a heatmap begin and end: half-way between their centres.
 */

/** The edges of cells around the centres: one more than there are centres, NaN for centres without a place. */
export function cellEdges(centres: readonly number[]): number[] {
  const [first = 0] = centres;
  if (centres.length < 2) return [first - 0.5, first + 0.5];
  const between = centres.slice(1).map((centre, i) => (centre + (centres[i] ?? 0)) / 2);
  const last = centres.at(-1) ?? 0;
  return [2 * first - (between[0] ?? 0), ...between, 2 * last - (between.at(-1) ?? 0)];
}
