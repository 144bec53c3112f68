/**
 * Many steps of a compiled function, without a wait for the engine after each,
 * and without holding up the process: it returns to Node's event loop many times
 * a second, so that a notebook can draw, and an interrupt or an `AbortSignal`
 * takes effect within a fraction of a second.
 *
 * Short steps are made eight to a call. A step of a dense net (784-30-10, batch
 * 256) takes 0.29 ms of processor time when each is a call, 0.22 when eight are;
 * one of the net with two convolutions (batch 10) 0.68 and 0.61. A call by itself
 * thus costs 0.08 ms, of which eight steps leave 0.01 each. A loop inside the
 * graph would save no more than that, 4 % of the shortest step there is, and
 * could not be left in the middle.
 */
import { setImmediate } from 'node:timers/promises';
import { checkArguments, checkOptions } from '../../core/argument';
import { aFunction, aNumber, aSignal, aString } from '../../core/argument-kinds';
import type { ProgressListener } from '../../core/progress';
import * as tf from '../tf';
import { callsTogether } from './graph-stage';

export interface RunStepsOptions {
  /** Stops between two steps: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each slice of steps. */
  readonly onProgress?: ProgressListener;
  /** Called after each slice with the losses of its steps and the index of the first. */
  readonly onLosses?: (losses: Float32Array, firstStep: number) => void;
  /** What the progress reports are called; default `training`. */
  readonly label?: string;
  /** How long to run between two looks at the event loop; default 50. */
  readonly sliceMs?: number;
}

/** A step, such as a compiled function: what it returns is its loss. */
export interface Step<Args extends readonly unknown[]> {
  (...args: Args): tf.Tensor;
  /** See `Compiled`. */
  many?(calls: readonly (readonly [...Args])[]): tf.Tensor[];
}

/** Steps up to this long are made several together, where the step can: the signal is looked at in between. */
const shortStepMs = 5;

/**
 * Runs a step `count` times and returns the loss of each.
 *
 * @param step usually compiled; returns a scalar.
 * @param count how many steps, a whole number from 0.
 * @param argumentsOf makes the arguments of step `i`, such as the indices of its
 *   mini-batch; tensors that it makes are disposed of after the step.
 * @throws RangeError for a bad count; whatever the step throws; the reason of the
 *   signal, after the step that is running.
 */
export async function runSteps<Args extends readonly unknown[]>(
  step: Step<Args>,
  count: number,
  argumentsOf: (index: number) => readonly [...Args],
  options: RunStepsOptions = {},
): Promise<Float32Array> {
  checkArguments(
    'runSteps',
    { step, count, argumentsOf },
    { step: aFunction, count: aNumber, argumentsOf: aFunction },
  );
  checkOptions('runSteps', options, {
    signal: aSignal,
    onProgress: aFunction,
    onLosses: aFunction,
    label: aString,
    sliceMs: aNumber,
  });
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`runSteps: count must be a whole number from 0, got ${count}`);
  }
  const { signal, onProgress, onLosses, label = 'training', sliceMs = 50 } = options;
  const losses = new Float32Array(count);
  let stepMs = Number.POSITIVE_INFINITY;
  for (let done = 0; done < count; ) {
    signal?.throwIfAborted();
    const together = stepMs <= shortStepMs ? callsTogether : 1;
    const started = performance.now();
    const slice = runSlice(step, argumentsOf, {
      first: done,
      end: count,
      until: started + sliceMs,
      together,
    });
    stepMs = (performance.now() - started) / slice.length;
    losses.set(slice, done);
    onLosses?.(slice, done);
    done += slice.length;
    onProgress?.({ label, done, total: count, unit: 'steps' });
    await setImmediate();
  }
  signal?.throwIfAborted();
  return losses;
}

interface Slice {
  readonly first: number;
  readonly end: number;
  /** When to stop, by `performance.now()`. */
  readonly until: number;
  /** How many steps to make together. */
  readonly together: number;
}

/** Steps until the time is up, at least one; their losses are read together. */
function runSlice<Args extends readonly unknown[]>(
  step: Step<Args>,
  argumentsOf: (index: number) => readonly [...Args],
  { first, end, until, together }: Slice,
): Float32Array {
  const losses: tf.Tensor[] = [];
  try {
    do {
      const next = first + losses.length;
      const indices = Array.from({ length: Math.min(together, end - next) }, (_, i) => next + i);
      losses.push(
        ...tf.tidy(() =>
          stepOver(
            step,
            indices.map((index) => argumentsOf(index)),
          ),
        ),
      );
    } while (first + losses.length < end && performance.now() < until);
    return tf.tidy(() => tf.stack(losses).dataSync<'float32'>());
  } finally {
    tf.dispose(losses);
  }
}

function stepOver<Args extends readonly unknown[]>(
  step: Step<Args>,
  calls: readonly (readonly [...Args])[],
): tf.Tensor[] {
  return step.many === undefined ? calls.map((args) => step(...args)) : step.many(calls);
}
