/**
 * The ticks of an axis: where they stand and what they say, in one notation an
 * axis. Both drawings, ours and Plotly's, have them from here.
 */
import { scaleLinear } from 'd3-scale';
import { timesPowerOfTen } from '../../frames/format';
import type { PlotAxis } from '../plot-types';
import type { Coordinates } from './coordinates';
import type { Domain } from './domain';

/** A place on an axis with words. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** The ticks of an axis over a domain, about `count` of them. */
export function ticksOf(along: Coordinates, domain: Domain, count: number, axis: PlotAxis = {}): Tick[] {
  const [low, high] = [Math.min(...domain), Math.max(...domain)];
  return allTicks(along, domain, count, axis).filter(({ at }) => at >= low && at <= high);
}

function allTicks(along: Coordinates, domain: Domain, count: number, axis: PlotAxis): Tick[] {
  if (axis.tickvals) {
    const write = scaleLinear()
      .domain([...domain])
      .tickFormat(count);
    return Array.from(axis.tickvals, (at, i) => ({ at, label: axis.ticktext?.[i] ?? write(at) }));
  }
  if (along.kind === 'category') return along.categories.map((label, at) => ({ at, label }));
  if (along.kind === 'log') return logTicks(domain, count);
  const span = Math.floor(Math.abs(domain[1] - domain[0]));
  return linearTicks(domain, along.whole ? Math.max(1, Math.min(count, span)) : count);
}

/** Round numbers; very large and very small ones with a power of ten. */
export function linearTicks(domain: Domain, count: number): Tick[] {
  const scale = scaleLinear().domain([...domain]);
  const largest = Math.max(...domain.map(Math.abs));
  const write = largest >= 1e6 || largest < 1e-3 ? timesPowerOfTen : scale.tickFormat(count);
  return scale.ticks(count).map((at) => ({ at, label: write(at) }));
}

/** Powers of ten; within two of them 2 and 5 as well; within less than that round numbers. */
function logTicks(domain: Domain, count: number): Tick[] {
  const [low, high] = [Math.min(...domain), Math.max(...domain)];
  const decades = Math.log10(high / low);
  const places = (factors: readonly number[]): number[] =>
    powersAround(low, high, count)
      .flatMap((exponent) => factors.map((factor) => factor * 10 ** exponent))
      .filter((at) => at >= low && at <= high);
  const wide = places([1]);
  if (decades >= 2 && wide.length >= 2) return inOneNotation(wide);
  const close = places([1, 2, 5]);
  return close.length >= 3 ? inOneNotation(close) : linearTicks(domain, Math.min(count, 5));
}

/** The exponents of an axis, each or every second or third … of them, zero among them where it may be. */
function powersAround(low: number, high: number, count: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const step = Math.max(1, Math.ceil((to - from) / Math.max(3, Math.min(9, count))));
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, i) => first + i * step);
}

/** Written out where that is short for all of them, else all as powers. */
function inOneNotation(places: readonly number[]): Tick[] {
  const isShort = places.every((at) => at >= 0.99e-3 && at < 2e6);
  const write = (at: number): string =>
    isShort
      ? scaleLinear().tickFormat(1, `,.${Math.max(0, -Math.floor(Math.log10(at * 1.000001)))}f`)(at)
      : timesPowerOfTen(at);
  return places.map((at) => ({ at, label: write(at) }));
}
