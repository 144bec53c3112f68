/**
 * Nested brackets around the values of a tensor, as NumPy and PyTorch print them.
 */

/** The indices that are shown of each dimension; undefined stands for those left out. */
export type Picks = readonly (readonly (number | undefined)[])[];

/** The places of all shown values, in order. */
export function* shownOffsets(
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

/** What stands in the brackets. */
export interface Layout {
  readonly shape: readonly number[];
  readonly picks: Picks;
  readonly cell: (offset: number) => string;
}

/** Characters in a line at most. */
export const LINE_WIDTH = 76;

/** The values in their brackets: a line for each row, blank lines between blocks. */
export function bracketed(layout: Layout): string {
  return brackets(0, 0, layout);
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
