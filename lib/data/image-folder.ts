/**
 * Images as files, one each, in a folder per class, as in `training/3/12.png`:
 * the shape in which many image data sets come. A set in memory can be written
 * out so, and such a folder listed and read.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { checkArguments, checkOptions } from '../core/argument';
import { aNumber, aString } from '../core/argument-kinds';
import { messageOf } from '../core/errors';
import { anImageSet } from './argument-kinds';
import { dataError } from './errors';
import { image } from './image';
import type { LabelledImages } from './labelled-images';
import { decoder } from './pictures/decoder';
import { asPeopleCount } from './pictures/list-pictures';
import { readPicture } from './pictures/read-picture';
import { writeDataFile } from './write-file';

/** One file of the folder. */
export interface ListedImage {
  /** From the folder that was listed, with `/` on every system: `3/12.png`. */
  readonly name: string;
  /** Where the file is. */
  readonly path: string;
  /** The folder it stands in, its class: `3`. */
  readonly label: string;
}

/** A grey image out of a file. */
export interface GreyImage {
  /** `height × width` values, 0 … 255, row by row. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Writes each image as an 8-bit grey PNG, `LABEL/INDEX.png`, INDEX being its place in the set.
 * A file that is there already is written over with the same bytes for the same image.
 *
 * @param options.limitPerClass the first so many of each class; default all.
 * @returns how many files were written.
 * @throws RangeError where the limit is no whole number of at least 0;
 *   InkwellError `DATA_READ_ONLY`, `DATA_DISK_FULL`.
 */
export async function writeImageFolder(
  set: LabelledImages,
  directory: string,
  options: { readonly limitPerClass?: number } = {},
): Promise<number> {
  checkArguments('writeImageFolder', { set, directory }, { set: anImageSet, directory: aString });
  checkOptions('writeImageFolder', options, { limitPerClass: aNumber });
  const { limitPerClass = set.count } = options;
  if (!Number.isInteger(limitPerClass) || limitPerClass < 0) {
    throw new RangeError(
      `writeImageFolder: limitPerClass must be a whole number of at least 0, got ${limitPerClass}`,
    );
  }
  const written = new Map<number, number>();
  for (const [index, label] of set.labels.entries()) {
    const already = written.get(label) ?? 0;
    if (already >= limitPerClass) continue;
    await writeDataFile(
      path.join(directory, String(label), `${index}.png`),
      await encodePng(image(set, index)),
    );
    written.set(label, already + 1);
  }
  return [...written.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * The PNG files in a folder's subfolders, in the order in which people count (2 before 10).
 *
 * @throws InkwellError `DATA_MISSING` where there is no such folder.
 */
export async function listImages(directory: string): Promise<ListedImage[]> {
  checkArguments('listImages', { directory }, { directory: aString });
  const entries = await readdir(directory, { recursive: true }).catch((error: unknown) => {
    throw dataError('DATA_MISSING', `${directory} cannot be listed: ${messageOf(error)}`, { cause: error });
  });
  const names = entries.map((entry) => entry.split(path.sep).join('/'));
  return names
    .filter((name) => /^[^/]+\/[^/]+\.png$/i.test(name))
    .sort(asPeopleCount)
    .map((name) => ({ name, path: path.join(directory, name), label: path.posix.dirname(name) }));
}

/**
 * Reads a picture as a grey image; of a coloured one, its luma (ITU-R BT.601).
 *
 * @throws InkwellError `DATA_MISSING`, `DATA_UNREADABLE`.
 */
export async function readImage(file: string): Promise<GreyImage> {
  checkArguments('readImage', { file }, { file: aString });
  const { pixels, height, width } = await readPicture(file, { channels: 1 });
  return { pixels, height, width };
}

/** An 8-bit grey PNG of the image, value for value. */
async function encodePng({ pixels, height, width }: GreyImage): Promise<Uint8Array> {
  const decode = await decoder();
  const raw = { height, width, channels: 1 as const };
  return await decode(pixels, { raw }).toColourspace('b-w').png().toBuffer();
}
