/**
 * From numbers to pixels, and the ticks on the way (d3-scale's).
 */
import { scaleLinear, scaleLog } from 'd3-scale';
import type { PlotAxis } from '../plot-types';
import type { Coordinates } from './coordinates';
import type { Domain } from './domain';

/** A place on an axis with words. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** An axis in pixels. */
export interface Scale {
  /** From data to pixels: values and category names alike; NaN where there is no place. */
  place(value: number | string | null | undefined): number;
  /** From numbers (see `Coordinates`) to pixels. */
  pixel(number: number): number;
  readonly kind: Coordinates['kind'];
  readonly ticks: readonly Tick[];
  readonly domain: Domain;
  readonly pixels: readonly [number, number];
}

/** What a scale is made of. */
export interface ScaleOptions {
  readonly along: Coordinates;
  readonly domain: Domain;
  readonly pixels: readonly [number, number];
  /** About so many ticks. */
  readonly tickCount: number;
  readonly axis: PlotAxis | undefined;
}

/** Maps an axis's domain to pixels. */
export function createScale({ along, domain, pixels, tickCount, axis }: ScaleOptions): Scale {
  const [from, to] = domain;
  const d3 = (along.kind === 'log' ? scaleLog() : scaleLinear()).domain([from, to]).range([...pixels]);
  // A bar on a logarithmic axis has no zero to stand on: it stands on the axis.
  const floor = from < to ? pixels[0] : pixels[1];
  const pixel = (number: number): number => (along.kind === 'log' && number <= 0 ? floor : d3(number));
  const inside = ({ at }: Tick): boolean => at >= Math.min(from, to) && at <= Math.max(from, to);
  return {
    place: (value) => pixel(along.numberOf(value)),
    pixel,
    kind: along.kind,
    ticks: ticksOf(along, domain, tickCount, axis).filter(inside),
    domain,
    pixels,
  };
}

function ticksOf(along: Coordinates, domain: Domain, count: number, axis: PlotAxis = {}): Tick[] {
  if (axis.tickvals) {
    const write = scaleLinear()
      .domain([...domain])
      .tickFormat(count);
    return Array.from(axis.tickvals, (at, i) => ({ at, label: axis.ticktext?.[i] ?? write(at) }));
  }
  if (along.kind === 'category') return along.categories.map((label, at) => ({ at, label }));
  if (along.kind === 'log') return logTicks(domain);
  const span = Math.floor(Math.abs(domain[1] - domain[0]));
  return linearTicks(domain, along.whole ? Math.max(1, Math.min(count, span)) : count);
}

function linearTicks(domain: Domain, count: number): Tick[] {
  const scale = scaleLinear().domain([...domain]);
  const largest = Math.max(...domain.map(Math.abs));
  // Very large and very small numbers are shorter with a power of ten.
  const write = scale.tickFormat(count, largest >= 1e6 || largest < 1e-3 ? '~e' : undefined);
  return scale.ticks(count).map((at) => ({ at, label: write(at) }));
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `factor` times a power of ten: written out while that is short. */
function powerOfTen(exponent: number, factor = 1): string {
  if (exponent >= -3 && exponent <= 6) {
    return scaleLinear().tickFormat(1, `,.${Math.max(0, -exponent)}f`)(factor * 10 ** exponent);
  }
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? '');
  return `${factor === 1 ? '' : `${factor}×`}10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Powers of ten; within less than two of them also 2 and 5. */
function logTicks([from, to]: Domain): Tick[] {
  const [low, high] = [Math.log10(Math.min(from, to)), Math.log10(Math.max(from, to))];
  const step = Math.max(1, Math.ceil((high - low) / 8));
  const factors = high - low < 2 ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let exponent = Math.floor(low); exponent <= Math.ceil(high); exponent += step) {
    for (const factor of factors) {
      ticks.push({ at: factor * 10 ** exponent, label: powerOfTen(exponent, factor) });
    }
  }
  return ticks;
}
