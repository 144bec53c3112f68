/**
 * A whole set of made digits: as many as were asked for, the same ones for
 * the same seed on every machine.
 *
 * Digits are drawn in blocks, each with a random stream of its own, so that
 * a smaller set is the beginning of a larger one.
 */
import { setImmediate } from 'node:timers/promises';
import type { ProgressListener } from '../../core/progress';
import { createRandom } from '../../core/random';
import type { LabelledImages } from '../labelled-images';
import { drawDigit } from './draw';
import { SIDE } from './raster';

/** Raised whenever the same seed would give other digits than before. */
export const MADE_DIGITS_VERSION = 2;

/** Digits that share a stream of random numbers. */
const BLOCK = 500;
const PIXELS = SIDE * SIDE;

export interface MakeDigitsOptions {
  /** Default 1. A whole number; RangeError otherwise. */
  readonly seed?: number;
  /** `train` (the default) and `test` are drawn from different streams. */
  readonly half?: 'train' | 'test';
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Draws digits of all ten classes, each as likely.
 *
 * @param count a whole number of at least 0; RangeError otherwise.
 * @returns 28 × 28 images and their labels. The event loop turns between blocks.
 */
export async function makeDigits(count: number, options: MakeDigitsOptions = {}): Promise<LabelledImages> {
  const { seed = 1, half = 'train', onProgress, signal } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`makeDigits: count must be a whole number of at least 0, got ${count}`);
  }
  const stream = createRandom(seed);
  const images = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let start = 0; start < count; start += BLOCK) {
    signal?.throwIfAborted();
    const random = stream.fork(`made digits, ${half}, from ${start}`);
    for (let i = start; i < Math.min(start + BLOCK, count); i++) {
      const label = random.integer(10);
      labels[i] = label;
      drawDigit(label, random, images.subarray(i * PIXELS, (i + 1) * PIXELS));
    }
    const done = Math.min(start + BLOCK, count);
    onProgress?.({ label: `made digits, ${half}`, done, total: count, unit: 'steps' });
    await setImmediate();
  }
  return { images, labels, count, height: SIDE, width: SIDE };
}
