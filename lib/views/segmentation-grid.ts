/**
 * Segmented pictures: in each row a picture, what each of its pixels truly
 * shows, and what a net takes it for, side by side, with a legend below.
 */
import { checkArguments, checkOptions, required } from '../core/argument';
import { aNumber, having, listOf, someStrings } from '../core/argument-kinds';
import { escapeHtml } from '../core/html';
import { htmlAttributes, htmlElement, htmlFigure } from '../frames/html';
import { type PixelSource, type Pixels, toPixels } from '../frames/pixels';
import { anAlt, captionKinds, captionOf } from './caption';
import { defaultRange } from './color';
import { paintMask } from './mask-palette';
import { pngDataUri } from './png';
import { createView, type View } from './view';

/** One row. Masks hold class numbers, in the size of the picture. */
export interface SegmentedPicture {
  readonly picture: PixelSource;
  readonly truth: PixelSource;
  readonly prediction?: PixelSource;
}

/** How a grid of segmented pictures looks. */
export interface SegmentationGridOptions {
  /** What the pictures show, for those who cannot see them; must not be empty. */
  readonly alt: string;
  /** What the class numbers mean. */
  readonly classes: readonly string[];
  /** Screen pixels a pixel, whole; default so that a picture is about 190 wide. */
  readonly scale?: number;
  /** Stands below the grid. */
  readonly caption?: string;
  /** Name of the data set, shown after the caption. */
  readonly dataset?: string;
}

/**
 * A grid of segmented pictures.
 *
 * Throws TypeError without `alt`; RangeError where a mask has another size than its picture or a
 * number that is no class.
 *
 * @example segmentationGrid([{ picture, truth, prediction }], { alt: 'A street, pixel by pixel', classes })
 */
export function segmentationGrid(rows: readonly SegmentedPicture[], options: SegmentationGridOptions): View {
  checkArguments(
    'segmentationGrid',
    { rows },
    { rows: listOf(having('a row', 'picture'), 'a list of rows, such as [{ picture, truth, prediction }]') },
  );
  checkOptions('segmentationGrid', options, {
    alt: required(anAlt),
    classes: required(someStrings),
    scale: aNumber,
    ...captionKinds,
  });
  const { alt, classes } = options;
  checkScale(options.scale);
  const body = rows.map((row, index) => rowHtml(row, `${index + 1} of ${rows.length}`, options));
  const caption = captionOf(options);
  const content = body.join('') + legendHtml(classes);
  return createView({
    'text/html': htmlFigure(content, { kind: 'segmentation-grid', label: alt, caption }),
    'text/plain': [`[${rows.length} segmented pictures] ${alt}`, caption].filter(Boolean).join('\n'),
  });
}

function checkScale(scale: number | undefined): void {
  if (scale === undefined || (Number.isInteger(scale) && scale >= 1)) return;
  throw new RangeError(`segmentationGrid: scale must be a whole number from 1, got ${scale}`);
}

const ROW_STYLE = 'display:flex;flex-wrap:wrap;gap:10px;margin-bottom:8px';
const WORDS_STYLE = 'font-size:12px;line-height:1.3;text-align:center;padding-top:2px';

function rowHtml(
  { picture, truth, prediction }: SegmentedPicture,
  place: string,
  { classes, scale: chosen }: SegmentationGridOptions,
): string {
  const image = toPixels(picture);
  const scale = chosen ?? Math.max(1, Math.round(190 / image.width));
  const range = defaultRange(image.values, 'light');
  const source = pngDataUri(image, { colorMap: 'light', range });
  const cells = [cellHtml(image, { source, scale, alt: `${place}, picture`, words: 'picture' })];
  for (const [words, given] of [
    ['true', truth],
    ['predicted', prediction],
  ] as const) {
    if (given === undefined) continue;
    const mask = checkedMask(toPixels(given), image, words, place, classes.length);
    const painted = pngDataUri(paintMask(mask, scale), { range: [0, 255] });
    const alternative = `${place}, ${words}: ${sharesText(mask, classes)}`;
    cells.push(cellHtml(image, { source: painted, scale, alt: alternative, words }));
  }
  return htmlElement('div', { style: ROW_STYLE }, cells.join(''));
}

interface Cell {
  readonly source: string;
  readonly scale: number;
  readonly alt: string;
  readonly words: string;
}

function cellHtml({ height, width }: Pixels, { source, scale, alt, words }: Cell): string {
  const image = htmlAttributes({
    src: source,
    alt,
    width: width * scale,
    height: height * scale,
    style: 'image-rendering:pixelated;display:block;max-width:100%;height:auto;margin:0',
  });
  const below = htmlElement('div', { style: WORDS_STYLE }, escapeHtml(words));
  return htmlElement('div', { style: `width:${width * scale}px;max-width:100%` }, `<img${image}>${below}`);
}

function checkedMask(mask: Pixels, picture: Pixels, name: string, place: string, classes: number): Pixels {
  const size = ({ height, width, channels }: Pixels): string => `${height} × ${width} × ${channels}`;
  if (size(mask) !== size({ ...picture, channels: 1 })) {
    const expected = size({ ...picture, channels: 1 });
    throw new RangeError(
      `segmentationGrid: the ${name} mask ${place} must be ${expected}, got ${size(mask)}`,
    );
  }
  const stray = Array.from(mask.values).find(
    (value) => !(Number.isInteger(value) && value >= 0 && value < classes),
  );
  if (stray === undefined) return mask;
  throw new RangeError(
    `segmentationGrid: class numbers must be whole numbers in 0 … ${classes - 1}, got ${stray} in the ${name} mask ${place}`,
  );
}

/** What a mask shows, most first: `road 41 %, sky 30 %`; shares below one in two hundred are left out. */
function sharesText({ values }: Pixels, classes: readonly string[]): string {
  const counts = classes.map(() => 0);
  for (const value of Array.from(values)) counts[value] = (counts[value] as number) + 1;
  return counts
    .map((count, label) => ({ name: classes[label], percent: Math.round((100 * count) / values.length) }))
    .filter(({ percent }) => percent > 0)
    .sort((a, b) => b.percent - a.percent)
    .map(({ name, percent }) => `${name} ${percent} %`)
    .join(', ');
}

const SWATCH = { height: 14, width: 22 };

function legendHtml(classes: readonly string[]): string {
  const entries = classes.map((name, label) => {
    const values = new Uint8Array(SWATCH.height * SWATCH.width).fill(label);
    const swatch = paintMask({ ...SWATCH, channels: 1, values }, 1);
    const style = 'display:inline-block;vertical-align:middle;margin:0 5px 0 0;border:1px solid #888';
    const image = htmlAttributes({ src: pngDataUri(swatch, { range: [0, 255] }), alt: '', ...SWATCH, style });
    return htmlElement('span', { style: 'white-space:nowrap' }, `<img${image}>${escapeHtml(name)}`);
  });
  const style = 'display:flex;flex-wrap:wrap;gap:4px 14px;font-size:12px;margin-top:2px';
  return htmlElement('div', { style }, entries.join(''));
}
