/**
 * Bodies: four ways of being there, each with its place for the head. A cat is
 * slender with a long thin tail, a dog sturdier with a shorter thick one. The
 * unit is half the width of a head.
 */
import type { Random } from '../../core/random';
import type { Fill } from '../drawing/canvas';
import { blob, ellipse, type Shape, stroke } from '../drawing/shapes';
import { type Animal, edged, tail } from './body-parts';
import type { Coat } from './coat';

/** Where the head goes. */
export interface Neck {
  readonly x: number;
  readonly y: number;
}

/** Draws a body, all but the head. */
export type DrawBody = (fill: Fill, coat: Coat, animal: Animal, random: Random) => Neck;

/** What is seen of the whole animal: its width and height in units, for choosing a scale. */
export interface Pose {
  readonly draw: DrawBody;
  readonly width: number;
  readonly height: number;
  /** From the middle of the animal to the drawing's [0, 0]. */
  readonly middle: { readonly x: number; readonly y: number };
}

const sitting: DrawBody = (fill, coat, animal, random) => {
  const side = random.pick([-1, 1]);
  const [curl, wide] = [random.between(-0.3, 0.3), animal === 'cat' ? 0.78 : 0.92];
  const bend = [
    [0.5, 1.5],
    [1.25, 1.6],
    [1.6 + curl / 2, 1.05],
    [1.45, 0.45 + curl],
    [1.62, 0.05 + curl],
  ].map(([x, y]): [number, number] => [side * (x as number), y as number]);
  tail(fill, coat, animal, bend);
  const body = (margin: number): Shape =>
    blob(
      [0, -0.9 - margin],
      [wide * 0.68 + margin, -0.2],
      [wide * 0.86 + margin, 0.6],
      [wide + 0.14 + margin, 1.4],
      [wide * 0.8, 1.8 + margin],
      [-wide * 0.8, 1.8 + margin],
      [-wide - 0.14 - margin, 1.4],
      [-wide * 0.86 - margin, 0.6],
      [-wide * 0.68 - margin, -0.2],
    );
  edged(fill, body(0.06), body(0), coat, coat.fur);
  fill(ellipse(0, 0.25, wide * 0.5, 0.72), coat.chest);
  for (const leg of [-1, 1]) {
    edged(fill, ellipse(0.78 * leg, 1.66, 0.4, 0.25), ellipse(0.78 * leg, 1.65, 0.34, 0.2), coat, coat.paws);
    const line = [
      [0.27 * leg, 0.7],
      [0.29 * leg, 1.6],
    ] as const;
    edged(fill, stroke(line, 0.5), stroke(line, 0.4), coat, coat.fur);
    edged(fill, ellipse(0.3 * leg, 1.73, 0.33, 0.21), ellipse(0.3 * leg, 1.72, 0.27, 0.16), coat, coat.paws);
  }
  return { x: random.between(-0.1, 0.1), y: -1.2 };
};

const standing: DrawBody = (fill, coat, animal, random) => {
  const [deep, foot] = animal === 'cat' ? [0.58, 1.5] : [0.7, 1.6];
  const up = random.between(-0.5, 0.4);
  tail(fill, coat, animal, [
    [1.2, 0],
    [1.75, -0.25],
    [2.05, -0.75 + up],
    [1.95, -1.35 + up],
    [2.2, -1.7 + up],
  ]);
  const step = random.between(-0.16, 0.16);
  const legs = [-0.85 + step, 1.15 - step, -0.45 - step, 0.8 + step];
  for (const [index, x] of legs.entries()) {
    const line = [
      [x * 0.9, 0.5],
      [x, foot],
    ] as const;
    const width = animal === 'cat' ? 0.32 : 0.4;
    edged(fill, stroke(line, width + 0.1), stroke(line, width), coat, index < 2 ? coat.shade : coat.fur);
    fill(ellipse(x - 0.05, foot + 0.08, width * 0.62, 0.14), index < 2 ? coat.shade : coat.paws);
  }
  const trunk = (margin: number): Shape =>
    blob(
      [-1.25 - margin, -0.35],
      [-0.5, -0.5 - margin],
      [0.7, -0.42 - margin],
      [1.35 + margin, 0.05],
      [1.2 + margin, 0.62],
      [0.3, 0.55 + margin],
      [-0.7, deep + 0.15 + margin],
      [-1.35 - margin, 0.3],
    );
  edged(fill, trunk(0.06), trunk(0), coat, coat.fur);
  fill(ellipse(-1.05, 0.25, 0.3, 0.42), coat.chest, { opacity: 0.9 });
  return { x: -1.3, y: random.between(-0.95, -0.65) };
};

const lying: DrawBody = (fill, coat, animal, random) => {
  const high = animal === 'cat' ? 0.1 : 0.02;
  const curl = random.between(-0.2, 0.2);
  const trunk = (margin: number): Shape =>
    blob(
      [-1.2 - margin, 0.2],
      [-0.3, -0.25 - high - margin],
      [0.9, -0.3 - high - margin],
      [1.7 + margin, 0.3],
      [1.65 + margin, 1.05],
      [0.4, 1.2 + margin],
      [-1.1 - margin, 1.1],
    );
  edged(fill, trunk(0.06), trunk(0), coat, coat.fur);
  edged(fill, ellipse(1.05, 0.75, 0.66, 0.5), ellipse(1.05, 0.77, 0.6, 0.44), coat, coat.fur);
  tail(fill, coat, animal, [
    [1.55, 0.95],
    [1.2, 1.28],
    [0.5, 1.3 + curl / 3],
    [-0.05, 1.18],
    [-0.3, 1.05 + curl],
  ]);
  for (const x of [-1.25, -0.6]) {
    const line = [
      [x + 0.3, 0.9],
      [x, 1.15],
    ] as const;
    edged(fill, stroke(line, 0.46), stroke(line, 0.36), coat, coat.paws);
  }
  return { x: -0.85, y: random.between(-0.25, 0) };
};

const portrait: DrawBody = (fill, coat, animal, random) => {
  const wide = animal === 'cat' ? 1.15 : 1.3;
  const shoulders = (margin: number): Shape =>
    blob(
      [0, 0.1 - margin],
      [0.75 + margin, 0.6],
      [wide + margin, 1.5],
      [wide, 3.4],
      [-wide, 3.4],
      [-wide - margin, 1.5],
      [-0.75 - margin, 0.6],
    );
  edged(fill, shoulders(0.06), shoulders(0), coat, coat.fur);
  fill(ellipse(0, 1.5, wide * 0.5, 0.85), coat.chest);
  return { x: random.between(-0.06, 0.06), y: 0 };
};

/** All poses, as likely as they stand here. */
export const POSES: readonly Pose[] = [
  { draw: sitting, width: 3, height: 4.6, middle: { x: 0, y: 0.35 } },
  { draw: sitting, width: 3, height: 4.6, middle: { x: 0, y: 0.35 } },
  { draw: standing, width: 4.4, height: 4.2, middle: { x: -0.1, y: 0.4 } },
  { draw: lying, width: 4, height: 3.2, middle: { x: 0, y: 0.1 } },
  { draw: portrait, width: 3, height: 3.4, middle: { x: 0, y: -0.3 } },
];
