/** Loaders of pictures and masks in files: each picture with a second one that says what its pixels show. */
import path from 'node:path';
import { checkOptions, required } from '../../core/argument';
import { aFunction, aNumber, aSignal, aString, oneOf } from '../../core/argument-kinds';
import { recordDataSet } from '../../core/facts';
import type { ProgressListener } from '../../core/progress';
import { someClasses } from '../argument-kinds';
import { dataError } from '../errors';
import { type DataLoaders, originKinds } from '../loaders/data-loaders';
import type { SplitDatasetOptions } from '../loaders/dataset';
import { splitKinds } from '../split-indices';
import type { ColourImage, Mask } from './colour-image';
import { listPictures } from './list-pictures';
import { classNames, type MaskClasses } from './mask-classes';
import { readMany } from './read-many';
import { readMask } from './read-mask';
import { decodeFile, readPicture } from './read-picture';
import { maskLoaders } from './segmented-pictures';

export interface SegmentationLoadersOptions extends SplitDatasetOptions {
  /** The folder of the pictures. */
  readonly images: string;
  /** The folder of the masks. */
  readonly masks: string;
  /** What their values or colours mean. */
  readonly classes: MaskClasses;
  /** Pixels that pictures and masks are brought to. */
  readonly height: number;
  readonly width: number;
  /** Default 3. */
  readonly channels?: 1 | 3;
  /** Default `cover`. */
  readonly fit?: 'cover' | 'stretch';
  /** A picture's name without its extension → its mask's; default the same. */
  readonly maskOf?: (name: string) => string;
  /** Stands on every figure; default the name of the folder of the pictures. */
  readonly name?: string;
  readonly source?: string;
  readonly citation?: string;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Reads pictures with their masks and splits them.
 *
 * @returns `xs` float32 `[count, height, width, channels]`, 0 … 1; `ys` int32 `[count, height, width]`.
 * @throws InkwellError `DATA_MISSING` where there are no pictures, `DATA_INCOMPLETE` where a picture
 *   has no mask or a mask no picture, `DATA_FORMAT` where their sizes differ or a pixel of a mask is of
 *   no class, `DATA_UNREADABLE`; RangeError where a number is out of range.
 */
export async function segmentationLoaders(
  options: SegmentationLoadersOptions,
): Promise<DataLoaders<ColourImage, Mask>> {
  checkOptions('segmentationLoaders', options, {
    images: required(aString),
    masks: required(aString),
    classes: required(someClasses),
    height: required(aNumber),
    width: required(aNumber),
    channels: oneOf(1, 3),
    fit: oneOf('cover', 'stretch'),
    maskOf: aFunction,
    onProgress: aFunction,
    signal: aSignal,
    ...splitKinds,
    ...originKinds,
  });
  const { images, classes, onProgress, signal } = options;
  const pairs = await pairsOf(options);
  const read = await readMany(pairs, (pair) => readPair(pair, options), {
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const name = options.name ?? path.basename(path.resolve(images));
  recordDataSet(name);
  const { source = `${pairs.length} pictures on this machine`, citation = '' } = options;
  const set = {
    pictures: read.map(({ picture }) => picture),
    masks: read.map(({ mask }) => mask),
    classes: classNames(classes),
  };
  return maskLoaders(set, { ...options, name, source, citation });
}

interface Pair {
  readonly image: string;
  readonly mask: string;
}

/** Each picture with its mask; none may be left over. */
async function pairsOf({
  images,
  masks,
  maskOf = (name) => name,
}: SegmentationLoadersOptions): Promise<Pair[]> {
  const masksByName = new Map((await listPictures(masks)).map((file) => [withoutExtension(file), file]));
  const pairs = (await listPictures(images)).map((file) => {
    const wanted = maskOf(withoutExtension(file));
    const mask = masksByName.get(wanted);
    if (mask === undefined) {
      throw dataError(
        'DATA_INCOMPLETE',
        `${path.join(images, file)} has no mask: ${masks} holds no ${wanted}`,
        {
          hint: 'Say in maskOf how masks are called, or take the picture away.',
        },
      );
    }
    masksByName.delete(wanted);
    return { image: path.join(images, file), mask: path.join(masks, mask) };
  });
  const [left] = masksByName.values();
  if (left === undefined) return pairs;
  throw dataError('DATA_INCOMPLETE', `${path.join(masks, left)} is the mask of no picture in ${images}`, {
    hint: 'Say in maskOf how masks are called, or take the mask away.',
  });
}

const withoutExtension = (file: string): string => file.replace(/\.[^./]+$/, '');

async function readPair(
  { image, mask }: Pair,
  options: SegmentationLoadersOptions,
): Promise<{ picture: ColourImage; mask: Mask }> {
  const { classes, height, width, fit = 'cover', channels = 3 } = options;
  const { autoOrient: expected } = await decodeFile(image, (decoded) => decoded.metadata());
  return {
    mask: await readMask(mask, { classes, height, width, fit, expected }),
    picture: await readPicture(image, { height, width, fit, channels }),
  };
}
