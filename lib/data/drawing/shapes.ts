/**
 * Outlines of what is drawn: closed lines through a few points. A shape may
 * have several, filled together; where they overlap they count once.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One closed line. */
export type Contour = readonly Point[];

/** What is filled at once. */
export type Shape = readonly Contour[];

/** Points from pairs: `[[0, 0], [1, 0]]`. */
export const points = (pairs: readonly (readonly [number, number])[]): Point[] =>
  pairs.map(([x, y]) => ({ x, y }));

/** A polygon with straight sides. */
export const polygon = (...pairs: readonly (readonly [number, number])[]): Shape => [points(pairs)];

/** A rectangle with its sides along the axes. */
export const rectangle = (left: number, top: number, right: number, bottom: number): Shape =>
  polygon([left, top], [right, top], [right, bottom], [left, bottom]);

/** An ellipse. @param angle in radians, clockwise as seen. */
export function ellipse(x: number, y: number, radiusX: number, radiusY: number, angle: number = 0): Shape {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const contour = CIRCLE.map((point) => {
    const [u, v] = [radiusX * point.x, radiusY * point.y];
    return { x: x + u * cos - v * sin, y: y + u * sin + v * cos };
  });
  return [contour];
}

const circle = (corners: number): Contour =>
  Array.from({ length: corners }, (_, i) => {
    const turn = (2 * Math.PI * i) / corners;
    return { x: Math.cos(turn), y: Math.sin(turn) };
  });

const CIRCLE = circle(28);
/** For the ends and joints of a line, which are small. */
const JOINT = circle(10);

/** How many straight pieces stand for the curve from one point to the next. */
const PIECES = 5;

/** A closed curve through points (Catmull and Rom, 1974). */
export function blob(...pairs: readonly (readonly [number, number])[]): Shape {
  const line = points(pairs);
  const at = (index: number): Point => line[(index + line.length) % line.length] as Point;
  return [line.flatMap((_, i) => curve(at(i - 1), at(i), at(i + 1), at(i + 2)))];
}

/** The points of a curve from `b` towards `c`, `c` left out. */
function curve(a: Point, b: Point, c: Point, d: Point): Point[] {
  return Array.from({ length: PIECES }, (_, i) => {
    const t = i / PIECES;
    const along = (p: number, q: number, r: number, s: number): number =>
      q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
    return { x: along(a.x, b.x, c.x, d.x), y: along(a.y, b.y, c.y, d.y) };
  });
}

/**
 * A smooth line with round ends whose thickness goes from one number to another.
 *
 * @param pairs at least two points.
 */
export function stroke(
  pairs: readonly (readonly [number, number])[],
  startWidth: number,
  endWidth: number = startWidth,
): Shape {
  const given = points(pairs);
  const at = (index: number): Point => given[Math.min(given.length - 1, Math.max(0, index))] as Point;
  const line = given
    .slice(1)
    .flatMap((_, i) => curve(at(i - 1), at(i), at(i + 1), at(i + 2)))
    .concat(at(given.length - 1));
  const radius = (i: number): number => (startWidth + ((endWidth - startWidth) * i) / (line.length - 1)) / 2;
  const discs = line.map(({ x, y }, i) =>
    JOINT.map((point) => ({ x: x + radius(i) * point.x, y: y + radius(i) * point.y })),
  );
  const pieces = line.slice(1).flatMap((to, i) => piece(line[i] as Point, to, radius(i), radius(i + 1)));
  return [...discs, ...pieces];
}

/** A straight piece between two discs, wound the way that ellipses are. */
function piece(from: Point, to: Point, r0: number, r1: number): Shape {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return [];
  const [u, v] = [(to.x - from.x) / length, (to.y - from.y) / length];
  return polygon(
    [from.x + v * r0, from.y - u * r0],
    [to.x + v * r1, to.y - u * r1],
    [to.x - v * r1, to.y + u * r1],
    [from.x - v * r0, from.y + u * r0],
  );
}
