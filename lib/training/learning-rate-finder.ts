/**
 * The learning-rate finder: raise the rate step by step, from far too small to
 * far too large, and watch the loss (Smith, 2015). Nothing of it stays: the
 * learner goes back to where it was.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aNumber, aSignal } from '../core/argument-kinds';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import { aLearner } from './argument-kinds';
import type { Hooks } from './hooks';
import type { Learner } from './learner';
import { betweenFits } from './position';
import { disposeSnapshot, takeSnapshot } from './state';

export interface FinderOptions {
  readonly train: Examples;
  /** Default 1e-6. */
  readonly from?: number;
  /** Default 10. */
  readonly to?: number;
  /** Default 100. */
  readonly steps?: number;
  /** Default 64. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/** What was tried. */
export interface LearningRateSearch {
  readonly learningRates: readonly number[];
  /** Of each step, smoothed over its predecessors. */
  readonly losses: readonly number[];
  /** Where the loss falls fastest. */
  readonly steepest: number;
  /** A tenth of the rate at which the loss was lowest. */
  readonly suggestion: number;
}

/** The share of the old mean that each new loss leaves. */
const SMOOTHING = 0.9;

/** Tries rates; ends early where the loss is four times its best. Throws RangeError for a bad range. */
export async function findLearningRate(
  learner: Learner,
  options: FinderOptions,
): Promise<LearningRateSearch> {
  checkArguments('findLearningRate', { learner }, { learner: aLearner });
  checkOptions('findLearningRate', options, {
    train: required(someExamples),
    from: aNumber,
    to: aNumber,
    steps: aNumber,
    batchSize: aNumber,
    signal: aSignal,
  });
  const { train, from = 1e-6, to = 10, steps = 100, batchSize = 64, signal } = options;
  if (!(from > 0 && to > from && steps > 1)) {
    throw new RangeError(`findLearningRate: needs 0 < from < to and steps > 1, got ${from}, ${to}, ${steps}`);
  }
  const before = {
    snapshot: takeSnapshot(learner.state),
    position: learner.position,
    history: learner.history,
  };
  const tried: { rate: number; loss: number }[] = [];
  learner.restore(before.snapshot, betweenFits(before.position), before.history);
  try {
    const batchesAnEpoch = Math.ceil((train.xs.shape[0] as number) / batchSize);
    await learner.fit({
      ...{ train, batchSize },
      epochs: Math.ceil(steps / batchesAnEpoch),
      learningRate: ({ step }) => from * (to / from) ** (step / (steps - 1)),
      hooks: [watch(tried, steps)],
      ...(signal && { signal }),
    });
  } finally {
    learner.restore(before.snapshot, before.position, before.history);
    disposeSnapshot(before.snapshot);
  }
  return judge(tried);
}

function watch(tried: { rate: number; loss: number }[], steps: number): Hooks {
  let average = 0;
  return {
    batchEnd({ loss, learningRate }) {
      average = SMOOTHING * average + (1 - SMOOTHING) * loss;
      const smooth = average / (1 - SMOOTHING ** (tried.length + 1)); // as if it had not begun at 0
      const best = Math.min(...tried.map((one) => one.loss));
      if (!Number.isFinite(smooth) || smooth > 4 * best) return { stop: 'fit', why: 'the loss has exploded' };
      tried.push({ rate: learningRate, loss: smooth });
      return tried.length < steps ? undefined : { stop: 'fit', why: 'all rates are tried' };
    },
  };
}

function judge(tried: readonly { rate: number; loss: number }[]): LearningRateSearch {
  const learningRates = tried.map(({ rate }) => rate);
  const losses = tried.map(({ loss }) => loss);
  // The rates are evenly spaced in their logarithm, so differences of the loss are slopes.
  const slopes = losses.slice(1).map((loss, i) => loss - (losses[i] as number));
  const steepest = learningRates[slopes.indexOf(Math.min(...slopes))] ?? Number.NaN;
  const lowest = learningRates[losses.indexOf(Math.min(...losses))] ?? Number.NaN;
  return { learningRates, losses, steepest, suggestion: lowest / 10 };
}
