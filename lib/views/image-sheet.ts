/**
 * Many images as one picture: a single PNG, for hundreds of images or filters
 * whose titles do not matter.
 */
import { checkArguments } from '../core/argument';
import { htmlAttributes, htmlFigure } from '../frames/html';
import type { PixelSource, Pixels, TensorLike } from '../frames/pixels';
import { anAlt, captionOf } from './caption';
import { type ColorMap, checkValueRange, defaultRange, extent, positionIn, type ValueRange } from './color';
import { legendHtml } from './color-legend';
import { toImages } from './images';
import { encodePng } from './png';
import { createView, type View } from './view';

/** How a sheet of images looks. */
export interface ImageSheetOptions {
  /** What the picture shows, for those who cannot see it; must not be empty. */
  readonly alt: string;
  /** Images in a row; default about as many as there are rows. */
  readonly columns?: number;
  /** Default `ink`; `diverging` for weights, with a legend. */
  readonly colorMap?: ColorMap;
  /** Values at the ends of the colour map, one range for all; `each`: every image its own. Default see `defaultRange`. */
  readonly range?: ValueRange | 'each';
  /** Screen pixels a pixel, whole; default so that the sheet is about 600 wide, at most 8. */
  readonly scale?: number;
  /** Stands below the sheet. */
  readonly caption?: string;
  /** Name of the data set, shown after the caption. */
  readonly dataset?: string;
}

/**
 * Images of one size as one PNG, one pixel of grey between them.
 *
 * Throws TypeError without `alt`, RangeError for images of different size.
 *
 * @example imageSheet(filters, { alt: 'The 20 filters of the first layer', colorMap: 'diverging' })
 */
export function imageSheet(images: readonly PixelSource[] | TensorLike, options: ImageSheetOptions): View {
  const list = toImages(images);
  const { alt, colorMap = 'ink', range, columns = Math.ceil(Math.sqrt(list.length)) } = options;
  checkSheet(list, options);
  const shared =
    range === undefined || range === 'each'
      ? defaultRange(
          list.flatMap((image) => [...extent(image.values)]),
          colorMap,
        )
      : range;
  const rangeOf = (image: Pixels): ValueRange =>
    range === 'each' ? defaultRange(image.values, colorMap) : shared;
  const sheet = tile(list, columns, rangeOf);
  const scale = options.scale ?? Math.max(1, Math.min(8, Math.floor(600 / sheet.width)));
  const png = encodePng(sheet, { colorMap, range: [0, 1] }).toString('base64');
  const img = htmlAttributes({
    src: `data:image/png;base64,${png}`,
    alt,
    width: sheet.width * scale,
    height: sheet.height * scale,
    style: 'image-rendering:pixelated;display:block;max-width:100%;height:auto;margin:0',
  });
  const legend = colorMap === 'diverging' ? legendHtml(colorMap, range === 'each' ? undefined : shared) : '';
  const caption = captionOf(options);
  return createView({
    'text/html': htmlFigure(`<img${img}>${legend}`, { kind: 'image-sheet', caption }),
    'text/plain': [`[${list.length} images] ${alt}`, caption].filter(Boolean).join('\n'),
  });
}

function checkSheet(images: readonly Pixels[], { alt, columns, range, scale }: ImageSheetOptions): void {
  checkArguments('imageSheet', { alt }, { alt: anAlt });
  const [first] = images;
  if (!first) throw new RangeError('imageSheet: there are no images');
  const size = ({ height, width, channels }: Pixels): string => `${height} × ${width} × ${channels}`;
  for (const image of images) {
    if (size(image) !== size(first)) {
      throw new RangeError(`imageSheet: images must have one size, got ${size(first)} and ${size(image)}`);
    }
  }
  for (const [name, value] of Object.entries({ columns, scale })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw new RangeError(`imageSheet: ${name} must be a whole number from 1, got ${value}`);
    }
  }
  if (range && range !== 'each') checkValueRange('imageSheet', range);
}

/** All images side by side, values brought to 0 … 1, mid-grey (0.5) between them. */
function tile(images: readonly Pixels[], columns: number, rangeOf: (image: Pixels) => ValueRange): Pixels {
  const { height, width, channels } = images[0] as Pixels;
  const rows = Math.ceil(images.length / columns);
  const across = Math.min(columns, images.length);
  const [sheetHeight, sheetWidth] = [rows * (height + 1) - 1, across * (width + 1) - 1];
  const values = new Float32Array(sheetHeight * sheetWidth * channels).fill(0.5);
  images.forEach((image, index) => {
    const range = rangeOf(image);
    const top = Math.floor(index / columns) * (height + 1);
    const left = (index % columns) * (width + 1);
    for (let i = 0; i < image.values.length; i++) {
      const row = Math.floor(i / (width * channels));
      const target = ((top + row) * sheetWidth + left) * channels + (i - row * width * channels);
      values[target] = positionIn(image.values[i] as number, range);
    }
  });
  return { height: sheetHeight, width: sheetWidth, channels, values };
}
