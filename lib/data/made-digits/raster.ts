/**
 * From inked lines to pixels, by MNIST's own conventions: the digit is scaled,
 * its aspect kept, to fit a box of 20 × 20 pixels, drawn with smooth edges,
 * and set into 28 × 28 so that its centre of mass is in the middle.
 *
 * Source: the description of the database on its page, and LeCun, Bottou,
 * Bengio and Haffner, Gradient-based learning applied to document recognition,
 * 1998, section III.A.
 */
import type { InkedLine } from './pen';

/** Pixels a side of a finished image. */
export const SIDE = 28;
const BOX = 20;
/** Width, in pixels, over which the edge of a line fades from ink to paper. */
const EDGE = 1.25;

/** Draws the lines of one digit into `image`, 784 zeros, as 0 (paper) … 255 (ink). */
export function rasterize(lines: readonly InkedLine[], image: Uint8Array): void {
  const box = new Float64Array(BOX * BOX);
  const { scale, left, top } = fit(lines);
  for (const { xs, ys, radii } of lines) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const from = { x: ((xs[i] as number) - left) * scale, y: ((ys[i] as number) - top) * scale };
      const to = { x: ((xs[i + 1] as number) - left) * scale, y: ((ys[i + 1] as number) - top) * scale };
      drawPiece(box, from, to, (radii[i] as number) * scale, (radii[i + 1] as number) * scale);
    }
  }
  centre(box, image);
}

/** The scale and offset that fit the lines, their thickness included, into the middle of the box. */
function fit(lines: readonly InkedLine[]): { scale: number; left: number; top: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { xs, ys, radii } of lines) {
    for (let i = 0; i < xs.length; i++) {
      const [x, y, radius] = [xs[i] as number, ys[i] as number, radii[i] as number];
      left = Math.min(left, x - radius);
      right = Math.max(right, x + radius);
      top = Math.min(top, y - radius);
      bottom = Math.max(bottom, y + radius);
    }
  }
  const scale = BOX / Math.max(right - left, bottom - top);
  const middle = BOX / 2 / scale;
  return { scale, left: (left + right) / 2 - middle, top: (top + bottom) / 2 - middle };
}

interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** A straight piece with round ends whose radius goes from r0 to r1; the darker ink stays. */
function drawPiece(box: Float64Array, from: Pixel, to: Pixel, r0: number, r1: number): void {
  const reach = Math.max(r0, r1) + EDGE / 2;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = dx * dx + dy * dy || 1e-12;
  const firstColumn = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const lastColumn = Math.min(BOX - 1, Math.floor(Math.max(from.x, to.x) + reach));
  const firstRow = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const lastRow = Math.min(BOX - 1, Math.floor(Math.max(from.y, to.y) + reach));
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const px = column + 0.5 - from.x;
      const py = row + 0.5 - from.y;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const inside = r0 + t * (r1 - r0) - Math.sqrt(ex * ex + ey * ey);
      const coverage = Math.min(1, inside / EDGE + 0.5);
      const index = row * BOX + column;
      if (coverage > (box[index] as number)) box[index] = coverage;
    }
  }
}

/** Copies the box into the image, its centre of mass to the middle, without cutting any of it off. */
function centre(box: Float64Array, image: Uint8Array): void {
  let [mass, massX, massY] = [0, 0, 0];
  for (let index = 0; index < box.length; index++) {
    const value = box[index] as number;
    mass += value;
    massX += value * ((index % BOX) + 0.5);
    massY += value * (Math.floor(index / BOX) + 0.5);
  }
  const offset = (moment: number): number =>
    Math.min(SIDE - BOX, Math.max(0, Math.round(SIDE / 2 - moment / mass)));
  const start = offset(massY) * SIDE + offset(massX);
  for (let index = 0; index < box.length; index++) {
    image[start + Math.floor(index / BOX) * SIDE + (index % BOX)] = Math.round(255 * (box[index] as number));
  }
}
