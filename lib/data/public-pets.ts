/**
 * Oxford-IIIT Pet as its archives have it: `images/Abyssinian_1.jpg`. Names of
 * cats begin with a capital letter, names of dogs do not. A few files are
 * damaged at the source; they are left out, and it is said how many.
 */
import path from 'node:path';
import type { ProgressListener } from '../core/progress';
import type { Random } from '../core/random';
import type { ArchiveSet } from './archives/archive-set';
import { findArchives } from './archives/find-archives';
import { isDataError } from './errors';
import type { DataOrigin } from './loaders/data-loaders';
import { findArchiveSet, readManifest } from './manifest';
import type { ColourImage } from './pictures/colour-image';
import { listPictures } from './pictures/list-pictures';
import { readMany } from './pictures/read-many';
import { readPicture } from './pictures/read-picture';

/** What was read. */
export interface PublicPets {
  readonly pictures: readonly ColourImage[];
  /** `cat` or `dog`, one for each picture. */
  readonly labels: readonly string[];
  readonly origin: DataOrigin;
}

export interface ReadPetsOptions {
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Reads some of the pictures, chosen at random.
 *
 * @param count at least 1, at most as many as there are; RangeError otherwise.
 * @param side pixels that each is brought to, cut to a square.
 * @param set default that of the manifest.
 * @throws InkwellError `DATA_MISSING` where they are not on this machine.
 */
export async function readPublicPets(
  count: number,
  side: number,
  random: Random,
  { onProgress, signal }: ReadPetsOptions = {},
  set: ArchiveSet = findArchiveSet(readManifest(), 'oxford-iiit-pet'),
): Promise<PublicPets> {
  const { folder, source } = await findArchives(set);
  const images = path.join(folder, 'images');
  const names = await listPictures(images);
  if (!Number.isInteger(count) || count < 1 || count > names.length) {
    throw new RangeError(`loadPets: count must be a whole number in 1 … ${names.length}, got ${count}`);
  }
  const chosen = random.shuffle(names).slice(0, count);
  const read = await readMany(chosen, (name) => readOrSkip(path.join(images, name), side), {
    label: set.title,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const whole = chosen.flatMap((name, index) => {
    const picture = read[index];
    return picture === undefined ? [] : [{ picture, label: /^[A-Z]/.test(name) ? 'cat' : 'dog' }];
  });
  const missing = count - whole.length;
  const note = missing === 0 ? '' : `, ${missing} of ${count} files damaged at the source and left out`;
  return {
    pictures: whole.map(({ picture }) => picture),
    labels: whole.map(({ label }) => label),
    origin: { name: set.title, source: source + note, citation: set.citation },
  };
}

async function readOrSkip(file: string, side: number): Promise<ColourImage | undefined> {
  try {
    return await readPicture(file, { height: side, width: side });
  } catch (error) {
    if (isDataError(error, 'DATA_UNREADABLE')) return undefined;
    throw error;
  }
}
