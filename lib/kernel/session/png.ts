/** A PNG from pixels of one, three or four channels. */
import { createRequire } from 'node:module';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row, `channels` bytes a pixel. */
  readonly data: Uint8Array | Uint8ClampedArray;
  /** 1 grey, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 3 | 4;
}

const load = createRequire(__filename);

/** The bytes of the picture. Throws RangeError where the data does not fill width × height pixels. */
export function encodePng({ width, height, data, channels }: Pixels): Buffer {
  if (data.length !== width * height * channels) {
    throw new RangeError(`encodePng: expected ${width * height * channels} bytes, got ${data.length}`);
  }
  // Loaded with the first picture: most sessions never need it.
  const { PNG } = load('pngjs') as typeof import('pngjs');
  const picture = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * channels;
    for (let channel = 0; channel < 3; channel++) {
      picture.data[pixel * 4 + channel] = data[from + (channels === 1 ? 0 : channel)] ?? 0;
    }
    picture.data[pixel * 4 + 3] = channels === 4 ? (data[from + 3] ?? 255) : 255;
  }
  return PNG.sync.write(picture);
}
