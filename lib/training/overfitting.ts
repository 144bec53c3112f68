/**
 * Is it overfitting? Signs of it in a history: the training scores better than
 * the validation, and a validation loss that rises while the training loss
 * falls (Nielsen, chapter 3).
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber } from '../core/argument-kinds';
import { aHistory } from './argument-kinds';
import { bestEpoch, curve, type History } from './history';

/** What the numbers say. */
export interface OverfittingReport {
  /** Validation loss minus training loss, at the last epoch. */
  readonly lossGap: number;
  /** Training accuracy minus validation accuracy, where `scoreTraining` was among the hooks; else undefined. */
  readonly accuracyGap: number | undefined;
  /** The epoch at which the validation loss was lowest. */
  readonly lowestLossEpoch: number;
  /** How far the validation loss has risen since, as a share of its lowest value. */
  readonly lossRise: number;
  readonly verdict: 'learning' | 'overfitting' | 'diverged';
  /** The verdict for people, with its numbers. */
  readonly explanation: string;
}

export interface OverfittingOptions {
  /** The rise of the validation loss that counts; default 0.05, five percent. */
  readonly rise?: number;
}

/** Reads a history. @throws RangeError where no epoch has a validation loss. */
export function diagnoseOverfitting(history: History, options: OverfittingOptions = {}): OverfittingReport {
  checkArguments('diagnoseOverfitting', { history }, { history: aHistory });
  checkOptions('diagnoseOverfitting', options, { rise: aNumber });
  const { rise = 0.05 } = options;
  const lowest = bestEpoch(history, { metric: 'loss', best: 'lowest' });
  const train = curve(history, 'train', 'loss');
  const validation = curve(history, 'validation', 'loss');
  const accuracyGap =
    last(curve(history, 'training sample', 'accuracy')) - last(curve(history, 'validation', 'accuracy'));
  if (validation.every(Number.isNaN) && train.every(Number.isFinite)) {
    throw new RangeError('diagnoseOverfitting: no epoch has a validation loss');
  }
  const lowestValue = lowest?.scores['validation']?.['loss'] ?? Number.NaN;
  const numbers = {
    lossGap: last(validation) - last(train),
    accuracyGap: Number.isNaN(accuracyGap) ? undefined : accuracyGap,
    lowestLossEpoch: lowest?.epoch ?? 0,
    lossRise: last(validation) / lowestValue - 1,
  };
  return { ...numbers, ...judge(numbers, train, validation, rise) };
}

type Numbers = Pick<OverfittingReport, 'lossGap' | 'lowestLossEpoch' | 'lossRise'>;

function judge(
  { lowestLossEpoch, lossRise }: Numbers,
  train: readonly number[],
  validation: readonly number[],
  rise: number,
): Pick<OverfittingReport, 'verdict' | 'explanation'> {
  if (!Number.isFinite(last(train)) || !Number.isFinite(last(validation))) {
    return {
      verdict: 'diverged',
      explanation: 'The loss is no number any more: try a smaller learning rate.',
    };
  }
  const since = `since epoch ${lowestLossEpoch + 1}, where it was lowest`;
  const percent = `${(100 * lossRise).toFixed(1)} %`;
  if (lossRise > rise && last(train) <= (train[lowestLossEpoch] ?? Number.POSITIVE_INFINITY)) {
    return {
      verdict: 'overfitting',
      explanation: `The validation loss has risen by ${percent} ${since}, while the training loss fell.`,
    };
  }
  return { verdict: 'learning', explanation: `The validation loss has risen by ${percent} ${since}.` };
}

function last(values: readonly number[]): number {
  return values.at(-1) ?? Number.NaN;
}
