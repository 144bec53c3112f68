/**
 * What lies inside a shape, row by row: the scan lines of a polygon filler. A
 * row is asked in its middle, and a place is inside where the contours go round
 * it, whichever way (non-zero winding).
 */
import type { Contour, Point } from './shapes';

/** Samples of one row that are inside, `to` left out. */
export interface Span {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

interface Crossing {
  readonly x: number;
  readonly way: 1 | -1;
}

/** What is inside, row by row; a place is where the contours go round it (non-zero winding). */
export function spansOf(contours: readonly Contour[], rows: number, columns: number): Span[] {
  const spans: Span[] = [];
  const clip = (x: number): number => Math.min(columns, Math.max(0, Math.ceil(x - 0.5)));
  for (const [row, list] of crossingsOf(contours, rows).entries()) {
    if (list === undefined) continue;
    list.sort((a, b) => a.x - b.x);
    let winding = 0;
    for (let i = 0; i + 1 < list.length; i++) {
      const { x, way } = list[i] as Crossing;
      winding += way;
      if (winding === 0) continue;
      const [from, to] = [clip(x), clip((list[i + 1] as Crossing).x)];
      if (from < to) spans.push({ row, from, to });
    }
  }
  return spans;
}

/** Where the contours cross the middle of each row of samples. */
function crossingsOf(contours: readonly Contour[], rows: number): (Crossing[] | undefined)[] {
  const crossings: (Crossing[] | undefined)[] = Array(rows).fill(undefined);
  for (const contour of contours) {
    let from = contour[contour.length - 1] as Point;
    for (const to of contour) {
      const [top, bottom, way] = from.y < to.y ? [from, to, 1 as const] : [to, from, -1 as const];
      const first = Math.max(0, Math.ceil(top.y - 0.5));
      const end = Math.min(rows, Math.ceil(bottom.y - 0.5));
      const slope = (bottom.x - top.x) / (bottom.y - top.y);
      for (let row = first; row < end; row++) {
        const list = crossings[row] ?? [];
        crossings[row] = list;
        list.push({ x: top.x + (row + 0.5 - top.y) * slope, way });
      }
      from = to;
    }
  }
  return crossings;
}
