/**
 * From where to where an axis goes: over all that is drawn, with a little room
 * around points and lines and none around cells, bars standing on their zero.
 */
import type { Figure } from '../figure';
import type { PlotAxis } from '../plot-types';
import { cellEdges } from './cells';
import type { Coordinates } from './coordinates';
import type { Rectangle } from './rectangles';

/** The numbers at an axis's two ends; the first is the larger one on a reversed axis. */
export type Domain = readonly [from: number, to: number];

interface Reach {
  /** Numbers that must be seen with room around them. */
  readonly loose: number[];
  /** Numbers at which the axis may end. */
  readonly tight: number[];
}

function reachOf(figure: Figure, axis: 'x' | 'y', along: Coordinates, bars: readonly Rectangle[]): Reach {
  const reach: Reach = { loose: [], tight: [] };
  for (const trace of figure.traces) {
    if (trace.type === 'scatter') {
      const numbers = trace[axis].map((value) => along.numberOf(value));
      for (const number of numbers) reach.loose.push(number);
      if (axis === 'y') {
        if (trace.fill === 'tozeroy') reach.tight.push(0);
        const { array, arrayminus = array } = trace.error_y ?? {};
        if (array && arrayminus) {
          numbers.forEach((y, i) => {
            reach.loose.push(y + (array[i] ?? 0), y - (arrayminus[i] ?? 0));
          });
        }
      }
    } else if (trace.type === 'heatmap') {
      reach.tight.push(...cellEdges(trace[axis].map((value) => along.numberOf(value))));
    }
  }
  for (const bar of bars) {
    const numbers = axis === 'x' ? [bar.x0, bar.x1] : [bar.y0, bar.y1];
    const isLength = bar.horizontal === (axis === 'x');
    reach.tight.push(isLength ? (numbers[0] ?? 0) : Number.NaN);
    (isLength ? reach.loose : reach.tight).push(...numbers.slice(isLength ? 1 : 0));
    // On a logarithmic axis the shortest bar starts at the power of ten below it.
    if (isLength && along.kind === 'log' && numbers[1] !== undefined && numbers[1] > 0) {
      reach.tight.push(10 ** Math.floor(Math.log10(numbers[1] * 0.999)));
    }
  }
  return reach;
}

/** The axis's own range, or one over all that is drawn along it. */
export function domainOf(
  figure: Figure,
  axis: 'x' | 'y',
  along: Coordinates,
  bars: readonly Rectangle[],
): Domain {
  const settings: PlotAxis = figure.layout[axis === 'x' ? 'xaxis' : 'yaxis'] ?? {};
  const { range, autorange } = settings;
  if (range) {
    const [from, to] = range;
    if (!(Number.isFinite(from) && Number.isFinite(to) && from !== to)) {
      throw new RangeError(
        `plot: the range of the ${axis} axis must be two different numbers, got [${range}]`,
      );
    }
    return along.kind === 'log' ? [10 ** from, 10 ** to] : [from, to];
  }
  const reach = reachOf(figure, axis, along, bars);
  const [from, to] =
    along.kind === 'category' ? [-0.5, along.categories.length - 0.5] : widened(reach, along.kind);
  return autorange === 'reversed' ? [to, from] : [from, to];
}

function widened({ loose, tight }: Reach, kind: 'linear' | 'log'): Domain {
  const isLog = kind === 'log';
  const usable = (value: number): boolean => Number.isFinite(value) && (!isLog || value > 0);
  const into = (value: number): number => (isLog ? Math.log10(value) : value);
  const out = (value: number): number => (isLog ? 10 ** value : value);
  const [low, high] = ends(loose.filter(usable).map(into));
  const [tightLow, tightHigh] = ends(tight.filter(usable).map(into));
  let [from, to] = [Math.min(low, tightLow), Math.max(high, tightHigh)];
  if (from > to) return isLog ? [0.1, 10] : [0, 1];
  const room = from === to ? Math.abs(from) * 0.1 || 1 : (to - from) * 0.05;
  if (low < tightLow || low === high) from -= room;
  if (high > tightHigh || low === high) to += room;
  return from === to ? [out(from - room), out(to + room)] : [out(from), out(to)];
}

/** Smallest and largest; the wrong way round where there is none. */
function ends(values: readonly number[]): Domain {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
