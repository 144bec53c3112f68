/**
 * Mini-batches, as lists of indices: which examples a training step sees. The
 * order is shuffled anew in each epoch, and the same for the same seed.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFlag, aNumber } from '../core/argument-kinds';
import { createRandom } from '../core/random';
import { checkWhole } from './check-whole';

export interface BatchOptions {
  /** Examples a batch; default 64. */
  readonly batchSize?: number;
  /** Decides the order; default 1. */
  readonly seed?: number;
  /** The epoch, 0, 1, …: each has an order of its own; default 0. */
  readonly epoch?: number;
  /** False keeps the examples in order, for validation; default true. */
  readonly shuffle?: boolean;
  /** True leaves out a last batch that is not full; default false. */
  readonly dropLast?: boolean;
}

/**
 * The batches of one epoch. Every index stands in exactly one batch (with
 * `dropLast`, in at most one).
 *
 * @param count how many examples there are, a whole number of at least 0.
 * @returns views of one array; the last batch may be smaller.
 * @throws RangeError where count, batchSize or epoch is no such number.
 */
export function batches(count: number, options: BatchOptions = {}): Int32Array[] {
  checkArguments('batches', { count }, { count: aNumber });
  checkOptions('batches', options, {
    batchSize: aNumber,
    seed: aNumber,
    epoch: aNumber,
    shuffle: aFlag,
    dropLast: aFlag,
  });
  const { batchSize = 64, seed = 1, epoch = 0, shuffle = true, dropLast = false } = options;
  checkWhole('batches', 'count', count, 0);
  checkWhole('batches', 'batchSize', batchSize, 1);
  checkWhole('batches', 'epoch', epoch, 0);
  const order = Int32Array.from({ length: count }, (_, index) => index);
  if (shuffle) createRandom(seed).fork(`epoch ${epoch}`).shuffle(order);
  const end = dropLast ? count - (count % batchSize) : count;
  const list: Int32Array[] = [];
  for (let start = 0; start < end; start += batchSize) {
    list.push(order.subarray(start, Math.min(start + batchSize, end)));
  }
  return list;
}
