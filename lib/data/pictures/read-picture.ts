/**
 * Pictures out of files: turned as the camera says, in sRGB, on white where
 * they were transparent, in the size that a net takes.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sharp } from 'sharp';
import { checkArguments, checkOptions } from '../../core/argument';
import { aNumber, aString, oneOf } from '../../core/argument-kinds';
import { codeOf, messageOf } from '../../core/errors';
import { dataError } from '../errors';
import type { ColourImage } from './colour-image';
import { decoder } from './decoder';

/** How a picture is brought into another shape. */
export type Fit = 'cover' | 'contain' | 'stretch';

export interface ReadPictureOptions {
  /** Pixels; default those of the file. Both or neither. */
  readonly height?: number;
  readonly width?: number;
  /** 3 (default): red, green, blue. 1: the luma (ITU-R BT.601). */
  readonly channels?: 1 | 3;
  /**
   * `cover` (default) fills the size and cuts off what overhangs on two sides; `contain` keeps all
   * of the picture and leaves white margins; `stretch` keeps neither shape nor margins.
   */
  readonly fit?: Fit;
}

const FITS = { cover: 'cover', contain: 'contain', stretch: 'fill' } as const;
const WHITE = '#ffffff';

/**
 * Reads a picture: PNG, JPEG, WebP, GIF (its first frame), TIFF or AVIF.
 *
 * @throws InkwellError `DATA_MISSING` where there is no such file, `DATA_UNREADABLE` where it is no
 *   picture or broken, `DATA_DECODER`; RangeError where a size is no whole number of at least 1.
 */
export async function readPicture(file: string, options: ReadPictureOptions = {}): Promise<ColourImage> {
  checkArguments('readPicture', { file }, { file: aString });
  checkOptions('readPicture', options, {
    height: aNumber,
    width: aNumber,
    channels: oneOf(1, 3),
    fit: oneOf('cover', 'contain', 'stretch'),
  });
  const { channels = 3, fit = 'cover' } = options;
  const size = sizeOf(options);
  const picture = await decodeFile(file, async (decoded) => {
    const plain = decoded.autoOrient().flatten({ background: WHITE }).toColourspace('srgb');
    if (size !== undefined) plain.resize({ ...size, fit: FITS[fit], background: WHITE });
    return await plain.raw().toBuffer({ resolveWithObject: true });
  });
  const { data, info } = picture;
  const pixels = channels === 3 ? new Uint8Array(data) : lumaOf(data, info.channels);
  return { pixels, height: info.height, width: info.width, channels };
}

/**
 * Opens a file and runs `work` on it; what goes wrong names the file.
 *
 * @param options.asStored leaves the numbers as they are: no colour profile is applied.
 */
export async function decodeFile<T>(
  file: string,
  work: (decoded: Sharp) => Promise<T>,
  options: { readonly asStored?: boolean } = {},
): Promise<T> {
  const decode = await decoder();
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = codeOf(error) === 'ENOENT' ? 'DATA_MISSING' : 'DATA_UNREADABLE';
    const hint = 'Check the path and that you may read it.';
    throw dataError(code, `${file} cannot be read: ${messageOf(error)}`, { hint, cause: error });
  });
  try {
    return await work(decode(bytes, { failOn: 'error', ignoreIcc: options.asStored ?? false }));
  } catch (error) {
    const [line = ''] = messageOf(error).split('\n', 1);
    throw dataError('DATA_UNREADABLE', `${file} cannot be read as a picture: ${line}`, {
      hint: `Open ${path.basename(file)} in a viewer; take it away, or put a whole picture in its place.`,
      cause: error,
    });
  }
}

function sizeOf({ height, width }: ReadPictureOptions): { height: number; width: number } | undefined {
  if (height === undefined && width === undefined) return undefined;
  for (const [name, value] of Object.entries({ height, width })) {
    if (Number.isInteger(value) && (value as number) >= 1) continue;
    throw new RangeError(`readPicture: ${name} must be a whole number of at least 1, got ${value}`);
  }
  return { height: height as number, width: width as number };
}

/** Grey of colours, by the weights of ITU-R BT.601. */
function lumaOf(values: Uint8Array, channels: number): Uint8Array {
  return Uint8Array.from({ length: values.length / channels }, (_, pixel) => {
    const at = (channel: number): number => values[channels * pixel + channel] ?? 0;
    return Math.round(0.299 * at(0) + 0.587 * at(1) + 0.114 * at(2));
  });
}
