/** Made digits from the cache, drawn where they are not there yet. */
import type { ProgressListener } from '../../core/progress';
import { keptArrays } from '../kept-arrays';
import type { LabelledImages } from '../labelled-images';
import { MADE_DIGITS_VERSION, makeDigits } from './make';
import { SIDE } from './raster';

/** The name of the made digits' folder in the cache. */
export const MADE_DIGITS = 'made-digits';

export interface LoadMadeOptions {
  /** Default 60,000. */
  readonly trainCount?: number;
  /** Default 10,000. */
  readonly testCount?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

interface Half {
  readonly half: 'train' | 'test';
  readonly count: number;
  readonly seed: number;
}

/** Made digits from the cache, or drawn now and put there. Throws RangeError on a wrong count or seed. */
export async function loadMadeDigits(
  options: LoadMadeOptions = {},
): Promise<{ train: LabelledImages; test: LabelledImages }> {
  const { trainCount = 60_000, testCount = 10_000, seed = 1, onProgress, signal } = options;
  const listen = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
  return {
    train: await loadHalf({ half: 'train', count: trainCount, seed }, listen),
    test: await loadHalf({ half: 'test', count: testCount, seed }, listen),
  };
}

async function loadHalf(
  wanted: Half,
  listen: Pick<LoadMadeOptions, 'onProgress' | 'signal'>,
): Promise<LabelledImages> {
  const { half, count, seed } = wanted;
  const make = (): Promise<LabelledImages> => makeDigits(count, { ...wanted, ...listen });
  // A handful is drawn faster than it is read.
  if (!(count > 500)) return make();
  const stem = `v${MADE_DIGITS_VERSION}-seed-${seed}-${half}-${count}`;
  const shapes = { labels: [count], images: [count, SIDE, SIDE] };
  const { images, labels } = await keptArrays<'images' | 'labels'>(
    { name: MADE_DIGITS, stem, shapes },
    make,
    listen,
  );
  return { images, labels, count, height: SIDE, width: SIDE };
}
