/** Where training stands, to the batch: with the weights, all that is needed to go on. */
import type { WeightedMeanState } from './metrics';

export interface Position {
  /** The epoch under way, counted over all fits. */
  readonly epoch: number;
  /** Batches of that epoch that are done. */
  readonly batch: number;
  /** Steps taken over all fits. */
  readonly step: number;
  /** The epoch with which the fit began. */
  readonly fitStart: number;
  /** Whether a fit is under way: the next one finishes it. */
  readonly midFit: boolean;
  /** The losses of the epoch so far. */
  readonly running: WeightedMeanState;
}

const nothing: WeightedMeanState = { sum: 0, weight: 0 };

/** Before the first fit. */
export const START: Position = { epoch: 0, batch: 0, step: 0, fitStart: 0, midFit: false, running: nothing };

/** One batch on. */
export function afterBatch(position: Position): Position {
  return { ...position, batch: position.batch + 1, step: position.step + 1 };
}

/** At the start of the next epoch. */
export function afterEpoch(position: Position): Position {
  return { ...position, epoch: position.epoch + 1, batch: 0, running: nothing };
}

/** When a fit is over, however it ended: an epoch that was cut off is not counted. */
export function betweenFits(position: Position): Position {
  return { ...position, batch: 0, fitStart: position.epoch, midFit: false, running: nothing };
}
