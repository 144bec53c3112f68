/** What a fit is asked to do. */
import { type OptionKinds, required } from '../core/argument';
import { aFunction, aNumber, aSignal } from '../core/argument-kinds';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import { aRate, someHooks } from './argument-kinds';
import type { Hooks } from './hooks';
import type { Schedule } from './schedules';
import type { Augmentation } from './step';

export interface FitOptions {
  readonly train: Examples;
  /** Scored after each epoch. */
  readonly validation?: Examples;
  readonly epochs: number;
  /** Default 64. */
  readonly batchSize?: number;
  readonly learningRate: number | Schedule;
  /** Adds `l2 · w` to the gradient of each weight; default 0. Nielsen's λ is divided by the batches an epoch. */
  readonly l2?: number | Schedule;
  /** Replaces the dropout layers' own rates. */
  readonly dropoutRate?: number | Schedule;
  readonly augment?: Augmentation;
  readonly hooks?: readonly Hooks[];
  /** Stops between two steps: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

export const fitKinds: OptionKinds<FitOptions> = {
  train: required(someExamples),
  validation: someExamples,
  epochs: required(aNumber),
  batchSize: aNumber,
  learningRate: required(aRate),
  l2: aRate,
  dropoutRate: aRate,
  augment: aFunction,
  hooks: someHooks,
  signal: aSignal,
};
