/**
 * The head of a cat: wide, with pointed ears, slit pupils, a small nose and
 * whiskers. Its middle is at [0, 0], half its width is 1.
 */
import type { Random } from '../../core/random';
import type { Fill } from '../drawing/canvas';
import { darker, lighter, mix, type Rgb, rgb } from '../drawing/colour';
import { blob, ellipse, polygon, stroke } from '../drawing/shapes';
import type { Coat } from './coat';

const IRISES: readonly Rgb[] = ['#9fc25a', '#e0b03c', '#7fb4d6', '#c9852f'].map(rgb);
const INNER_EAR = rgb('#e3a6a0');
const PUPIL = rgb('#1d181b');
const WHITE: Rgb = [255, 255, 255];

/** Draws the head. */
export function drawCatHead(fill: Fill, coat: Coat, random: Random): void {
  for (const side of [-1, 1]) drawEar(fill, coat, side, random);
  fill(FACE, coat.shade);
  fill(inset(0.93), coat.fur);
  if (random.uniform() < 0.5) drawForehead(fill, coat);
  for (const side of [-1, 1]) fill(ellipse(0.2 * side, 0.42, 0.32, 0.25), coat.muzzle);
  fill(ellipse(0, 0.62, 0.22, 0.14), coat.muzzle);
  drawEyes(fill, random);
  drawMouth(fill, coat);
  drawWhiskers(fill, coat, random);
}

/** Wide cheeks, a flat chin. */
const CHEEKS = [
  [0, -0.82],
  [0.55, -0.7],
  [0.92, -0.2],
  [1.02, 0.28],
  [0.6, 0.68],
  [0, 0.8],
  [-0.6, 0.68],
  [-1.02, 0.28],
  [-0.92, -0.2],
  [-0.55, -0.7],
] as const;

const inset = (share: number): ReturnType<typeof blob> =>
  blob(...CHEEKS.map(([x, y]): [number, number] => [x * share, y * share]));

const FACE = inset(1);

function drawEar(fill: Fill, coat: Coat, side: number, random: Random): void {
  const [tipX, tipY] = [random.between(0.72, 0.92), -random.between(1.25, 1.55)];
  const ear = (shrink: number): ReturnType<typeof polygon> => {
    const at = (x: number, y: number): [number, number] => [
      side * (0.6 + (x - 0.6) * shrink),
      -0.65 + (y + 0.65) * shrink,
    ];
    return polygon(at(0.95, -0.1), at(tipX + 0.05, tipY), at(tipX - 0.05, tipY), at(0.12, -0.72));
  };
  fill(ear(1.08), coat.shade);
  fill(ear(0.98), coat.ears);
  fill(ear(0.6), mix(INNER_EAR, coat.ears, 0.3));
}

/** The lines between the ears that tabbies have. */
function drawForehead(fill: Fill, coat: Coat): void {
  for (const x of [-0.24, 0, 0.24]) {
    const line = [
      [x * 1.2, -0.76],
      [x * 0.8, -0.42],
    ] as const;
    fill(stroke(line, 0.12, 0.05), darker(coat.base, 0.4));
  }
}

function drawEyes(fill: Fill, random: Random): void {
  const iris = random.pick(IRISES);
  const open = random.between(0.18, 0.27);
  const pupil = random.between(0.05, 0.12);
  for (const side of [-1, 1]) {
    const x = 0.42 * side;
    fill(ellipse(x, -0.04, 0.26, open + 0.04, 0.25 * side), PUPIL);
    fill(ellipse(x, -0.04, 0.22, open, 0.25 * side), iris);
    fill(ellipse(x, -0.04, pupil, open * 0.92), PUPIL);
    fill(ellipse(x - 0.06, -0.13, 0.055, 0.06), WHITE);
  }
}

function drawMouth(fill: Fill, coat: Coat): void {
  fill(polygon([-0.13, 0.2], [0.13, 0.2], [0, 0.36]), coat.nose);
  for (const side of [-1, 1]) {
    const line = [
      [0, 0.36],
      [0.06 * side, 0.52],
      [0.26 * side, 0.52],
    ] as const;
    fill(stroke(line, 0.06, 0.04), darker(coat.muzzle, 0.6));
  }
}

function drawWhiskers(fill: Fill, coat: Coat, random: Random): void {
  // Light on dark fur, dark on light: a whisker that is not seen is none.
  const brightness = (coat.base[0] + coat.base[1] + coat.base[2]) / 3;
  const colour = brightness < 130 ? lighter(coat.base, 0.8) : darker(coat.base, 0.65);
  const length = random.between(1.15, 1.45);
  for (const side of [-1, 1]) {
    for (const [y, end] of [
      [0.34, 0.18],
      [0.43, 0.44],
      [0.52, 0.68],
    ] as const) {
      const line = [
        [0.36 * side, y],
        [0.8 * side, (y + end) / 2 - 0.03],
        [length * side, end],
      ] as const;
      fill(stroke(line, 0.05, 0.025), colour, { opacity: 0.85 });
    }
  }
}
