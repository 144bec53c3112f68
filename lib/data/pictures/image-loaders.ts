/** Loaders of pictures in files, each showing one thing: by default what its folder is called. */
import path from 'node:path';
import { checkOptions, required } from '../../core/argument';
import { aFunction, aNumber, aSignal, aString, oneOf, someStrings } from '../../core/argument-kinds';
import { recordDataSet } from '../../core/facts';
import type { ProgressListener } from '../../core/progress';
import { dataError } from '../errors';
import { type DataLoaders, originKinds } from '../loaders/data-loaders';
import type { SplitDatasetOptions } from '../loaders/dataset';
import { splitKinds } from '../split-indices';
import type { ColourImage } from './colour-image';
import { pictureLoaders } from './labelled-pictures';
import { asPeopleCount, listPictures } from './list-pictures';
import { readMany } from './read-many';
import { type ReadPictureOptions, readPicture } from './read-picture';

export interface ImageLoadersOptions extends SplitDatasetOptions, ReadPictureOptions {
  /** A folder with a folder of pictures for each class; or `files`. */
  readonly folder?: string;
  /** Paths of pictures. */
  readonly files?: readonly string[];
  /** Pixels that each picture is brought to. */
  readonly height: number;
  readonly width: number;
  /** The class of a file, given its path with `/` on every system; default the name of its folder. */
  readonly labelOf?: (file: string) => string;
  /** Stands on every figure; default the folder's name, or `pictures`. */
  readonly name?: string;
  readonly source?: string;
  readonly citation?: string;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Reads pictures and splits them.
 *
 * @returns classes in the order in which people count; as tensors `[count, height, width, channels]`
 *   in 0 … 1 and class numbers.
 * @throws InkwellError `DATA_MISSING` where there are no pictures, `DATA_FORMAT` where all are of
 *   one class, `DATA_UNREADABLE` where a file is no picture or broken; TypeError where both `folder`
 *   and `files` are given, or neither; RangeError where a number is out of range.
 */
export async function imageLoaders(options: ImageLoadersOptions): Promise<DataLoaders<ColourImage, string>> {
  checkOptions('imageLoaders', options, {
    folder: aString,
    files: someStrings,
    height: required(aNumber),
    width: required(aNumber),
    labelOf: aFunction,
    onProgress: aFunction,
    signal: aSignal,
    channels: oneOf(1, 3),
    fit: oneOf('cover', 'contain', 'stretch'),
    ...splitKinds,
    ...originKinds,
  });
  const { folder, onProgress, signal, labelOf = folderOf } = options;
  const files = await filesOf(options);
  const labels = files.map((file) => labelOf(file));
  const classes = [...new Set(labels)].sort(asPeopleCount);
  if (classes.length < 2) {
    throw dataError(
      'DATA_FORMAT',
      `imageLoaders: all ${files.length} pictures are of one class, ${classes[0]}`,
      {
        hint: 'Put the pictures of each class into a folder of its own, or say in labelOf what a file shows.',
      },
    );
  }
  const pictures = await readMany(files, (file) => readPicture(file, options), {
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const name = options.name ?? (folder === undefined ? 'pictures' : path.basename(path.resolve(folder)));
  recordDataSet(name);
  const { source = `${files.length} files on this machine`, citation = '' } = options;
  return pictureLoaders({ pictures, labels, classes }, { ...options, name, source, citation });
}

async function filesOf({ folder, files }: ImageLoadersOptions): Promise<readonly string[]> {
  if ((folder === undefined) === (files === undefined)) {
    throw new TypeError('imageLoaders: expected either folder or files');
  }
  if (folder !== undefined) {
    return (await listPictures(folder)).map((name) => `${slashed(folder)}/${name}`);
  }
  if (files?.length) return files.map(slashed);
  throw dataError('DATA_MISSING', 'imageLoaders: the list of files is empty');
}

const slashed = (file: string): string => file.split(path.sep).join('/').replace(/\/+$/, '');

const folderOf = (file: string): string => path.posix.basename(path.posix.dirname(file));
