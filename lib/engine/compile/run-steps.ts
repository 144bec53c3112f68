/**
 * Many steps of a compiled function, without a wait for the engine after each,
 * and without holding up the process: it returns to Node's event loop many times
 * a second, so that a notebook can draw, and an interrupt or an `AbortSignal`
 * takes effect within a fraction of a second.
 */
import { setImmediate } from 'node:timers/promises';
import type { ProgressListener } from '../../core/progress';
import * as tf from '../tf';

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
  step: (...args: Args) => tf.Tensor,
  count: number,
  argumentsOf: (index: number) => readonly [...Args],
  options: RunStepsOptions = {},
): Promise<Float32Array> {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`runSteps: count must be a whole number from 0, got ${count}`);
  }
  const { signal, onProgress, onLosses, label = 'training', sliceMs = 50 } = options;
  const losses = new Float32Array(count);
  for (let done = 0; done < count; ) {
    signal?.throwIfAborted();
    const slice = runSlice(step, argumentsOf, { first: done, end: count, sliceMs });
    losses.set(slice, done);
    onLosses?.(slice, done);
    done += slice.length;
    onProgress?.({ label, done, total: count, unit: 'steps' });
    await setImmediate();
  }
  signal?.throwIfAborted();
  return losses;
}

/** Steps until the time is up, at least one; their losses are read together. */
function runSlice<Args extends readonly unknown[]>(
  step: (...args: Args) => tf.Tensor,
  argumentsOf: (index: number) => readonly [...Args],
  { first, end, sliceMs }: { readonly first: number; readonly end: number; readonly sliceMs: number },
): Float32Array {
  const until = performance.now() + sliceMs;
  const losses: tf.Tensor[] = [];
  try {
    do {
      const index = first + losses.length;
      losses.push(tf.tidy(() => step(...argumentsOf(index))));
    } while (first + losses.length < end && performance.now() < until);
    return tf.tidy(() => tf.stack(losses).dataSync<'float32'>());
  } finally {
    tf.dispose(losses);
  }
}
