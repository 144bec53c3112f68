/**
 * Elastic distortion: the paper is rubber, pulled a little in random
 * directions that change smoothly from place to place.
 *
 * P. Simard, D. Steinkraus and J. Platt, Best practices for convolutional
 * neural networks applied to visual document analysis, 2003, smooth a field of
 * random displacements with a Gaussian and move the pixels. Here the random
 * displacements sit on a coarse grid, a cubic B-spline (a bell much like
 * the Gaussian) smooths them, and the points of the pen's line are moved, so
 * that nothing blurs.
 */
import type { Random } from '../../core/random';
import type { Line } from './spline';

/** Cells of the grid across the unit box. */
const CELLS = 4;
/** Grid points a side: a cubic spline looks one beyond the box before it, two behind. */
const SIDE = CELLS + 3;

/**
 * Moves the points of several lines by one random field, in place.
 *
 * @param lines in a box of about 1 by 1; points outside move as those on its edge.
 * @param deviation standard deviation of the grid's displacements, in boxes. The spline
 *   averages them: a point moves by about half of it.
 */
export function distort(lines: readonly Line[], deviation: number, random: Random): void {
  const gridX = Float64Array.from({ length: SIDE * SIDE }, () => random.normal(0, deviation));
  const gridY = Float64Array.from({ length: SIDE * SIDE }, () => random.normal(0, deviation));
  for (const { xs, ys } of lines) {
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i] as number;
      const y = ys[i] as number;
      xs[i] = x + fieldAt(gridX, x, y);
      ys[i] = y + fieldAt(gridY, x, y);
    }
  }
}

/** The spline through the grid's neighbourhood of 4 × 4 points. */
function fieldAt(grid: Float64Array, x: number, y: number): number {
  const [column, across] = cellOf(x);
  const [row, down] = cellOf(y);
  let sum = 0;
  for (let j = 0; j < 4; j++) {
    for (let i = 0; i < 4; i++) {
      const value = grid[(row + j) * SIDE + column + i] as number;
      sum += (down[j] as number) * (across[i] as number) * value;
    }
  }
  return sum;
}

/** Which cell of the grid it falls in, and the B-spline's four weights there. */
function cellOf(coordinate: number): [cell: number, weights: readonly number[]] {
  const scaled = Math.min(Math.max(coordinate, 0), 1) * CELLS;
  const cell = Math.min(Math.floor(scaled), CELLS - 1);
  return [cell, bSpline(scaled - cell)];
}

/** The four cubic B-spline weights at t in 0 … 1; they sum to 1. */
function bSpline(t: number): readonly number[] {
  const s = 1 - t;
  return [
    (s * s * s) / 6,
    (3 * t * t * t - 6 * t * t + 4) / 6,
    (3 * s * s * s - 6 * s * s + 4) / 6,
    (t * t * t) / 6,
  ];
}
