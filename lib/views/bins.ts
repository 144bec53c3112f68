/**
 * Bins of a histogram at round limits. They are chosen here, not by Plotly, so
 * that the interactive plot and the static picture count alike.
 */
import { scaleLinear } from 'd3-scale';
import { extent } from './color';
import type { HistogramTrace } from './plot-types';

/** Bins of equal size from `start` to `end`. */
export interface Bins {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/** The trace's own bins, or about `nbinsx` of round size over all of its values. */
export function binsOf({ x, nbinsx, xbins }: HistogramTrace): Bins {
  if (xbins) {
    if (!(xbins.size > 0 && xbins.end > xbins.start)) {
      throw new RangeError(`plot: xbins must have start < end and size > 0, got ${JSON.stringify(xbins)}`);
    }
    return xbins;
  }
  const [min, max] = extent(x);
  if (min === max) return { start: min - 0.5, end: min + 0.5, size: 1 };
  const wanted = nbinsx ?? Math.min(50, Math.max(5, Math.ceil(Math.sqrt(x.length))));
  const [first = min, second = max] = scaleLinear().domain([min, max]).ticks(wanted);
  const size = Number((second - first).toPrecision(12));
  // A little to the right of the largest value, so that it falls inside the last bin.
  const start = Number((Math.floor(min / size) * size).toPrecision(12));
  const count = Math.floor((max - start) / size + 1e-9) + 1;
  return { start, end: Number((start + count * size).toPrecision(12)), size };
}

/** What each bin holds: counts, or shares, or densities, as `histnorm` says. */
export function countBins({ x, histnorm = '' }: HistogramTrace, { start, end, size }: Bins): number[] {
  const counts = new Array<number>(Math.max(1, Math.round((end - start) / size))).fill(0);
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    // The nudge keeps 0.3 / 0.1 from falling below 3.
    const bin = Math.floor(((x[i] as number) - start) / size + 1e-9);
    if (bin >= 0 && bin < counts.length) {
      counts[bin] = (counts[bin] ?? 0) + 1;
      total++;
    }
  }
  if (histnorm === '' || total === 0) return counts;
  const unit = histnorm === 'probability' ? total : total * size;
  return counts.map((count) => count / unit);
}
