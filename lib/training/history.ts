/** What happened while training: numbers only, one record an epoch. */
import { checkArguments, checkOptions, type OptionKinds } from '../core/argument';
import { aString, oneOf } from '../core/argument-kinds';
import { aHistory, aRecord } from './argument-kinds';

/** Numbers by name: `{ loss: 0.1, accuracy: 0.98 }`. */
export interface Scores {
  readonly [name: string]: number;
}

/** One epoch. */
export interface EpochRecord {
  /** Counted over all fits, 0, 1, … */
  readonly epoch: number;
  /** Steps since the learner was made, at the epoch's end. */
  readonly step: number;
  /** At the epoch's last step. */
  readonly learningRate: number;
  readonly durationMs: number;
  /** By data set: `train` (the mean loss while training), `validation`, and what hooks add, such as `test`. */
  readonly scores: { readonly [set: string]: Scores };
}

/** All epochs so far. */
export type History = readonly EpochRecord[];

/** A number of each epoch, such as `curve(history, 'validation', 'accuracy')`; NaN where it was not measured. */
export function curve(history: History, set: string, metric: string): number[] {
  checkArguments('curve', { history, set, metric }, { history: aHistory, set: aString, metric: aString });
  return history.map(({ scores }) => scores[set]?.[metric] ?? Number.NaN);
}

/**
 * The epoch at which a number was best, the later of equals (Nielsen's rule).
 *
 * @param options.set default `validation`; `metric` default `accuracy`; `best` default `highest`.
 * @returns undefined where it was never measured.
 */
export function bestEpoch(history: History, options: BestOptions = {}): EpochRecord | undefined {
  checkArguments('bestEpoch', { history }, { history: aHistory });
  checkOptions('bestEpoch', options, bestKinds);
  const { set = 'validation', metric = 'accuracy', best = 'highest' } = options;
  let found: EpochRecord | undefined;
  let record = Number.NEGATIVE_INFINITY;
  for (const epoch of history) {
    const value = epoch.scores[set]?.[metric];
    if (value === undefined) continue;
    const height = best === 'highest' ? value : -value;
    if (height < record) continue;
    record = height;
    found = epoch;
  }
  return found;
}

/** Which number decides, and which way is up. */
export interface BestOptions {
  readonly set?: string;
  readonly metric?: string;
  readonly best?: 'highest' | 'lowest';
}

export const bestKinds: OptionKinds<BestOptions> = {
  set: aString,
  metric: aString,
  best: oneOf('highest', 'lowest'),
};

/** One line for people: `epoch 3  train loss 0.0712  validation loss 0.0689 accuracy 0.9791  12.3 s`. */
export function epochText(record: EpochRecord): string {
  checkArguments('epochText', { record }, { record: aRecord });
  const { epoch, scores, durationMs } = record;
  const parts = Object.entries(scores).map(([set, numbers]) => {
    const list = Object.entries(numbers).map(([name, value]) => `${name} ${value.toFixed(4)}`);
    return `${set} ${list.join(' ')}`;
  });
  return [`epoch ${String(epoch + 1).padStart(2)}`, ...parts, `${(durationMs / 1000).toFixed(1)} s`].join(
    '  ',
  );
}
