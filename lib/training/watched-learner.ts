/**
 * A learner as its hooks see it: all that can be looked at, and nothing that would start, rewind
 * or end the training that they are called from.
 */
import type { Examples } from '../data/examples';
import type * as tf from '../engine/tf';
import type { Weights } from '../layers/net';
import type { NetSpec } from '../layers/spec';
import type { EvaluateOptions } from './evaluate';
import type { History, Scores } from './history';
import type { Loss } from './losses';
import type { Metric } from './metrics';
import type { Optimizer } from './optimizers';
import type { Position } from './position';
import type { TrainingState } from './state';

/** Each thing that decides how training goes on, by its name in the options. */
export type FitPlan = { readonly [what: string]: string };

/** See `Learner`, which each is. */
export interface WatchedLearner {
  readonly net: NetSpec;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
  readonly seed: number;
  readonly compiled: boolean;
  readonly evaluationBatchSize: number;
  readonly state: TrainingState;
  readonly position: Position;
  readonly weights: Weights;
  readonly history: History;
  readonly fitPlan: FitPlan | undefined;
  evaluate(examples: Examples, options?: EvaluateOptions): Promise<Scores>;
  predict(xs: tf.Tensor, options?: { readonly batchSize?: number }): tf.Tensor;
}
