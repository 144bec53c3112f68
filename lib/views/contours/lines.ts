/**
 * Contour lines of a matrix, by marching squares (d3-contour's). That library
 * makes areas, closed outside the matrix; here they are opened there again.
 */
import { contours } from 'd3-contour';

/** A place in a matrix: column and row, whole at the values. */
export type GridPoint = readonly [column: number, row: number];

/** Values in rows of one length. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly values: readonly number[];
}

/** The lines along which the grid has the value `level`; a closed one ends where it began. */
export function contourLines({ width, height, values }: Grid, level: number): GridPoint[][] {
  const { coordinates } = contours()
    .size([width, height])
    .contour([...values], level);
  // There a value lies in the middle of its cell.
  const rings = coordinates.flat().map((ring) => ring.map(([x = 0, y = 0]): GridPoint => [x - 0.5, y - 0.5]));
  const isInside = ([x, y]: GridPoint): boolean => x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1;
  return rings.flatMap((ring) => openedRing(ring, isInside));
}

/** The runs of a ring that lie inside. */
function openedRing(ring: readonly GridPoint[], isInside: (point: GridPoint) => boolean): GridPoint[][] {
  const first = ring.findIndex((point) => !isInside(point));
  if (first < 0) return [[...ring]];
  // The last point of a ring repeats its first.
  const around = [...ring.slice(first, -1), ...ring.slice(0, first)];
  const runs: GridPoint[][] = [];
  let run: GridPoint[] = [];
  for (const point of [...around, ring[first] as GridPoint]) {
    if (isInside(point)) run.push(point);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs.filter(({ length }) => length > 1);
}
