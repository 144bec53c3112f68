/**
 * From the points of a stroke to the line that the pen draws: a Catmull–Rom
 * spline, smooth through every point, broken where the stroke turns sharply.
 *
 * Source: E. Catmull and R. Rom, A class of local interpolating splines, 1974.
 */

/** A line as many short straight pieces: `xs[i]`, `ys[i]` is its i-th point. */
export interface Line {
  readonly xs: number[];
  readonly ys: number[];
}

/** The points of a stroke, and at which of them the pen turns sharply. */
export interface StrokePoints extends Line {
  readonly corners: readonly boolean[];
}

/**
 * Reads a stroke as `skeletons.ts` writes it, into a box of 1 by 1.
 *
 * @throws RangeError on anything but `x,y` pairs, at least two of them.
 */
export function parseStroke(text: string): StrokePoints {
  const points = text.split(' ').map((point) => /^(\d+),(\d+)(!?)$/.exec(point));
  if (points.length < 2 || points.includes(null)) {
    throw new RangeError(
      `parseStroke: a stroke must be two or more points like 12,34 or 12,34!, got ${text}`,
    );
  }
  return {
    xs: points.map((match) => Number(match?.[1]) / 100),
    ys: points.map((match) => Number(match?.[2]) / 100),
    corners: points.map((match) => match?.[3] === '!'),
  };
}

/**
 * The smooth line through a stroke's points.
 *
 * @param stroke at least two points.
 * @param steps how many pieces between one point and the next; default 6.
 */
export function smoothLine(stroke: StrokePoints, steps: number = 6): Line {
  const { xs, ys, corners } = stroke;
  const line: Line = { xs: [at(xs, 0)], ys: [at(ys, 0)] };
  for (let i = 0; i + 1 < xs.length; i++) {
    // At a corner, or at an end, the neighbour beyond does not bend the line.
    const before = i === 0 || corners[i] ? i : i - 1;
    const after = i + 2 === xs.length || corners[i + 1] ? i + 1 : i + 2;
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      line.xs.push(catmullRom(at(xs, before), at(xs, i), at(xs, i + 1), at(xs, after), t));
      line.ys.push(catmullRom(at(ys, before), at(ys, i), at(ys, i + 1), at(ys, after), t));
    }
  }
  return line;
}

/** Between b (t = 0) and c (t = 1), with the slopes (c − a) / 2 and (d − b) / 2 there. */
function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  const linear = c - a;
  const square = 2 * a - 5 * b + 4 * c - d;
  const cube = 3 * (b - c) + d - a;
  return b + 0.5 * t * (linear + t * (square + t * cube));
}

/** `values[index]`, for indices known to be in range. */
function at(values: readonly number[], index: number): number {
  return values[index] as number;
}
