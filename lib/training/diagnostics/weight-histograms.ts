/** How the weights of each layer are spread. */
import { checkArguments, checkOptions } from '../../core/argument';
import { aNumber } from '../../core/argument-kinds';
import { someTensors } from '../../layers/argument-kinds';
import type { Tensors } from '../../layers/layer';

export interface WeightHistogram {
  /** Such as `layers.0.weights`. */
  readonly parameter: string;
  /** `bins + 1` numbers, rising. */
  readonly edges: readonly number[];
  /** How many weights lie between two edges. */
  readonly counts: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/** A histogram of each parameter. @param options.bins default 30; RangeError where that is no whole number above 0. */
export function weightHistograms(
  parameters: Tensors,
  options: { readonly bins?: number } = {},
): WeightHistogram[] {
  checkArguments('weightHistograms', { parameters }, { parameters: someTensors });
  checkOptions('weightHistograms', options, { bins: aNumber });
  const { bins = 30 } = options;
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`weightHistograms: bins must be a whole number of at least 1, got ${bins}`);
  }
  return Object.entries(parameters).map(([parameter, tensor]) => ({
    parameter,
    ...histogram(tensor.dataSync<'float32'>(), bins),
  }));
}

function histogram(values: Float32Array, bins: number): Omit<WeightHistogram, 'parameter'> {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const width = (high - low) / bins || 1; // all the same: one bin of width 1
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + i * width);
  return { edges, counts, mean, deviation: Math.sqrt(variance) };
}
