/**
 * What a camera makes of a drawing: exposure, the colour of the light, darker
 * corners, the grain of the sensor, and whole numbers in the end.
 */
import type { Random } from '../../core/random';
import type { Rgb } from './colour';

export interface CameraOptions {
  /** Factor on every value; default 1. */
  readonly exposure?: number;
  /** Factor on each channel; default 1 for all. */
  readonly tint?: Rgb;
  /** The share of light that the corners lose; default 0. */
  readonly vignette?: number;
  /** Standard deviation of the grain, in 0 … 255; default 0. */
  readonly grain?: number;
}

/**
 * Takes the picture.
 *
 * @param values `height × width × 3`, as `Canvas.picture()` gives them.
 * @returns as many bytes.
 */
export function photograph(
  values: Float32Array,
  size: { readonly height: number; readonly width: number },
  random: Random,
  options: CameraOptions = {},
): Uint8Array {
  const { exposure = 1, tint = [1, 1, 1], vignette = 0, grain = 0 } = options;
  const { height, width } = size;
  const pixels = new Uint8Array(values.length);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const x = (2 * ((pixel % width) + 0.5)) / width - 1;
    const y = (2 * (Math.floor(pixel / width) + 0.5)) / height - 1;
    const light = exposure * (1 - (vignette * (x * x + y * y)) / 2);
    // Grain is mostly grey: sensors are noisier in brightness than the eye minds in colour.
    const grey = random.normal(0, grain);
    for (let channel = 0; channel < 3; channel++) {
      const value = (values[3 * pixel + channel] as number) * light * (tint[channel] as number);
      const grained = value + grey + random.normal(0, grain / 3);
      pixels[3 * pixel + channel] = Math.min(255, Math.max(0, Math.round(grained)));
    }
  }
  return pixels;
}
