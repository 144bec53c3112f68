/**
 * Watching memory: tensors live outside the garbage collector, so a forgotten one
 * stays for good.
 */
import { checkArguments, checkOptions } from '../core/argument';
import { aFunction, aNumber } from '../core/argument-kinds';
import * as tf from './tf';

export interface MemoryReport {
  /** Tensors that have been made and not disposed. */
  readonly tensors: number;
  /** Bytes that those tensors hold, as TensorFlow.js counts them. */
  readonly bytes: number;
  /** Bytes of memory that the whole process holds (resident set size). */
  readonly rssBytes: number;
}

/** What is held right now. */
export function memoryReport(): MemoryReport {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes, rssBytes: process.memoryUsage.rss() };
}

/**
 * Runs something and makes sure that it leaves no tensor behind.
 *
 * @param work what to run; may be asynchronous.
 * @param options.kept how many tensors it may leave, for results and weights; default 0.
 * @throws Error that counts the tensors left over, or disposed though they were not its own.
 */
export async function withoutLeaks<T>(
  work: () => T | Promise<T>,
  options: { kept?: number } = {},
): Promise<T> {
  checkArguments('withoutLeaks', { work }, { work: aFunction });
  checkOptions('withoutLeaks', options, { kept: aNumber });
  const { kept = 0 } = options;
  const before = tf.memory().numTensors;
  const result = await work();
  const left = tf.memory().numTensors - before;
  if (left === kept) return result;
  throw new Error(
    `withoutLeaks: expected ${kept} more tensors afterwards, found ${left}. ` +
      'Wrap synchronous work in tf.tidy, and dispose what an await separates from its use.',
  );
}
