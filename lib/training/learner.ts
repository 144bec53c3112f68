/**
 * The learner: a net, its state and the loop that trains it. The loop is
 * `fit` → `epoch` → `batch`; printing, stopping, checkpoints and diagnostics
 * are hooks (after `miniai`, Howard et al., 2022).
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aFlag, aFunction, aNumber, aSignal } from '../core/argument-kinds';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import { aTensor } from '../engine/argument-kinds';
import type * as tf from '../engine/tf';
import { aNet, someWeights } from '../layers/argument-kinds';
import type { Weights } from '../layers/net';
import type { NetSpec } from '../layers/spec';
import { anOptimizer, someMetrics } from './argument-kinds';
import {
  type BatchInputs,
  createPredictor,
  createScorer,
  type EvaluateOptions,
  predictAll,
  score,
} from './evaluate';
import { type FitOptions, fitKinds } from './fit-options';
import { checkPlan, planOf } from './fit-plan';
import { FitRun } from './fit-run';
import type { EpochRecord, History, Scores } from './history';
import { callHooks, type FitState, type HookResult } from './hooks';
import { type Loss, softmaxCrossEntropy } from './losses';
import { accuracy, type Metric, WeightedMean } from './metrics';
import { type Optimizer, sgd } from './optimizers';
import { afterBatch, afterEpoch, betweenFits, type Position, START } from './position';
import { type Prepared, prepared } from './prepared';
import { createState, disposeState, restoreSnapshot, type Snapshot, type TrainingState } from './state';
import type { FitPlan, WatchedLearner } from './watched-learner';

export interface LearnerOptions {
  readonly net: NetSpec;
  /** Default `softmaxCrossEntropy`. */
  readonly loss?: Loss;
  /** Default `sgd()`. */
  readonly optimizer?: Optimizer;
  /** Default `[accuracy]`. */
  readonly metrics?: readonly Metric[];
  /** Decides the first weights, the order of the batches, dropout and augmentation; default 1. */
  readonly seed?: number;
  /** Weights to start from, copied; default fresh ones. */
  readonly weights?: Weights;
  /**
   * Whether steps and scores run as one graph each, where the engine can (`compile`); default true.
   * False runs them operation by operation, so that a debugger can stand in the middle.
   */
  readonly compiled?: boolean;
  /** Examples that are scored or predicted at a time; default 500, less for large pictures. */
  readonly evaluationBatchSize?: number;
}

/** A net that learns. Dispose of it after use: its state lives in the engine. */
export class Learner implements WatchedLearner {
  readonly net: NetSpec;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
  readonly seed: number;
  readonly compiled: boolean;
  readonly evaluationBatchSize: number;
  readonly state: TrainingState;
  /** Where training stands; set by `restore`, to go on in the middle of a fit. */
  position: Position = START;
  private records: EpochRecord[] = [];
  private plan: FitPlan | undefined;
  /** What the next fit must be, where it finishes one that was cut off. */
  private awaited: FitPlan | undefined;
  private readonly scorer: Prepared<BatchInputs, tf.Tensor>;
  private readonly predictor: Prepared<Omit<BatchInputs, 'ys'>, tf.Tensor>;

  /** @throws RangeError where the net cannot be. */
  constructor(options: LearnerOptions) {
    checkOptions('Learner', options, {
      net: required(aNet),
      loss: aFunction,
      optimizer: anOptimizer,
      metrics: someMetrics,
      seed: aNumber,
      weights: someWeights,
      compiled: aFlag,
      evaluationBatchSize: aNumber,
    });
    const {
      net,
      loss = softmaxCrossEntropy,
      optimizer = sgd(),
      metrics = [accuracy],
      seed = 1,
      compiled = true,
    } = options;
    this.net = net;
    this.loss = loss;
    this.optimizer = optimizer;
    this.metrics = metrics;
    this.seed = seed;
    this.compiled = compiled;
    const { weights } = options;
    this.state = createState(net, optimizer, weights === undefined ? { seed } : { weights });
    this.scorer = prepared(createScorer(net, this.weights, { loss, metrics }), {
      compiled,
      signature: ({ xs, ys, indices }) => [xs.shape, ys.shape, indices.shape].join(' × '),
    });
    this.predictor = prepared(createPredictor(net, this.weights), {
      compiled,
      signature: ({ xs, indices }) => [xs.shape, indices.shape].join(' × '),
    });
    this.evaluationBatchSize = options.evaluationBatchSize ?? 500;
  }

  /** The weights as they are now: variables of the engine, not copies. */
  get weights(): Weights {
    return this.state;
  }

  /** All epochs of all fits. */
  get history(): History {
    return this.records;
  }

  /**
   * Trains for some epochs; after `restore` it finishes the fit that was cut off.
   *
   * @returns the history, of earlier fits too.
   * @throws Error where a fit of this learner is running; the signal's reason where it aborts;
   *   InkwellError `CHECKPOINT_OTHER` where it should finish a fit with other options or data.
   */
  async fit(options: FitOptions): Promise<History> {
    const run = this.begin(options);
    try {
      let stop = await callHooks(run.hooks, 'fitStart', this.at(run));
      while (stop?.stop !== 'fit' && this.position.epoch < run.endEpoch) stop = await this.epoch(run);
      return this.records;
    } finally {
      this.position = betweenFits(this.position);
      this.plan = undefined;
      run.dispose();
      await callHooks(run.hooks, 'fitEnd', this.at(run));
    }
  }

