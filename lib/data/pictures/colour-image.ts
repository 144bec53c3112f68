/**
 * Pictures in memory, and as tensors: what comes out of a file or is drawn by
 * the project, and the masks that say what each pixel shows.
 */
import { checkArguments } from '../../core/argument';
import { aList } from '../../core/argument-kinds';
import * as tf from '../../engine/tf';

/** A picture. */
export interface ColourImage {
  /** `height × width × channels` values, 0 … 255, row by row, channels last. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  /** 3: red, green, blue; 1: grey. */
  readonly channels: 1 | 3;
}

/** What each pixel of a picture shows. */
export interface Mask {
  /** `height × width` class numbers, row by row. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Pictures of one size as one tensor.
 *
 * @param images at least one.
 * @returns float32, `[count, height, width, channels]`, 0 … 1; the caller's.
 * @throws RangeError where there is none, or one has another size than the first.
 */
export function pictureTensor(images: readonly ColourImage[]): tf.Tensor4D {
  checkArguments('pictureTensor', { images }, { images: aList });
  const { height, width, channels } = checkSizes('pictureTensor', images);
  const size = height * width * channels;
  const values = new Float32Array(images.length * size);
  for (const [index, { pixels }] of images.entries()) {
    for (let i = 0; i < size; i++) values[index * size + i] = (pixels[i] as number) / 255;
  }
  return tf.tensor4d(values, [images.length, height, width, channels], 'float32');
}

/**
 * Masks of one size as one tensor.
 *
 * @param masks at least one.
 * @returns int32, `[count, height, width]`, class numbers; the caller's.
 * @throws RangeError where there is none, or one has another size than the first.
 */
export function maskTensor(masks: readonly Mask[]): tf.Tensor3D {
  checkArguments('maskTensor', { masks }, { masks: aList });
  const { height, width } = checkSizes('maskTensor', masks);
  const values = new Int32Array(masks.length * height * width);
  for (const [index, { pixels }] of masks.entries()) values.set(pixels, index * height * width);
  return tf.tensor3d(values, [masks.length, height, width], 'int32');
}

type Sized = Omit<ColourImage, 'channels'> & { readonly channels?: 1 | 3 };

/** The size that all have. */
function checkSizes(caller: string, pictures: readonly Sized[]): Required<Omit<Sized, 'pixels'>> {
  const [first] = pictures;
  if (first === undefined) throw new RangeError(`${caller}: expected at least one picture, got none`);
  const { height, width, channels = 1 } = first;
  const size = `${height} × ${width} × ${channels}`;
  for (const [index, other] of pictures.entries()) {
    const own = `${other.height} × ${other.width} × ${other.channels ?? 1}`;
    if (own === size && other.pixels.length === height * width * channels) continue;
    const got = own === size ? `${other.pixels.length} values` : own;
    throw new RangeError(`${caller}: all must be ${size} like the first, got ${got} at ${index}`);
  }
  return { height, width, channels };
}
