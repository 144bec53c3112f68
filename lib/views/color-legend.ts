/**
 * A colour map as a strip, with the values at its ends: the key to a picture of weights.
 */
import { formatNumber } from '../frames/format';
import { htmlAttributes, htmlElement } from '../frames/html';
import type { ColorMap, ValueRange } from './color';
import { pngDataUri } from './png';

const STEPS = 64;

/** The legend as HTML; without a range it says that each image has its own. */
export function legendHtml(colorMap: ColorMap, range: ValueRange | undefined): string {
  const values = Array.from({ length: STEPS }, (_, i) => i);
  const strip = { height: 1, width: STEPS, channels: 1 as const, values };
  const [low, high] = range
    ? range.map((value) => formatNumber(value, { digits: 2 }).replace('-', '−'))
    : ['−', '+'];
  const image = htmlAttributes({
    src: pngDataUri(strip, { colorMap, range: [0, STEPS - 1] }),
    alt: 'colour scale, to',
    width: 128,
    height: 10,
    style: 'display:inline-block;vertical-align:middle;margin:0 6px;border:1px solid #888',
  });
  const note = range ? '' : ', each image by its own largest value';
  const style = 'font-size:12px;margin-top:6px;font-variant-numeric:tabular-nums';
  return htmlElement('div', { style }, `${low}<img${image}>${high}${note}`);
}
