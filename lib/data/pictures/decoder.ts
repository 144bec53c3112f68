/**
 * The library that decodes pictures: sharp (libvips), with everything that
 * PNG, JPEG, WebP, GIF, TIFF and AVIF files may hold. It is loaded when the
 * first picture is read, not before: who only draws needs none of it.
 */
import type { Sharp, SharpOptions } from 'sharp';
import { messageOf } from '../../core/errors';
import { dataError } from '../errors';

/** Opens bytes of a picture file. */
export type Decode = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

let loading: Promise<Decode> | undefined;

/**
 * The decoder.
 *
 * @throws InkwellError `DATA_DECODER` where sharp has no binary for this machine.
 */
export function decoder(): Promise<Decode> {
  loading ??= import('sharp').then(
    ({ default: sharp }) => sharp,
    (error: unknown) => {
      loading = undefined;
      throw dataError('DATA_DECODER', `pictures cannot be read here: ${messageOf(error)}`, {
        hint: 'Run npm ci on this machine: what reads pictures is a binary of its own on each system.',
        cause: error,
      });
    },
  );
  return loading;
}
