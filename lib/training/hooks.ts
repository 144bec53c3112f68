/**
 * Hooks: what may happen around the steps of a fit without standing in the
 * loop. A hook gets the state explicitly and may ask for a stop; each is a
 * partial record, so a misspelt name does not compile.
 */
import { checkArguments } from '../core/argument';
import { someHooks } from './argument-kinds';
import type { EpochRecord, Scores } from './history';
import type { Moment } from './schedules';
import type { WatchedLearner } from './watched-learner';

/** What is skipped: the rest of this batch, epoch or fit. */
export interface Stop {
  readonly stop: 'batch' | 'epoch' | 'fit';
  /** For people: `no better for 5 epochs`. */
  readonly why: string;
}

/** What a hook may answer. */
export type HookResult = Stop | undefined;

/** Where the fit is, and the learner to look at. */
export interface FitState {
  readonly learner: WatchedLearner;
  readonly moment: Moment;
}

/** After a step. */
export interface BatchState extends FitState {
  readonly loss: number;
  readonly learningRate: number;
}

/** After an epoch: its record so far, to which scores may be added. */
export interface EpochState extends FitState {
  readonly record: EpochRecord;
  /** Adds the scores of a data set to the record. */
  addScores(set: string, scores: Scores): void;
}

// biome-ignore-start lint/suspicious/noConfusingVoidType: a hook that answers nothing returns void.
/** Any of these; they are called in the order of the list. */
export interface Hooks {
  /** For `describeLoop`. */
  readonly name?: string;
  fitStart?(state: FitState): HookResult | void | Promise<HookResult | void>;
  epochStart?(state: FitState): HookResult | void | Promise<HookResult | void>;
  /** May skip the batch. The engine may be some steps behind: to look at weights, take `batchEnd`. */
  batchStart?(state: FitState): HookResult | void | Promise<HookResult | void>;
  /** Has the engine wait for each step's loss; without it losses are read many at a time. */
  batchEnd?(state: BatchState): HookResult | void | Promise<HookResult | void>;
  epochEnd?(state: EpochState): HookResult | void | Promise<HookResult | void>;
  /** Also after an error or an abort. */
  fitEnd?(state: FitState): HookResult | void | Promise<HookResult | void>;
}

/** The moments at which hooks are called. */
export type HookName = Exclude<keyof Hooks, 'name'>;

type StateOf<Name extends HookName> = Parameters<NonNullable<Hooks[Name]>>[0];

/** Calls one hook of each in the list; the widest stop that any asks for counts. */
export async function callHooks<Name extends HookName>(
  hooks: readonly Hooks[],
  name: Name,
  state: StateOf<Name>,
): Promise<HookResult> {
  let widest: HookResult;
  for (const hook of hooks) {
    const asked = await (hook[name] as ((state: StateOf<Name>) => unknown) | undefined)?.(state);
    const stop = asked as HookResult;
    if (stop !== undefined && (widest === undefined || WIDTH[stop.stop] > WIDTH[widest.stop])) widest = stop;
  }
  return widest;
}
// biome-ignore-end lint/suspicious/noConfusingVoidType: see above.

const WIDTH = { batch: 0, epoch: 1, fit: 2 } as const;

/** What the loop does, and when which hook is called, line by line. */
export function describeLoop(hooks: readonly Hooks[]): string {
  checkArguments('describeLoop', { hooks }, { hooks: someHooks });
  const at = (moment: HookName, indent: string): string[] => {
    const names = hooks.filter((hook) => hook[moment] !== undefined).map(({ name }) => name ?? 'a hook');
    return names.length === 0 ? [] : [`${indent}${moment}: ${names.join(', ')}`];
  };
  return [
    ...['fit', ...at('fitStart', '  '), '  for each epoch', ...at('epochStart', '    ')],
    ...['    for each batch', ...at('batchStart', '      ')],
    ...['      step: predict, loss, gradient, update', ...at('batchEnd', '      ')],
    ...['    score the validation set', ...at('epochEnd', '    '), ...at('fitEnd', '  ')],
  ].join('\n');
}
