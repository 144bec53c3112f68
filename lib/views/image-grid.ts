/**
 * Image grids: many small pictures, each with its title, in rows that wrap to
 * the width of the page. Every picture is its own tiny PNG, enlarged with
 * crisp pixels; `imageSheet` makes one PNG of all where titles are not needed.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aList, aNumber, aPair, either, oneOf } from '../core/argument-kinds';
import { escapeHtml } from '../core/html';
import { someImages } from '../frames/argument-kinds';
import { htmlAttributes, htmlElement, htmlFigure } from '../frames/html';
import type { PixelSource, Pixels, TensorLike } from '../frames/pixels';
import { anAlt, captionKinds, captionOf } from './caption';
import { aColorMap, type ColorMap, checkValueRange, type ValueRange } from './color';
import { legendHtml, ownLegendHtml } from './color-legend';
import { checkRanges, type ImageRange, isRangeList, rangesFor } from './image-ranges';
import { toImages } from './images';
import { pngDataUri } from './png';
import { createView, type View } from './view';

/** Whether a prediction was right: shown by a symbol and a colour. */
export type Mark = 'right' | 'wrong';

/** How a grid of images looks. */
export interface ImageGridOptions {
  /** What the picture shows, for those who cannot see it; must not be empty. */
  readonly alt: string;
  /** One for each image, such as `7` or `pred 9 / true 4`. */
  readonly titles?: readonly (string | number)[];
  /** One for each image; undefined marks nothing. */
  readonly marks?: readonly (Mark | undefined)[];
  /** Default `ink`; `diverging` for weights, with a legend. */
  readonly colorMap?: ColorMap;
  /**
   * Values at the ends of the colour map: one range for all, or a list of one for each image; `each`: every image
   * by its own values. Ranges that differ are shown below each image. Default one for all, see `defaultRange`.
   */
  readonly range?: ImageRange;
  /** Screen pixels a pixel, whole; default so that an image is about 72 wide. */
  readonly scale?: number;
  /** Images in a row; default as many as fit the page. */
  readonly columns?: number;
  /** Stands below the grid. */
  readonly caption?: string;
  /** Name of the data set, shown after the caption. */
  readonly dataset?: string;
}

const GAP = 10;
/** Of the frame around each image, in screen pixels. */
const BORDER = 1;
const MARKS: { readonly [mark in Mark]: { symbol: string; color: string } } = {
  // Both colours have at least 4 : 1 on white and on near-black.
  right: { symbol: '✓', color: '#0c8a4b' },
  wrong: { symbol: '✗', color: '#d8382f' },
};

/**
 * A grid of images: an array of images, or a tensor of shape [n, h, w],
 * [n, h, w, 1 | 3 | 4] or [n, pixels of a square].
 *
 * Throws TypeError without `alt`, RangeError where titles or marks are not one
 * for each image, or for values that are no images.
 *
 * @example imageGrid(wrong, { alt: 'Digits the net misread', titles, marks, dataset: 'MNIST' })
 */
export function imageGrid(images: readonly PixelSource[] | TensorLike, options: ImageGridOptions): View {
  checkArguments('imageGrid', { images }, { images: someImages });
  checkOptions('imageGrid', options, {
    alt: required(anAlt),
    titles: aList,
    marks: aList,
    colorMap: aColorMap,
    range: either(aPair, aList, oneOf('each')),
    scale: aNumber,
    columns: aNumber,
    ...captionKinds,
  });
  const list = toImages(images);
  checkCounts(list, options);
  const { titles, marks, colorMap = 'ink', range, alt, scale, columns } = options;
  const ranges = rangesFor(list, colorMap, range);
  const isOwn = range === 'each' || isRangeList(range);
  const cells = list.map((image, i) => {
    const title = titles?.[i] === undefined ? '' : String(titles[i]);
    const label = [`${i + 1} of ${list.length}`, title, marks?.[i]].filter(Boolean).join(', ');
    const own = ranges[i] as ValueRange;
    const source = pngDataUri(image, { colorMap, range: own });
    const key = isOwn ? ownLegendHtml(colorMap, own, image.width * scaleOf(image, scale)) : '';
    return cellHtml(image, { source, label, title, mark: marks?.[i], scale, key });
  });
  const cellWidth = (list[0]?.width ?? 0) * scaleOf(list[0], scale) + 2 * BORDER;
  const rowWidth = columns && columns * (cellWidth + GAP);
  const style = `display:flex;flex-wrap:wrap;gap:${GAP}px;align-items:flex-start${rowWidth ? `;max-width:${rowWidth}px` : ''}`;
  const shared = ranges[0];
  const legend = colorMap === 'diverging' && !isOwn && shared ? legendHtml(colorMap, shared) : '';
  const caption = captionOf(options);
  return createView({
    'text/html': htmlFigure(htmlElement('div', { style }, cells.join('')) + legend, {
      kind: 'image-grid',
      label: alt,
      caption,
    }),
    'text/plain': [`[${list.length} images] ${alt}`, caption].filter(Boolean).join('\n'),
  });
}

function checkCounts(images: readonly Pixels[], { titles, marks, range, scale }: ImageGridOptions): void {
  for (const [name, list] of Object.entries({ titles, marks })) {
    if (list && list.length !== images.length) {
      throw new RangeError(
        `imageGrid: ${name} must be one for each image, got ${list.length} for ${images.length} images`,
      );
    }
  }
  if (isRangeList(range)) checkRanges(range, images.length);
  else if (range && range !== 'each') checkValueRange('imageGrid', range);
  if (scale !== undefined && !(Number.isInteger(scale) && scale >= 1)) {
    throw new RangeError(`imageGrid: scale must be a whole number from 1, got ${scale}`);
  }
}

function scaleOf(image: Pixels | undefined, scale?: number): number {
  return scale ?? Math.max(1, Math.round(72 / (image?.width ?? 72)));
}

interface CellOptions {
  readonly source: string;
  readonly label: string;
  readonly title: string;
  readonly mark: Mark | undefined;
  readonly scale: number | undefined;
  /** The image's own range, as HTML. */
  readonly key: string;
}

function cellHtml(image: Pixels, options: CellOptions): string {
  const { source, label, title, mark, scale: chosen, key } = options;
  const scale = scaleOf(image, chosen);
  const width = image.width * scale;
  const attributes = {
    src: source,
    alt: label,
    width,
    height: image.height * scale,
    style: 'image-rendering:pixelated;display:block;margin:0;border:1px solid #8888',
  };
  const symbol =
    mark === undefined
      ? ''
      : `${htmlElement('span', { style: `color:${MARKS[mark].color};font-weight:bold` }, MARKS[mark].symbol)} `;
  const below =
    title || symbol
      ? htmlElement(
          'div',
          { style: 'font-size:12px;line-height:1.3;text-align:center;padding-top:2px' },
          symbol + escapeHtml(title),
        )
      : '';
  return htmlElement(
    'div',
    { style: `width:${width + 2}px` },
    `<img${htmlAttributes(attributes)}>${key}${below}`,
  );
}
