/**
 * From numbers to pixels, and the ticks on the way (d3-scale's).
 */
import { scaleLinear, scaleLog } from 'd3-scale';
import type { PlotAxis } from '../plot-types';
import type { Coordinates } from './coordinates';
import type { Domain } from './domain';
import { type Tick, ticksOf } from './ticks';

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
  return {
    place: (value) => pixel(along.numberOf(value)),
    pixel,
    kind: along.kind,
    ticks: ticksOf(along, domain, tickCount, axis),
    domain,
    pixels,
  };
}
