/**
 * The head of a dog: longer than wide, with a snout, a large dark nose, round
 * eyes and ears that hang, fold or stand. Its middle is at [0, 0], half its
 * width is a little less than 1.
 */
import type { Random } from '../../core/random';
import type { Fill } from '../drawing/canvas';
import { darker, lighter, mix, type Rgb, rgb } from '../drawing/colour';
import { blob, ellipse, type Shape, stroke } from '../drawing/shapes';
import type { Coat } from './coat';

const NOSE = rgb('#2b2226');
const EYE = rgb('#2a1c17');
const TONGUE = rgb('#e27583');
const INNER_EAR = rgb('#d9a09a');
const WHITE: Rgb = [255, 255, 255];

/** Draws the head. */
export function drawDogHead(fill: Fill, coat: Coat, random: Random): void {
  const ears = random.pick(['hanging', 'hanging', 'folded', 'standing'] as const);
  if (ears !== 'hanging') drawEars(fill, coat, ears, random);
  fill(skull(1), coat.shade);
  fill(skull(0.93), coat.fur);
  if (random.uniform() < 0.3) fill(ellipse(0, -0.35, 0.17, 0.5), coat.muzzle);
  if (ears === 'hanging') drawEars(fill, coat, ears, random);
  drawSnout(fill, coat, random);
  drawEyes(fill, coat, random);
}

const skull = (share: number): Shape =>
  blob(
    ...(
      [
        [0, -0.86],
        [0.5, -0.74],
        [0.8, -0.3],
        [0.76, 0.22],
        [0.5, 0.72],
        [0, 0.95],
        [-0.5, 0.72],
        [-0.76, 0.22],
        [-0.8, -0.3],
        [-0.5, -0.74],
      ] as const
    ).map(([x, y]): [number, number] => [x * share, y * share]),
  );

type Ears = 'hanging' | 'folded' | 'standing';

function drawEars(fill: Fill, coat: Coat, ears: Ears, random: Random): void {
  const length = random.between(0.35, 0.95);
  const lean = random.between(0, 0.12);
  const colour = mix(coat.ears, coat.shade, 0.25);
  for (const side of [-1, 1]) {
    const outline = EARS[ears](length, lean);
    const ear = (share: number): Shape => {
      const [middleX, middleY] = [0.8, ears === 'hanging' ? -0.1 : -0.8];
      return blob(
        ...outline.map(([x, y]): [number, number] => [
          side * (middleX + (x - middleX) * share),
          middleY + (y - middleY) * share,
        ]),
      );
    };
    fill(ear(1.1), coat.shade);
    fill(ear(0.96), colour);
    if (ears === 'standing') fill(ear(0.5), mix(INNER_EAR, colour, 0.35));
  }
}

type Outline = readonly (readonly [number, number])[];

const EARS: { readonly [ears in Ears]: (length: number, lean: number) => Outline } = {
  hanging: (length, lean) => [
    [0.42, -0.8],
    [0.78, -0.78],
    [1.02 + lean, -0.3],
    [1.06 + lean, length * 0.6],
    [0.86 + lean, length],
    [0.66, length * 0.65],
    [0.62, -0.25],
  ],
  folded: (length, lean) => [
    [0.3, -0.72],
    [0.55, -1.1],
    [0.95, -1.12],
    [1.24 + lean, -0.75],
    [1.22 + lean, -0.45 + 0.2 * length],
    [0.94, -0.55],
    [0.74, -0.35],
  ],
  standing: (length, lean) => [
    [0.2, -0.72],
    [0.42, -1.1],
    [0.7 + lean, -1.3 - 0.25 * length],
    [0.92 + lean, -1.2 - 0.25 * length],
    [0.96, -0.75],
    [0.78, -0.3],
  ],
};

function drawSnout(fill: Fill, coat: Coat, random: Random): void {
  const [width, height] = [random.between(0.42, 0.54), random.between(0.4, 0.5)];
  const line = darker(coat.muzzle, 0.65);
  if (random.uniform() < 0.5) {
    const tongue = random.between(0.95, 1.12);
    fill(blob([-0.16, 0.7], [0.16, 0.7], [0.17, tongue - 0.1], [0, tongue], [-0.17, tongue - 0.1]), TONGUE);
    fill(
      stroke(
        [
          [0, 0.72],
          [0, tongue - 0.15],
        ],
        0.04,
      ),
      darker(TONGUE, 0.3),
    );
  }
  fill(ellipse(0, 0.42, width + 0.04, height + 0.03), coat.shade, { opacity: 0.6 });
  fill(ellipse(0, 0.41, width, height), coat.muzzle);
  for (const side of [-1, 1]) {
    const lips = [
      [0, 0.45],
      [0.04 * side, 0.68],
      [0.22 * side, 0.74],
      [0.36 * side, 0.62],
    ] as const;
    fill(stroke(lips, 0.07, 0.05), line);
  }
  fill(ellipse(0, 0.24, 0.25, 0.18), NOSE);
  fill(ellipse(-0.07, 0.17, 0.08, 0.045), lighter(NOSE, 0.55));
}

function drawEyes(fill: Fill, coat: Coat, random: Random): void {
  const size = random.between(0.12, 0.16);
  const spot = random.uniform() < 0.25 ? random.pick([-1, 1]) : 0;
  for (const side of [-1, 1]) {
    const x = 0.38 * side;
    if (side === spot) fill(ellipse(x, -0.22, 0.3, 0.34), darker(coat.base, 0.5));
    fill(ellipse(x, -0.22, size + 0.05, size + 0.05), lighter(coat.base, 0.4));
    fill(ellipse(x, -0.2, size, size + 0.01), EYE);
    fill(ellipse(x - 0.045, -0.26, 0.05, 0.05), WHITE);
    const brow = [
      [x - 0.13, -0.46 - 0.03 * side],
      [x + 0.13, -0.46 + 0.03 * side],
    ] as const;
    fill(stroke(brow, 0.06), darker(coat.base, 0.5));
  }
}
