/**
 * A writer's hand: how wide, slanted, turned and top-heavy the whole digit
 * comes out. One affine map with two gentle bends, drawn anew for each digit.
 */
import type { Random } from '../../core/random';
import type { Line } from './spline';

/** What the pose is drawn from. Deviations are standard deviations of normal draws. */
export interface PoseRange {
  readonly width: readonly [mean: number, deviation: number];
  /** Shear to the right, x by height. */
  readonly slant: readonly [mean: number, deviation: number];
  readonly rotationDegrees: number;
  /** How much wider the top is than the foot, as a share of the width. */
  readonly taper: number;
  /** Where the middle moves: the logarithm of the exponent on y. */
  readonly bend: number;
}

/** Like the digits that people write on forms: narrower than high, leaning a little to the right. */
export const HAND: PoseRange = {
  width: [0.82, 0.17],
  slant: [0.16, 0.23],
  rotationDegrees: 7,
  taper: 0.22,
  bend: 0.24,
};

/** Poses the lines of one digit, in place. They lie in a box of 1 by 1, before and about after. */
export function pose(lines: readonly Line[], random: Random, range: PoseRange = HAND): void {
  const width = Math.max(0.4, random.normal(...range.width));
  const slant = random.normal(...range.slant);
  const angle = random.normal(0, (range.rotationDegrees * Math.PI) / 180);
  const taper = random.normal(0, range.taper);
  const exponent = Math.exp(random.normal(0, range.bend));
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  for (const { xs, ys } of lines) {
    for (let i = 0; i < xs.length; i++) {
      // A control point may have been shaken out of the box: negative numbers have no power.
      const v = Math.max(0, ys[i] as number) ** exponent - 0.5;
      const u = ((xs[i] as number) - 0.5) * width * (1 - taper * v) - slant * v;
      xs[i] = 0.5 + cos * u - sin * v;
      ys[i] = 0.5 + sin * u + cos * v;
    }
  }
}
