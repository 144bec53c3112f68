/**
 * The landscape of a contour plot: heights on an even grid over a rectangle.
 */
import { scaleLinear } from 'd3-scale';
import { extent } from '../color';
import type { Grid } from './lines';

/** Where an axis begins and ends. */
export type Ends = readonly [from: number, to: number];

/** Heights over a rectangle of the plane. */
export interface Surface {
  readonly grid: Grid;
  readonly x: Ends;
  readonly y: Ends;
}

/** What a surface is made of: `f` over two ranges, or a matrix and where its columns and rows lie. */
export interface SurfaceSource {
  readonly f?: (x: number, y: number) => number;
  readonly matrix?: readonly ArrayLike<number>[];
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly samples?: number;
}

function endsOf(name: 'x' | 'y', values: ArrayLike<number>): Ends {
  const [from, to] = [values[0] ?? Number.NaN, values[values.length - 1] ?? Number.NaN];
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) return [from, to];
  throw new RangeError(
    `contourPlot: ${name} must go from a smaller to a larger number, got [${from}, ${to}]`,
  );
}

/** The heights, evenly spaced. */
export function surfaceOf({ f, matrix, x, y, samples = 91 }: SurfaceSource): Surface {
  const [across, up] = [endsOf('x', x), endsOf('y', y)];
  if (matrix) return { grid: gridOf(matrix, { x, y }), x: across, y: up };
  if (!f) throw new TypeError('contourPlot: expected f, a function of x and y, or a matrix, got neither');
  if (!(Number.isInteger(samples) && samples >= 3 && samples <= 500)) {
    throw new RangeError(`contourPlot: samples must be a whole number in 3 … 500, got ${samples}`);
  }
  const place = ([from, to]: Ends, i: number): number => from + ((to - from) * i) / (samples - 1);
  const values = Array.from({ length: samples * samples }, (_, i) =>
    f(place(across, i % samples), place(up, Math.floor(i / samples))),
  );
  return { grid: { width: samples, height: samples, values }, x: across, y: up };
}

function gridOf(
  matrix: readonly ArrayLike<number>[],
  { x, y }: { x: ArrayLike<number>; y: ArrayLike<number> },
): Grid {
  const width = matrix[0]?.length ?? 0;
  const fits = (places: number, values: number): boolean => places === 2 || places === values;
  if (width < 2 || matrix.length < 2 || matrix.some((row) => row.length !== width)) {
    throw new RangeError('contourPlot: matrix must have two rows or more of one length, two or more');
  }
  if (!fits(x.length, width) || !fits(y.length, matrix.length)) {
    throw new RangeError(
      `contourPlot: x and y must say where ${width} columns and ${matrix.length} rows lie, got ${x.length} and ${y.length}`,
    );
  }
  return { width, height: matrix.length, values: matrix.flatMap((row) => Array.from(row)) };
}

/** The levels that are reached; round ones where only their number is given. */
export function levelsOf({ values }: Grid, levels: number | readonly number[] = 10): readonly number[] {
  const [low, high] = extent(values);
  const wanted = typeof levels === 'number' ? scaleLinear().domain([low, high]).ticks(levels) : levels;
  const reached = wanted.filter((level) => level > low && level < high);
  if (reached.length > 0) return reached;
  throw new RangeError(
    `contourPlot: none of the levels [${wanted}] is reached; heights go from ${low} to ${high}`,
  );
}
