/**
 * Lists of images: an array of them, or a tensor whose first dimension counts them.
 */
import { isTensorLike, type PixelSource, type Pixels, type TensorLike, toPixels } from '../frames/pixels';

/**
 * Every image as plain numbers. A tensor may have the shape [n, h, w],
 * [n, h, w, 1 | 3 | 4] or [n, pixels of a square]. Throws RangeError otherwise.
 */
export function toImages(images: readonly PixelSource[] | TensorLike): Pixels[] {
  if (!isTensorLike(images)) {
    if (!Array.isArray(images)) {
      throw new TypeError(
        'toImages: expected an array of images or a tensor of them; for one image write [image]',
      );
    }
    return images.map((image) => toPixels(image));
  }
  const [count = 0, ...shape] = images.shape;
  if (shape.length < 1 || shape.length > 3) {
    throw new RangeError(
      `toImages: expected a tensor [n, h, w], [n, h, w, channels] or [n, pixels], got shape [${images.shape}]`,
    );
  }
  const values = images.dataSync() as ArrayLike<number>;
  const size = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: count }, (_, i) =>
    toPixels({ shape, dataSync: () => Array.prototype.slice.call(values, i * size, (i + 1) * size) }),
  );
}
