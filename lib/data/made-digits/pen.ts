/**
 * The pen: how thick the line is at each of its points. Some pens are broad;
 * the hand presses harder here than there; the line thins where the pen is
 * put down and taken up.
 */
import type { Random } from '../../core/random';
import type { Line } from './spline';

/** A line with the pen's radius at each point. */
export interface InkedLine extends Line {
  readonly radii: number[];
}

/** Share of the line, at each end, over which the pen comes down or goes up. */
const RAMP = 0.08;

/**
 * Inks the lines of one digit.
 *
 * @param lines in a box of about 1 by 1.
 * @returns the same points with radii in the same unit, about 0.03 to 0.12.
 */
export function ink(lines: readonly Line[], random: Random): InkedLine[] {
  const radius = Math.min(0.115, Math.max(0.03, 0.066 * Math.exp(random.normal(0, 0.3))));
  return lines.map((line) => ({ ...line, radii: pressed(line.xs.length, radius, random) }));
}

/** Two slow waves and a fine tremble about `radius`, thinner towards the ends. */
function pressed(length: number, radius: number, random: Random): number[] {
  const amplitude = Math.abs(random.normal(0, 0.16));
  const waves = random.between(0.4, 1.6);
  const phase = random.between(0, 2 * Math.PI);
  const thinStart = random.between(0.55, 1.05);
  const thinEnd = random.between(0.45, 1.05);
  return Array.from({ length }, (_, i) => {
    const t = i / (length - 1);
    const pressure = 1 + amplitude * Math.sin(2 * Math.PI * waves * t + phase) + random.normal(0, 0.035);
    const down = Math.min(1, thinStart + ((1 - thinStart) * t) / RAMP);
    const up = Math.min(1, thinEnd + ((1 - thinEnd) * (1 - t)) / RAMP);
    return radius * pressure * down * up;
  });
}
