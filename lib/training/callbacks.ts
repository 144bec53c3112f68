/**
 * The hooks of everyday: say how it goes, stop when nothing gets better, keep
 * the best weights, look at the test set at the best epoch only, save. They
 * decide from the history, so a run that is resumed decides the same.
 */
import { rm } from 'node:fs/promises';
import { checkArguments, checkOptions, required } from '../core/argument';
import { aFlag, aFunction, aNumber, aString } from '../core/argument-kinds';
import type { ProgressListener } from '../core/progress';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import { aHistory } from './argument-kinds';
import { saveCheckpoint } from './checkpoint';
import { type BestOptions, bestEpoch, bestKinds, type EpochRecord, epochText, type History } from './history';
import type { FitState, HookResult, Hooks } from './hooks';
import { disposeSnapshot, restoreSnapshot, type Snapshot, takeSnapshot } from './state';

/** Prints a line an epoch. @param options.print default `console.log`. */
export function printEpochs(options: { readonly print?: (line: string) => void } = {}): Hooks {
  checkOptions('printEpochs', options, { print: aFunction });
  const { print = console.log } = options;
  return { name: 'printEpochs', epochEnd: ({ record }) => print(epochText(record)) };
}

/** Tells how many steps are done, once for each of `parts` equal parts of the fit; default 100. */
export function reportProgress(
  onProgress: ProgressListener,
  options: { readonly parts?: number } = {},
): Hooks {
  checkArguments('reportProgress', { onProgress }, { onProgress: aFunction });
  checkOptions('reportProgress', options, { parts: aNumber });
  const { parts = 100 } = options;
  return {
    name: 'reportProgress',
    batchStart({ moment: { step, steps } }) {
      if (step % Math.max(1, Math.round(steps / parts)) !== 0) return;
      onProgress({ label: 'training', done: step, total: steps, unit: 'steps' });
    },
    epochEnd({ moment: { steps, epoch, epochs } }) {
      const done = Math.round((steps * (epoch + 1)) / epochs);
      onProgress({ label: 'training', done, total: steps, unit: 'steps' });
    },
  };
}

export interface EarlyStoppingOptions extends BestOptions {
  /** Epochs to wait for something better; Nielsen's "no improvement in ten". */
  readonly patience: number;
}

/** Ends the fit when a number has not got better for some epochs of it. */
export function earlyStopping(options: EarlyStoppingOptions): Hooks {
  checkOptions('earlyStopping', options, { patience: required(aNumber), ...bestKinds });
  const { patience } = options;
  if (!Number.isInteger(patience) || patience < 1) {
    throw new RangeError(`earlyStopping: patience must be a whole number of at least 1, got ${patience}`);
  }
  const decide = ({ learner }: FitState): HookResult => {
    const history = learner.history.filter(({ epoch }) => epoch >= learner.position.fitStart);
    const last = history.at(-1);
    const best = firstBest(history, options);
    if (last === undefined || best === undefined || last.epoch - best.epoch < patience) return undefined;
    return { stop: 'fit', why: `no better for ${patience} epochs than at epoch ${best.epoch + 1}` };
  };
  return {
    name: 'earlyStopping',
    // Also at the start: a run that had stopped and is resumed stays stopped.
    fitStart: decide,
    epochEnd: decide,
  };
}

/** The first of equals: the same again is no progress. */
function firstBest(history: History, options: BestOptions): EpochRecord | undefined {
  const { set = 'validation', metric = 'accuracy' } = options;
  const best = bestEpoch(history, options);
  const value = best?.scores[set]?.[metric];
  return history.find(({ scores }) => scores[set]?.[metric] === value);
}

/** Whether an epoch is the best so far, the later of equals. */
function isBest(record: EpochRecord, history: History, options: BestOptions): boolean {
  return bestEpoch(history, options)?.epoch === record.epoch;
}