  private async epoch(run: FitRun): Promise<HookResult> {
    const startMs = performance.now();
    const mean = new WeightedMean();
    mean.reset(this.position.running);
    let stop = await callHooks(run.hooks, 'epochStart', this.at(run));
    if (stop?.stop === 'fit') return stop;
    for (const indices of stop === undefined ? run.batchesOf(this.position) : []) {
      stop = await this.batch(run, indices, mean);
      if (stop !== undefined && stop.stop !== 'batch') break;
    }
    run.readLosses(mean);
    const asked = await this.endEpoch(run, { loss: mean.compute() }, startMs);
    return asked ?? stop;
  }

  private async batch(run: FitRun, indices: Int32Array, mean: WeightedMean): Promise<HookResult> {
    await run.breathe(mean);
    const before = this.at(run);
    const skip = run.has('batchStart') ? await callHooks(run.hooks, 'batchStart', before) : undefined;
    if (skip === undefined) run.step(indices, before.moment, this.position.step);
    if (skip !== undefined && skip.stop !== 'batch') return skip;
    this.position = afterBatch(this.position);
    if (skip !== undefined || !run.has('batchEnd')) return skip;
    const loss = run.readLosses(mean);
    this.position = { ...this.position, running: mean.state };
    return callHooks(run.hooks, 'batchEnd', { ...before, loss, learningRate: run.learningRate });
  }

  /** Scores the epoch, notes it, and tells the hooks, who may add to the note. */
  private async endEpoch(run: FitRun, train: Scores, startMs: number): Promise<HookResult> {
    const { validation, signal } = run.options;
    const state = this.at(run);
    const { epoch, step } = this.position;
    const scores: { [set: string]: Scores } = { train };
    if (validation !== undefined)
      scores['validation'] = await this.evaluate(validation, signal ? { signal } : {});
    const durationMs = performance.now() - startMs;
    this.records.push({ epoch, step, learningRate: run.learningRate, durationMs, scores });
    this.position = afterEpoch(this.position);
    const addScores = (set: string, added: Scores): void => {
      scores[set] = { ...scores[set], ...added };
    };
    return callHooks(run.hooks, 'epochEnd', {
      ...state,
      record: this.records.at(-1) as EpochRecord,
      addScores,
    });
  }

  /** The mean loss and metrics of the net as it is, over all examples. */
  async evaluate(examples: Examples, options: EvaluateOptions = {}): Promise<Scores> {
    checkArguments('Learner.evaluate', { examples }, { examples: someExamples });
    checkOptions('Learner.evaluate', options, { batchSize: aNumber, signal: aSignal });
    const names = ['loss', ...this.metrics.map(({ name }) => name)];
    return score(this.scorer.run, names, examples, { batchSize: this.evaluationBatchSize, ...options });
  }

  /** The net's outputs, `[count, …]`; who asks for them disposes of them. */
  predict(xs: tf.Tensor, options: { readonly batchSize?: number } = {}): tf.Tensor {
    checkArguments('Learner.predict', { xs }, { xs: aTensor });
    checkOptions('Learner.predict', options, { batchSize: aNumber });
    return predictAll(this.predictor.run, xs, { batchSize: this.evaluationBatchSize, ...options });
  }

  /** What the fit that is running was asked to do; undefined between fits. */
  get fitPlan(): FitPlan | undefined {
    return this.plan;
  }

  /**
   * Goes back to a moment of training; the next `fit` continues there. Throws Error while a fit is running.
   *
   * @param plan what the next fit must be, where the moment was in the middle of one.
   */
  restore(snapshot: Snapshot, position: Position, history: History, plan?: FitPlan): void {
    this.refuseWhileFitting('restore');
    this.awaited = plan;
    restoreSnapshot(this.state, snapshot);
    this.position = position;
    this.records = [...history];
  }

  /** Frees the state. Throws Error while a fit is running. */
  dispose(): void {
    this.refuseWhileFitting('dispose');
    this.scorer.dispose();
    this.predictor.dispose();
    disposeState(this.state);
  }

  private begin(options: FitOptions): FitRun {
    this.refuseWhileFitting('fit');
    checkOptions('fit', options, fitKinds);
    const run = new FitRun(this, options);
    const plan = planOf(options, this.loss.name);
    if (this.awaited !== undefined) checkPlan(this.awaited, plan);
    this.plan = plan;
    this.awaited = undefined;
    this.position = { ...this.position, midFit: true };
    return run;
  }

  private at(run: FitRun): FitState {
    return { learner: this, moment: run.momentOf(this.position) };
  }

  private refuseWhileFitting(name: string): void {
    if (this.plan === undefined) return;
    throw new Error(`Learner.${name}: a fit of this learner is running; await it, or abort it by its signal`);
  }
}
