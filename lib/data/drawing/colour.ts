/** Colours as the drawings mix them: red, green, blue, each 0 … 255, not rounded before the end. */
import type { Random } from '../../core/random';

/** Red, green, blue, each 0 … 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb` as numbers. */
export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The colour that lies `share`, 0 … 1, of the way from one to the other. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [channel(0), channel(1), channel(2)];
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [18, 14, 20];

/** Brighter by a share of what is missing to white. */
export const lighter = (colour: Rgb, share: number): Rgb => mix(colour, WHITE, share);

/** Darker by a share of what is missing to black. */
export const darker = (colour: Rgb, share: number): Rgb => mix(colour, BLACK, share);

/** A colour of the same family: each channel moved a little, all of them together a little more. */
export function varied(colour: Rgb, random: Random, amount: number = 10): Rgb {
  const together = random.normal(0, amount);
  const channel = (value: number): number =>
    Math.min(255, Math.max(0, value + together + random.normal(0, amount / 3)));
  return [channel(colour[0]), channel(colour[1]), channel(colour[2])];
}
