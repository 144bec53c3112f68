/**
 * A function as points close enough together that their chords look like the
 * curve: evenly spaced at first, then more wherever the curve leaves its chords.
 * Where it jumps, the line is broken.
 */

/** Points of a curve; null where it is broken. */
export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

type Curve = (x: number) => number;
type Point = readonly [x: number, y: number];

/** Chords before any is halved. */
const CHORDS = 96;
/** How often a chord may be halved. */
const MOST_HALVINGS = 12;
/** The share of the curve's height by which it may leave a chord unseen: a third of a pixel. */
const UNSEEN = 0.001;

/** `f` at `count` evenly spaced places of `domain`. */
export function evenPoints(f: Curve, [from, to]: readonly [number, number], count: number): CurvePoints {
  const x = Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  return { x, y: x.map(f) };
}

/** `f` over `domain`, more densely where it bends, broken where it jumps. */
export function curvePoints(f: Curve, domain: readonly [number, number]): CurvePoints {
  const even = evenPoints(f, domain, CHORDS + 1);
  const start = even.x.map((x, i): Point => [x, even.y[i] ?? Number.NaN]);
  const unseen = UNSEEN * heightOf(start);
  const points: (readonly [number, number | null])[] = start.slice(0, 1);
  start.slice(1).forEach((to, i) => {
    points.push(...between(f, start[i] as Point, to, { unseen, halvings: 0 }), to);
  });
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

/** The height of the picture that the points make: a few that shoot far out (near a pole) do not count. */
function heightOf(points: readonly Point[]): number {
  const heights = points
    .map(([, y]) => y)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const cut = Math.floor(heights.length / 50);
  return (heights[heights.length - 1 - cut] ?? 0) - (heights[cut] ?? 0) || 1;
}

interface Depth {
  readonly unseen: number;
  readonly halvings: number;
}

/** The points to put between two, in order. */
function between(f: Curve, from: Point, to: Point, depth: Depth): (readonly [number, number | null])[] {
  const x = (from[0] + to[0]) / 2;
  const middle: Point = [x, f(x)];
  const { unseen, halvings } = depth;
  // Beside the middle as well: a wave may cross its chord just there.
  const quarter = (3 * from[0] + to[0]) / 4;
  const isStraight =
    near(middle[1], (from[1] + to[1]) / 2, unseen) && near(f(quarter), (3 * from[1] + to[1]) / 4, unseen);
  if (isStraight) return [];
  if (halvings === MOST_HALVINGS) return isJump(from, to, unseen) ? [[x, null]] : [middle];
  const next = { unseen, halvings: halvings + 1 };
  return [...between(f, from, middle, next), middle, ...between(f, middle, to, next)];
}

const near = (a: number, b: number, distance: number): boolean =>
  Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) <= distance : Number.isNaN(a) && Number.isNaN(b);

/** A chord of a few thousandths of a pixel that is still steep enough to be seen is no part of a curve. */
const isJump = ([, a]: Point, [, b]: Point, unseen: number): boolean => !(Math.abs(a - b) <= 3 * unseen);
