/**
 * What one fit needs beside the learner: its options, made ready. Takes steps,
 * reads losses many at a time, and returns to the event loop often enough that
 * an interrupt, a drawing or an `AbortSignal` gets in.
 */
import { setImmediate } from 'node:timers/promises';
import { batches } from '../data/batches';
import { callsTogether } from '../engine/compile/graph-stage';
import * as tf from '../engine/tf';
import { randomKey } from '../layers/random';
import { checkWhole } from '../layers/shape';
import { exampleCount } from './examples';
import type { FitOptions } from './fit-options';
import type { HookName, Hooks } from './hooks';
import type { WeightedMean } from './metrics';
import type { Position } from './position';
import { type Prepared, prepared } from './prepared';
import { asSchedule, type Moment, type Schedule } from './schedules';
import { keepingState } from './state';
import { createStep, type StepInputs } from './step';
import type { WatchedLearner } from './watched-learner';

/** How long steps run between two looks at the event loop. */
const SLICE_MS = 50;

/** Steps up to this long are taken several together, where nobody looks at each. */
const SHORT_STEP_MS = 5;

/** One fit. Dispose of it at its end. */
export class FitRun {
  readonly hooks: readonly Hooks[];
  /** The epoch at which the fit is over, counted over all fits. */
  readonly endEpoch: number;
  /** That of the last step; NaN before the first. */
  learningRate: number = Number.NaN;
  private readonly epochStart: number;
  private readonly batchesAnEpoch: number;
  private readonly takeStep: Prepared<StepInputs, tf.Scalar>;
  private readonly schedules: readonly (readonly [ScheduledInput, Schedule])[];
  private readonly scalars = new Map<string, { value: number; tensor: tf.Scalar }>();
  private waiting: StepInputs[] = [];
  private together = 1;
  private losses: { readonly loss: tf.Scalar; readonly size: number }[] = [];
  private sliceStartMs: number = performance.now();

  constructor(
    private readonly learner: WatchedLearner,
    readonly options: FitOptions,
  ) {
    const { train, epochs, batchSize = 64, hooks = [], augment } = options;
    checkWhole('fit', 'epochs', epochs);
    checkWhole('fit', 'batchSize', batchSize);
    this.hooks = hooks;
    this.epochStart = learner.position.midFit ? learner.position.fitStart : learner.position.epoch;
    this.endEpoch = this.epochStart + epochs;
    this.batchesAnEpoch = Math.ceil(exampleCount(train) / batchSize);
    this.schedules = schedulesOf(options);
    const { net, loss, optimizer, state, compiled } = learner;
    this.takeStep = prepared(createStep({ net, loss, optimizer, ...(augment && { augment }) }, state), {
      compiled,
      signature: ({ indices }) => String(indices.size),
      rehearse: (work) => keepingState(state, work),
    });
  }

  /** Where in this fit a position is. */
  momentOf({ epoch, batch }: Position): Moment {
    const { options, batchesAnEpoch } = this;
    const inFit = epoch - this.epochStart;
    const step = inFit * batchesAnEpoch + batch;
    return { step, steps: options.epochs * batchesAnEpoch, epoch: inFit, epochs: options.epochs };
  }

  /** The batches of the epoch that are still to come. */
  batchesOf({ epoch, batch }: Position): readonly Int32Array[] {
    const { batchSize = 64, train } = this.options;
    return batches(exampleCount(train), { batchSize, epoch, seed: this.learner.seed }).slice(batch);
  }

  has(name: HookName): boolean {
    return this.hooks.some((hook) => hook[name] !== undefined);
  }

  /** Takes a step, or lets it wait for a few more. @param count steps over all fits, which decides its chance. */
  step(indices: Int32Array, moment: Moment, count: number): void {
    const { xs, ys } = this.options.train;
    const scheduled = this.schedules.map(([name, schedule]) => [name, this.scalar(name, schedule(moment))]);
    this.learningRate = this.scalars.get('learningRate')?.value as number;
    this.waiting.push({
      ...{ xs, ys, indices: tf.tensor1d(indices, 'int32') },
      key: randomKey(this.learner.seed, count),
      ...(Object.fromEntries(scheduled) as Pick<StepInputs, ScheduledInput>),
    });
    if (this.waiting.length >= this.together) this.takeWaiting();
  }

  private takeWaiting(): void {
    const inputs = this.waiting;
    const startMs = performance.now();
    this.waiting = [];
    try {
      const losses = this.takeStep.runMany(inputs);
      this.losses.push(...losses.map((loss, i) => ({ loss, size: inputs[i]?.indices.size as number })));
    } finally {
      for (const input of inputs) disposeInputs(input);
    }
    const stepMs = (performance.now() - startMs) / inputs.length;
    this.together = stepMs <= SHORT_STEP_MS ? callsTogether : 1;
  }

  /** Reads the losses since the last time into a mean; returns the last of them. */
  readLosses(mean: WeightedMean): number {
    if (this.waiting.length > 0) this.takeWaiting();
    if (this.losses.length === 0) return Number.NaN;
    const tensors = this.losses.map(({ loss }) => loss);
    const values = tf.tidy(() => tf.stack(tensors).dataSync());
    for (const [i, { size }] of this.losses.entries()) mean.update(values[i] as number, size);
    tf.dispose(tensors);
    this.losses = [];
    return values.at(-1) as number;
  }

  /** Lets the event loop turn, now and then; throws the signal's reason where it has aborted. */
  async breathe(mean: WeightedMean): Promise<void> {
    const { signal } = this.options;
    if (!signal?.aborted && performance.now() - this.sliceStartMs < SLICE_MS) return;
    this.readLosses(mean);
    signal?.throwIfAborted();
    await setImmediate();
    this.sliceStartMs = performance.now();
    this.options.signal?.throwIfAborted();
  }

  dispose(): void {
    this.takeStep.dispose();
    for (const input of this.waiting) disposeInputs(input);
    tf.dispose(this.losses.map(({ loss }) => loss));
    for (const { tensor } of this.scalars.values()) tensor.dispose();
  }

  /** A number as a tensor of its own; uploaded only where it has changed. */
  private scalar(name: string, value: number): tf.Scalar {
    const old = this.scalars.get(name);
    if (old?.value === value) return tf.clone(old.tensor);
    old?.tensor.dispose();
    const tensor = tf.scalar(value, 'float32');
    this.scalars.set(name, { value, tensor });
    return tf.clone(tensor);
  }
}

/** Frees what was made for one step alone. */
function disposeInputs({ xs: _xs, ys: _ys, ...own }: StepInputs): void {
  tf.dispose(Object.values(own));
}

/** The inputs of a step that may follow a schedule. */
type ScheduledInput = 'learningRate' | 'l2' | 'dropoutRate';

function schedulesOf(options: FitOptions): [ScheduledInput, Schedule][] {
  const names: ScheduledInput[] = ['learningRate', 'l2', 'dropoutRate'];
  return names.flatMap((name): [ScheduledInput, Schedule][] => {
    const given = options[name];
    return given === undefined ? [] : [[name, asSchedule(given)]];
  });
}
