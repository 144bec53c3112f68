/**
 * Where on a contour line its level is written: where the line runs straightest,
 * and far from the labels that are there already. The line is left open there.
 * All places and lengths are pixels.
 */

/** A place in pixels. */
export type Pixel = readonly [x: number, y: number];

/** A line with a gap, and the label in the gap. */
export interface LabelledLine {
  readonly pieces: readonly (readonly Pixel[])[];
  readonly at: Pixel;
  /** The line's direction there, −90 … 90, so that the label is never upside down. */
  readonly angleDegrees: number;
}

/** Labels stand at least so far from one another. */
const APART = 46;

/** The line with room for a label `width` wide, or undefined where there is none. */
export function placeLabel(
  line: readonly Pixel[],
  width: number,
  taken: readonly Pixel[],
): LabelledLine | undefined {
  const along = lengthsAlong(line);
  const total = along.at(-1) ?? 0;
  if (total < 2.2 * width) return undefined;
  const candidates = line
    .map((at, i) => ({ at, i, bend: bendOver(line, along, i, width) }))
    .filter(({ at, i }) => {
      const place = along[i] ?? 0;
      const isWhole = place > width * 0.8 && place < total - width * 0.8;
      return isWhole && taken.every((other) => distance(at, other) >= APART);
    });
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (least, candidate) => (least === undefined || candidate.bend < least.bend - 1e-6 ? candidate : least),
    undefined,
  );
  return best && openAt(line, along, best.i, width);
}

const distance = (a: Pixel, b: Pixel): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

function lengthsAlong(line: readonly Pixel[]): number[] {
  let sum = 0;
  return line.map((point, i) => {
    sum += i === 0 ? 0 : distance(point, line[i - 1] as Pixel);
    return sum;
  });
}

/** The point at a length along the line. */
function pointAt(line: readonly Pixel[], along: readonly number[], length: number): Pixel {
  const next = Math.max(
    1,
    along.findIndex((end) => end >= length),
  );
  const [a, b] = [line[next - 1] as Pixel, line[next] as Pixel];
  const span = (along[next] ?? 0) - (along[next - 1] ?? 0);
  const share = span > 0 ? (length - (along[next - 1] ?? 0)) / span : 0;
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

/** How much longer the line is than its chord under a label about point `i`; 0 where it is straight. */
function bendOver(line: readonly Pixel[], along: readonly number[], i: number, width: number): number {
  const total = along.at(-1) ?? 0;
  const [from, to] = [-1, 1].map((side) =>
    Math.min(total, Math.max(0, (along[i] ?? 0) + (side * width) / 2)),
  ) as [number, number];
  return to - from - distance(pointAt(line, along, from), pointAt(line, along, to));
}

function openAt(line: readonly Pixel[], along: readonly number[], i: number, width: number): LabelledLine {
  const middle = along[i] ?? 0;
  const [from, to] = [middle - width / 2, middle + width / 2];
  const [start, end] = [pointAt(line, along, from), pointAt(line, along, to)];
  const before = [...line.filter((_, k) => (along[k] ?? 0) < from), start];
  const after = [end, ...line.filter((_, k) => (along[k] ?? 0) > to)];
  const steep = (Math.atan2(end[1] - start[1], end[0] - start[0]) * 180) / Math.PI;
  const angleDegrees = steep > 90 ? steep - 180 : steep < -90 ? steep + 180 : steep;
  const at: Pixel = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
  return { pieces: [before, after], at, angleDegrees };
}