/** Hooks that hold weights: dispose of them after use. */
export interface BestWeights extends Hooks {
  /** The epoch whose weights are held; undefined before the first. */
  readonly epoch: number | undefined;
  /** Puts the best weights into the learner that was watched. Throws Error where there are none. */
  restore(): void;
  dispose(): void;
}

/** Keeps the weights of the best epoch, in the engine. */
export function keepBest(options: BestOptions = {}): BestWeights {
  checkOptions('keepBest', options, bestKinds);
  let kept: { snapshot: Snapshot; epoch: number; state: Parameters<typeof restoreSnapshot>[0] } | undefined;
  const dispose = (): void => {
    if (kept !== undefined) disposeSnapshot(kept.snapshot);
    kept = undefined;
  };
  return {
    name: 'keepBest',
    get epoch() {
      return kept?.epoch;
    },
    epochEnd({ learner, record }) {
      if (!isBest(record, learner.history, options)) return;
      dispose();
      kept = { snapshot: takeSnapshot(learner.state), epoch: record.epoch, state: learner.state };
    },
    restore() {
      if (kept === undefined) throw new Error('keepBest: no epoch has been scored yet');
      restoreSnapshot(kept.state, kept.snapshot);
    },
    dispose,
  };
}

/** Writes a checkpoint whenever an epoch is the best so far. */
export function saveBest(file: string, options: BestOptions = {}): Hooks {
  checkArguments('saveBest', { file }, { file: aString });
  checkOptions('saveBest', options, bestKinds);
  return {
    name: 'saveBest',
    async epochEnd({ learner, record }) {
      if (isBest(record, learner.history, options)) await saveCheckpoint(file, learner);
    },
  };
}

/**
 * Scores the test set, at epochs whose validation is the best so far and at no
 * other: the last such number is the one to report (Nielsen, chapter 6).
 */
export function testAtBest(test: Examples, options: BestOptions = {}): Hooks {
  checkArguments('testAtBest', { test }, { test: someExamples });
  checkOptions('testAtBest', options, bestKinds);
  return {
    name: 'testAtBest',
    async epochEnd({ learner, record, addScores }) {
      if (isBest(record, learner.history, options)) addScores('test', await learner.evaluate(test));
    },
  };
}

/** The test scores at the best epoch, as `testAtBest` has noted them. */
export function testScores(
  history: History,
  options: BestOptions = {},
): EpochRecord['scores'][string] | undefined {
  checkArguments('testScores', { history }, { history: aHistory });
  checkOptions('testScores', options, bestKinds);
  return bestEpoch(history, options)?.scores['test'];
}

export interface CheckpointOptions {
  /** Steps between two checkpoints; default none within an epoch. */
  readonly everySteps?: number;
  /** Removes the file when the fit has ended as it should; default false. */
  readonly removeAtEnd?: boolean;
}

/** Writes a checkpoint after each epoch. Stands last in the list, to save what the others have added. */
export function checkpoints(file: string, options: CheckpointOptions = {}): Hooks {
  checkArguments('checkpoints', { file }, { file: aString });
  checkOptions('checkpoints', options, { everySteps: aNumber, removeAtEnd: aFlag });
  const { everySteps, removeAtEnd = false } = options;
  const hooks: Hooks = {
    name: 'checkpoints',
    epochEnd: ({ learner }) => saveCheckpoint(file, learner),
    async fitEnd({ moment: { epoch, epochs } }) {
      if (removeAtEnd && epoch >= epochs) await rm(file, { force: true });
    },
  };
  if (everySteps === undefined) return hooks;
  return {
    ...hooks,
    async batchEnd({ learner }) {
      if (learner.position.step % everySteps === 0) await saveCheckpoint(file, learner);
    },
  };
}

/** Scores part of the training data after each epoch, beside the validation: their gap is overfitting. */
export function scoreTraining(sample: Examples): Hooks {
  checkArguments('scoreTraining', { sample }, { sample: someExamples });
  return {
    name: 'scoreTraining',
    async epochEnd({ learner, addScores }) {
      addScores('training sample', await learner.evaluate(sample));
    },
  };
}
