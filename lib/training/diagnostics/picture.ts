/** Numbers in a rectangle, to be drawn: filters, feature maps, saliency. */
import type * as tf from '../../engine/tf';

/** One grey picture, as `imageGrid` takes it; the values have any range. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: 1;
  /** `height × width`, row by row. */
  readonly values: Float32Array;
}

/** The last axis of `[height, width, pictures]`, picture by picture. */
export function picturesOf(tensor: tf.Tensor): Picture[] {
  const [height = 0, width = 0, count = 0] = tensor.shape;
  const values = tensor.dataSync();
  return Array.from({ length: count }, (_, picture) => ({
    height,
    width,
    channels: 1,
    values: Float32Array.from({ length: height * width }, (_, i) => values[i * count + picture] as number),
  }));
}
