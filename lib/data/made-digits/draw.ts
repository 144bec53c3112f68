/**
 * One made digit, from its class to its pixels: a style, a shaky hand, a pose,
 * an elastic pull, a pen, a raster.
 */
import type { Random } from '../../core/random';
import { distort } from './elastic';
import { ink } from './pen';
import { pose } from './pose';
import { rasterize } from './raster';
import { STYLES, type Style } from './skeletons';
import { parseStroke, type StrokePoints, smoothLine } from './spline';

/** How far a control point strays from where the style has it; box heights, standard deviation. */
const SHAKE = 0.022;
/** Standard deviation of the elastic field's grid, in box heights. */
const ELASTIC = 0.075;
/** Some write neatly, some do not: the deviation of the logarithm of a factor on both. */
const SLOPPINESS = 0.3;

interface ReadyStyle {
  readonly style: Style;
  readonly strokes: readonly StrokePoints[];
}

let ready: readonly (readonly ReadyStyle[])[] | undefined;

/** The styles, their strokes parsed once. */
function readyStyles(digit: number): readonly ReadyStyle[] {
  ready ??= STYLES.map((styles) =>
    styles.map((style) => ({ style, strokes: style.strokes.map(parseStroke) })),
  );
  const styles = ready[digit];
  if (styles === undefined) throw new RangeError(`drawDigit: digit must be 0 … 9, got ${digit}`);
  return styles;
}

/**
 * Draws one digit.
 *
 * @param digit 0 … 9; RangeError otherwise.
 * @param random decides everything else.
 * @param image 784 zeros, drawn into: 28 × 28, row by row, 0 (paper) … 255 (ink).
 * @returns the image.
 */
export function drawDigit(
  digit: number,
  random: Random,
  image: Uint8Array = new Uint8Array(784),
): Uint8Array {
  const { strokes } = pickByWeight(readyStyles(digit), random);
  const sloppy = Math.exp(random.normal(0, SLOPPINESS));
  const lines = strokes.map((stroke) => smoothLine(shaken(stroke, SHAKE * sloppy, random)));
  distort(lines, ELASTIC * sloppy, random);
  pose(lines, random);
  rasterize(ink(lines, random), image);
  return image;
}

function pickByWeight(styles: readonly ReadyStyle[], random: Random): ReadyStyle {
  let rest = random.uniform() * styles.reduce((sum, { style }) => sum + style.weight, 0);
  for (const candidate of styles) {
    rest -= candidate.style.weight;
    if (rest < 0) return candidate;
  }
  // Only where rounding leaves a hair of the sum over.
  return styles[styles.length - 1] as ReadyStyle;
}

/** The same stroke by a hand that never hits a point exactly, least of all where it begins and ends. */
function shaken({ xs, ys, corners }: StrokePoints, deviation: number, random: Random): StrokePoints {
  const last = xs.length - 1;
  const shake = (value: number, i: number): number =>
    value + random.normal(0, i === 0 || i === last ? 1.5 * deviation : deviation);
  return { xs: xs.map(shake), ys: ys.map(shake), corners };
}
