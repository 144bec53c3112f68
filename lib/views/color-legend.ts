/**
 * A colour map as a strip, with the values at its ends: the key to a picture of weights.
 */
import { formatNumber } from '../frames/format';
import { htmlAttributes, htmlElement } from '../frames/html';
import type { ColorMap, ValueRange } from './color';
import { pngDataUri } from './png';

const STEPS = 64;

interface StripLook {
  readonly width: number;
  readonly height: number;
  readonly style: string;
}

function stripHtml(colorMap: ColorMap, alt: string, look: StripLook): string {
  const values = Array.from({ length: STEPS }, (_, i) => i);
  const source = pngDataUri(
    { height: 1, width: STEPS, channels: 1, values },
    { colorMap, range: [0, STEPS - 1] },
  );
  return `<img${htmlAttributes({ src: source, alt, ...look })}>`;
}

const write = (value: number): string => formatNumber(value, { digits: 2 });
const NUMBERS = 'font-variant-numeric:tabular-nums';

/** The legend of one range for all, its values beside the strip; without a range it says that each image has its own. */
export function legendHtml(colorMap: ColorMap, range: ValueRange | undefined): string {
  const style = 'display:inline-block;vertical-align:middle;height:10px;margin:0 6px;border:1px solid #888';
  const [low, high] = range ? range.map(write) : ['−', '+'];
  const note = range ? '' : ', each image by its own largest value';
  const words = `${low}${stripHtml(colorMap, 'colour scale, to', { width: 128, height: 10, style })}${high}${note}`;
  return htmlElement('div', { style: `font-size:12px;margin-top:6px;${NUMBERS}` }, words);
}

/** The legend of one image's own range, as wide as the image, its values below the strip. */
export function ownLegendHtml(colorMap: ColorMap, [low, high]: ValueRange, width: number): string {
  const style = 'display:block;height:8px;margin:4px 0 0;border:1px solid #8888';
  const look = { width, height: 8, style };
  const strip = stripHtml(colorMap, 'colour scale:', look);
  const ends = [low, high].map((value) => htmlElement('span', {}, write(value))).join(' ');
  const numbers = `display:flex;justify-content:space-between;font-size:11px;line-height:1.3;${NUMBERS}`;
  return strip + htmlElement('div', { style: numbers }, ends);
}
