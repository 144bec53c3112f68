/**
 * Made digits are drawn once per machine and kept in the cache as IDX files
 * whose names hold all that decides them. A cache that cannot be written, or
 * whose files are damaged, costs seconds, never the digits.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import type { ProgressListener } from '../../core/progress';
import { encodeIdx, type IdxArray, parseIdx } from '../idx';
import { firstImages, type LabelledImages, labelledImages } from '../labelled-images';
import { cacheFolder } from '../locate';
import { withLock } from '../lock';
import { writeWhole } from '../write-file';
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
  const make = (): Promise<LabelledImages> => makeDigits(wanted.count, { ...wanted, ...listen });
  // A handful is drawn faster than it is read.
  if (!(wanted.count > 500)) return make();
  const kept = await read(wanted);
  if (kept !== undefined) return kept;
  try {
    return await withLock(
      cacheFolder(MADE_DIGITS),
      async () => {
        // Another process may have drawn them while this one waited.
        const theirs = await read(wanted);
        if (theirs !== undefined) return theirs;
        const made = await make();
        await keep(wanted, made);
        return made;
      },
      listen,
    );
  } catch (error) {
    if (error instanceof InkwellError) return make();
    throw error;
  }
}

/** The path of one of the half's two files. */
function fileOf({ half, count, seed }: Half, content: 'images' | 'labels'): string {
  const rank = content === 'images' ? 3 : 1;
  const name = `v${MADE_DIGITS_VERSION}-seed-${seed}-${half}-${count}-${content}-idx${rank}-ubyte`;
  return path.join(cacheFolder(MADE_DIGITS), name);
}

/** The half as it stands in the cache; undefined where it does not, or is damaged. */
async function read(wanted: Half): Promise<LabelledImages | undefined> {
  const open = async (content: 'images' | 'labels'): Promise<IdxArray> =>
    parseIdx(new Uint8Array(await readFile(fileOf(wanted, content))));
  if (!existsSync(fileOf(wanted, 'images'))) return undefined;
  try {
    const set = labelledImages(await open('images'), await open('labels'));
    return set.count >= wanted.count && set.height === SIDE && set.width === SIDE
      ? firstImages(set, wanted.count)
      : undefined;
  } catch {
    return undefined;
  }
}

async function keep(wanted: Half, { images, labels, count }: LabelledImages): Promise<void> {
  const shape = [count, SIDE, SIDE];
  // Labels first: where the images are, all is there.
  await writeWhole(fileOf(wanted, 'labels'), encodeIdx({ type: 'uint8', shape: [count], values: labels }));
  await writeWhole(fileOf(wanted, 'images'), encodeIdx({ type: 'uint8', shape, values: images }));
}
