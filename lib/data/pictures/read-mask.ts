/**
 * Masks out of files: each pixel a class. A mask is resized by taking, for
 * each pixel, the nearest one: between a road and a car there is no third thing.
 */
import { dataError } from '../errors';
import type { Mask } from './colour-image';
import { classOfColour, colourKey, type MaskClasses } from './mask-classes';
import { decodeFile, type Fit } from './read-picture';

export interface ReadMaskOptions {
  readonly classes: MaskClasses;
  readonly height: number;
  readonly width: number;
  /** As the picture was: `cover` (default) or `stretch`. */
  readonly fit?: Exclude<Fit, 'contain'>;
  /** The size of the picture that it belongs to, which the file must have. */
  readonly expected?: { readonly height: number; readonly width: number };
}

/** The colours of a file, as they are stored: three bytes a pixel. */
interface Raw {
  readonly colours: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly isPalette: boolean;
}

/**
 * Reads a mask.
 *
 * @throws InkwellError `DATA_MISSING`, `DATA_UNREADABLE`; `DATA_FORMAT` where its size is not the
 *   expected one, or a pixel is of no class.
 */
export async function readMask(file: string, options: ReadMaskOptions): Promise<Mask> {
  const { classes, height, width, fit = 'cover', expected } = options;
  const numbers = classOfColour(classes);
  const raw = await readRaw(file);
  if (expected && (expected.height !== raw.height || expected.width !== raw.width)) {
    const sizes = `${expected.height} × ${expected.width}, got ${raw.height} × ${raw.width}`;
    throw dataError('DATA_FORMAT', `${file} must have the size of its picture, ${sizes}`);
  }
  const labels = labelsOf(file, raw, numbers);
  const rows = nearest(raw.height, height, zoomOf(raw, { height, width }, fit).down);
  const columns = nearest(raw.width, width, zoomOf(raw, { height, width }, fit).across);
  const pixels = new Uint8Array(height * width);
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      pixels[i * width + j] = labels[row * raw.width + column] as number;
    }
  }
  return { pixels, height, width };
}

async function readRaw(file: string): Promise<Raw> {
  return await decodeFile(
    file,
    async (image) => {
      const { isPalette } = await image.metadata();
      const plain = image.removeAlpha().toColourspace('srgb');
      const { data, info } = await plain.raw().toBuffer({ resolveWithObject: true });
      return { colours: data, height: info.height, width: info.width, isPalette };
    },
    { asStored: true },
  );
}

/** The class of each pixel of the file. */
function labelsOf(file: string, raw: Raw, numbers: ReadonlyMap<number, number>): Uint8Array {
  const { colours, width, isPalette } = raw;
  const labels = new Uint8Array(colours.length / 3);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    const at = (channel: number): number => colours[3 * pixel + channel] as number;
    const [red, green, blue] = [at(0), at(1), at(2)];
    const number = numbers.get(colourKey(red, green, blue));
    if (number === undefined) {
      const place = `row ${Math.floor(pixel / width)}, column ${pixel % width}`;
      const what = red === green && green === blue ? `${red}` : `[${red}, ${green}, ${blue}]`;
      throw dataError('DATA_FORMAT', `${file}: the pixel at ${place} is ${what}, which is no class`, {
        hint: isPalette ? PALETTE_HINT : HINT,
      });
    }
    labels[pixel] = number;
  }
  return labels;
}

const HINT =
  'Give each value or colour of the masks to a class; a mask saved as JPEG has colours that nobody drew.';
const PALETTE_HINT =
  'The mask has a palette, so its pixels are colours, not numbers: give each class its colours, as in { name: "road", colours: [[128, 64, 128]] }.';

type Size = Pick<Raw, 'height' | 'width'>;

/** Target pixels a pixel of the file, down and across. */
function zoomOf(raw: Size, target: Size, fit: 'cover' | 'stretch'): { down: number; across: number } {
  const [down, across] = [target.height / raw.height, target.width / raw.width];
  if (fit === 'stretch') return { down, across };
  return { down: Math.max(down, across), across: Math.max(down, across) };
}

/** For each place of the target the nearest one of the file, what overhangs cut off on both sides. */
function nearest(from: number, to: number, zoom: number): number[] {
  const overhang = (from * zoom - to) / 2;
  return Array.from({ length: to }, (_, i) =>
    Math.min(from - 1, Math.max(0, Math.floor((i + 0.5 + overhang) / zoom))),
  );
}
