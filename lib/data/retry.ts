/**
 * Trying again, later each time: exponential back-off with full jitter, so
 * that many clients that failed together do not come back together.
 *
 * Source: M. Brooker, Exponential backoff and jitter, AWS Architecture Blog, 2015.
 */
import { setTimeout as wait } from 'node:timers/promises';

/** What to do about a failure: give up, try again, or, after some success, try again from the shortest wait. */
export type Verdict = 'give up' | 'again' | 'afresh';

export interface RetryOptions {
  /** How often to try before the last failure is thrown; default 4. */
  readonly attempts?: number;
  /** The longest first wait; it doubles each time. Default 500. */
  readonly firstDelayMs?: number;
  /** No wait is longer; default 10,000. */
  readonly maxDelayMs?: number;
  readonly signal?: AbortSignal;
  /** What a failure calls for; default always `again`. */
  readonly judge?: (thrown: unknown) => Verdict | Promise<Verdict>;
  /** Uniform in [0, 1); default Math.random: here chance is the point. */
  readonly uniform?: () => number;
}

/**
 * Runs the operation until it succeeds.
 *
 * @throws what the operation threw last; the signal's reason where it aborts; RangeError where
 *   `attempts` is no whole number of at least 1.
 */
export async function retry<T>(operation: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 4, firstDelayMs = 500, maxDelayMs = 10_000, signal } = options;
  const { judge = (): Verdict => 'again', uniform = Math.random } = options;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new RangeError(`retry: attempts must be a whole number of at least 1, got ${attempts}`);
  }
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    try {
      return await operation();
    } catch (error) {
      const verdict = await judge(error);
      failures = verdict === 'afresh' ? 1 : failures + 1;
      if (signal?.aborted || verdict === 'give up' || failures >= attempts) throw error;
    }
    const longest = Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1));
    await wait(uniform() * longest, undefined, signal === undefined ? {} : { signal });
  }
}
