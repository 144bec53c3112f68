/**
 * Colours as numbers: maps from values to colours, and how well two colours can
 * be told apart.
 *
 * The diverging map is ColorBrewer's RdBu (Brewer, Harrower; Apache licence),
 * the perceptual one viridis (Smith, van der Walt; CC0); both are safe for the
 * common colour blindnesses. Contrast is WCAG 2's.
 */
import { type Kind, oneOf } from '../core/argument-kinds';

/** Red, green, blue, each 0 … 255, whole. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * `ink`: white to black, as ink on paper (`Greys` elsewhere); `light`: black to
 * white; `diverging`: blue through white to red; `viridis`: dark blue to yellow.
 */
export type ColorMap = 'ink' | 'light' | 'diverging' | 'viridis';

const STOPS: { readonly [map in ColorMap]: readonly string[] } = {
  ink: ['#ffffff', '#000000'],
  light: ['#000000', '#ffffff'],
  diverging: [
    '#053061',
    '#2166ac',
    '#4393c3',
    '#92c5de',
    '#d1e5f0',
    '#f7f7f7',
    '#fddbc7',
    '#f4a582',
    '#d6604d',
    '#b2182b',
    '#67001f',
  ],
  viridis: [
    '#440154',
    '#482475',
    '#414487',
    '#355f8d',
    '#2a788e',
    '#21918c',
    '#22a884',
    '#44bf70',
    '#7ad151',
    '#bddf26',
    '#fde725',
  ],
};

export const aColorMap: Kind = oneOf(...Object.keys(STOPS));

/** `#rrggbb` as numbers. Throws RangeError for anything else. */
export function parseHex(hex: string): Rgb {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!digits) throw new RangeError(`parseHex: expected a colour like #1a2b3c, got ${hex}`);
  return [1, 2, 3].map((i) => Number.parseInt(digits[i] ?? '', 16)) as unknown as Rgb;
}

/** `#rrggbb`, or `#rgb` where that says the same. */
export function hexOf(color: Rgb): string {
  const hex = color.map((channel) => channel.toString(16).padStart(2, '0'));
  const short = hex.every((pair) => pair[0] === pair[1]);
  return `#${hex.map((pair) => (short ? pair[0] : pair)).join('')}`;
}

/** The map's colour at `position`, 0 … 1 (clipped; NaN is taken as 0). */
export function colorAt(map: ColorMap, position: number): Rgb {
  const stops = STOPS[map];
  if (stops === undefined) {
    throw new RangeError(`colorAt: no colour map "${map}"; there are ${Object.keys(STOPS).join(', ')}`);
  }
  const along = Math.min(1, Math.max(0, position || 0)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(along));
  const [from, to] = [parseHex(stops[index] ?? ''), parseHex(stops[index + 1] ?? '')];
  return from.map((channel, i) =>
    Math.round(channel + ((to[i] ?? 0) - channel) * (along - index)),
  ) as unknown as Rgb;
}

/** The map as a Plotly colour scale: pairs of position and colour. */
export function plotlyScale(map: ColorMap): [number, string][] {
  const stops = STOPS[map];
  return stops.map((color, i) => [i / (stops.length - 1), color]);
}

/** WCAG's relative luminance, 0 (black) … 1 (white). */
export function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG's contrast ratio of two colours, 1 … 21; text wants 4.5, graphics 3. */
export function contrastRatio(a: Rgb, b: Rgb): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is easier to read on the background; at least 4.58 : 1. */
export function textColorOn(background: Rgb): '#000' | '#fff' {
  return contrastRatio(background, [0, 0, 0]) >= contrastRatio(background, [255, 255, 255]) ? '#000' : '#fff';
}

/** The values at the two ends of a colour map. */
export type ValueRange = readonly [min: number, max: number];

/** Smallest and largest value, NaN and infinities aside; [0, 0] where there is none. */
export function extent(values: ArrayLike<number>): ValueRange {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? [0, 0] : [min, max];
}

/**
 * The range by which values are coloured when nothing is said: symmetric about
 * 0 for the diverging map; else 0 … 255 or 0 … 1 where all values lie inside,
 * as pixels do; else from the smallest to the largest.
 */
export function defaultRange(values: ArrayLike<number>, map: ColorMap): ValueRange {
  const [min, max] = extent(values);
  if (map === 'diverging') {
    const most = Math.max(-min, max) || 1;
    return [-most, most];
  }
  if (min >= 0 && max <= 1) return [0, 1];
  if (min >= 0 && max <= 255 && max > 1) return [0, 255];
  return [min, max];
}

/** Where the value lies in the range, 0 … 1 at its ends; 0 for an empty range. */
export function positionIn(value: number, [min, max]: ValueRange): number {
  return max > min ? (value - min) / (max - min) : 0;
}

/** Throws RangeError unless the range is two finite numbers, the first the smaller. */
export function checkValueRange(name: string, [min, max]: ValueRange): void {
  if (!(Number.isFinite(min) && Number.isFinite(max) && min < max)) {
    throw new RangeError(`${name}: range must be [min, max] with min < max, got [${min}, ${max}]`);
  }
}
