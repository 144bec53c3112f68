/**
 * Lines as the `d` of an SVG path, short: to a tenth of a pixel, each point by
 * its distance from the last, points that no eye would miss left out.
 */

/** A point in pixels; NaN where a value has no place. */
export type Point = readonly [x: number, y: number];

/** Whether a point has a place. */
export const isDrawn = ([x, y]: Point): boolean => Number.isFinite(x) && Number.isFinite(y);

/** How the points of a line are joined. */
export interface LinePathOptions {
  /** Along and up, each point's height holding until the next; default straight on. */
  readonly steps?: boolean;
}

/** A line through points, broken where one has no place. */
export function linePath(points: readonly Point[], { steps = false }: LinePathOptions = {}): string {
  return runsOf(thinned(points))
    .map((run) => (steps ? stairs(run) : straight(needed(run))))
    .join('');
}

/** The points between breaks. */
function runsOf(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (isDrawn(point)) runs.at(-1)?.push(point);
    else runs.push([]);
  }
  return runs.filter(({ length }) => length > 0);
}

const tenths = (value: number): number => Math.round(value * 10);

/** Tenths as a number: `.5`, `-3`, `12.1`. */
const written = (count: number): string => String(count / 10 || 0).replace(/^(-?)0\./, '$1.');

/** `x y`, the space left out where a minus parts them. */
const pair = (x: number, y: number): string => `${written(x)}${y < 0 ? '' : ' '}${written(y)}`;

function straight(run: readonly Point[]): string {
  const places = run.map(([x, y]) => [tenths(x), tenths(y)] as const);
  const [[x0, y0] = [0, 0], ...rest] = places;
  let [x, y] = [x0, y0];
  let moves = '';
  for (const [nextX, nextY] of rest) {
    if (nextX === x && nextY === y) continue;
    const move = pair(nextX - x, nextY - y);
    moves += moves === '' || move.startsWith('-') ? move : ` ${move}`;
    [x, y] = [nextX, nextY];
  }
  return `M${pair(x0, y0)}${moves === '' ? '' : `l${moves}`}`;
}

function stairs([first = [0, 0], ...rest]: readonly Point[]): string {
  const place = ([x, y]: Point): string => `H${written(tenths(x))}V${written(tenths(y))}`;
  return `M${pair(tenths(first[0]), tenths(first[1]))}${rest.map(place).join('')}`;
}

const MOST_POINTS = 2000;

/** Of very many points, the first, lowest, highest and last of each run within half a pixel. */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const kept: Point[] = [];
  for (let i = 0; i < points.length; ) {
    const column = Math.round((points[i]?.[0] ?? Number.NaN) * 2);
    let end = i + 1;
    while (end < points.length && Math.round((points[end]?.[0] ?? Number.NaN) * 2) === column) end++;
    kept.push(...extremes(points.slice(i, end)));
    i = end;
  }
  return kept;
}

function extremes(run: readonly Point[]): readonly Point[] {
  if (run.length <= 4) return run;
  const drawn = run.filter(isDrawn);
  if (drawn.length < run.length || drawn.length === 0) return run;
  const heights = drawn.map(([, y]) => y);
  const keep = [
    0,
    heights.indexOf(Math.min(...heights)),
    heights.indexOf(Math.max(...heights)),
    run.length - 1,
  ];
  return [...new Set(keep)].sort((a, b) => a - b).map((i) => run[i] as Point);
}

/** So many pixels from the chord, a point is not seen to be missing. */
const UNSEEN = 0.08;
const LONGEST_CHORD = 40;

/** The points without those that lie on the chord between their neighbours, in pixels. */
export function needed(run: readonly Point[]): readonly Point[] {
  const kept = run.slice(0, 1);
  for (let i = 0; i < run.length - 1; ) {
    let end = i + 1;
    while (end + 1 < run.length && end - i < LONGEST_CHORD && isChord(run, i, end + 1)) end++;
    kept.push(run[end] as Point);
    i = end;
  }
  return kept;
}

/** Whether all points between two lie on their chord, in its direction. */
function isChord(run: readonly Point[], from: number, to: number): boolean {
  const [[x0, y0], [x1, y1]] = [run[from] as Point, run[to] as Point];
  const length = Math.hypot(x1 - x0, y1 - y0);
  return run.slice(from + 1, to).every(([x, y]) => {
    const aside = (x - x0) * (y1 - y0) - (y - y0) * (x1 - x0);
    const along = (x - x0) * (x1 - x0) + (y - y0) * (y1 - y0);
    return Math.abs(aside) <= UNSEEN * length && along >= 0 && along <= length * length;
  });
}
