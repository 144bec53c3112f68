/**
 * Images as PNG bytes and data URIs, by pngjs. One source pixel is one PNG
 * pixel; the page enlarges it (`image-rendering: pixelated`), so the bytes stay few.
 */
import { PNG } from 'pngjs';
import type { Pixels } from '../frames/pixels';
import { type ColorMap, colorAt, positionIn, type ValueRange } from './color';

/** How values become colours. */
export interface PaintOptions {
  /** For grey images; default `ink`. Colour images keep their own colours. */
  readonly colorMap?: ColorMap;
  /** Values at the ends of the colour map, or of each channel. */
  readonly range: ValueRange;
}

const GREY = 0;
const RGB = 2;
const RGBA = 6;

/** Filters of the PNG format: none, or the best for each row. */
const NO_FILTER = 0;
const BEST_FILTER = -1;

/** An image as PNG bytes: 8 bits a channel, grey where the colour map is. */
export function encodePng(image: Pixels, { colorMap = 'ink', range }: PaintOptions): Buffer {
  const { height, width } = image;
  const isGrey = image.channels === 1 && (colorMap === 'ink' || colorMap === 'light');
  const colorType = image.channels === 4 ? RGBA : isGrey ? GREY : RGB;
  const png = new PNG({ width, height });
  png.data =
    isGrey || image.channels > 1 ? channelBytes(image, colorMap, range) : mapBytes(image, colorMap, range);
  const write = (filterType: number): Buffer =>
    PNG.sync.write(png, {
      colorType,
      inputColorType: colorType,
      inputHasAlpha: colorType === RGBA,
      filterType,
      deflateStrategy: 0,
      deflateLevel: 9,
    });
  const plain = write(NO_FILTER);
  if (isGrey || image.channels === 1) return plain;
  // Flat areas come out smallest without a filter, photographs with one: a quarter smaller.
  const filtered = write(BEST_FILTER);
  return filtered.length < plain.length ? filtered : plain;
}

/** Each value as one byte, upside down where 0 is paper. */
function channelBytes({ values, channels }: Pixels, colorMap: ColorMap, range: ValueRange): Buffer {
  const inverted = channels === 1 && colorMap === 'ink';
  const bytes = Buffer.alloc(values.length);
  for (let i = 0; i < values.length; i++) {
    const share = Math.min(1, Math.max(0, positionIn(values[i] as number, range) || 0));
    bytes[i] = Math.round(255 * (inverted ? 1 - share : share));
  }
  return bytes;
}

function mapBytes({ values }: Pixels, colorMap: ColorMap, range: ValueRange): Buffer {
  const bytes = Buffer.alloc(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    bytes.set(colorAt(colorMap, positionIn(values[i] as number, range)), i * 3);
  }
  return bytes;
}

/** The image as a `data:image/png` URI. */
export function pngDataUri(image: Pixels, options: PaintOptions): string {
  return `data:image/png;base64,${encodePng(image, options).toString('base64')}`;
}
