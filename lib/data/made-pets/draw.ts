/** One made picture of a cat or a dog: a place, a pose, a coat, a light. */
import type { Random } from '../../core/random';
import { photograph } from '../drawing/camera';
import { Canvas } from '../drawing/canvas';
import { ellipse } from '../drawing/shapes';
import { POSES } from './body';
import type { Animal } from './body-parts';
import { drawCatHead } from './cat';
import { chooseCoat } from './coat';
import { drawDogHead } from './dog';
import { drawBackground, drawForeground } from './scene';

/** Pixels a side. */
export const PET_SIDE = 64;

const HEADS = { cat: drawCatHead, dog: drawDogHead } as const;

/**
 * Draws one animal.
 *
 * @param random decides everything but the animal.
 * @returns 64 × 64 × 3 bytes: red, green, blue.
 */
export function drawPet(animal: Animal, random: Random): Uint8Array {
  const canvas = new Canvas(PET_SIDE, PET_SIDE);
  drawBackground(canvas, random);
  drawAnimal(canvas, animal, random);
  drawForeground(canvas, random);
  return photograph(canvas.picture(), canvas, random, {
    exposure: random.between(0.78, 1.1),
    tint: [random.between(0.93, 1.06), 1, random.between(0.9, 1.06)],
    vignette: random.between(0, 0.3),
    grain: random.between(2, 7),
  });
}

function drawAnimal(canvas: Canvas, animal: Animal, random: Random): void {
  const pose = random.pick(POSES);
  const coat = chooseCoat(random);
  const scale = random.between(0.84, 1.1) * Math.min(PET_SIDE / pose.width, PET_SIDE / pose.height);
  const mirrored = random.uniform() < 0.5;
  const place = {
    x: PET_SIDE / 2 + random.normal(0, 3.5) - (mirrored ? -1 : 1) * pose.middle.x * scale,
    y: PET_SIDE / 2 + random.normal(1, 2) + pose.middle.y * scale,
    scale,
    mirrored,
  };
  const fill = canvas.at({ ...place, angle: random.normal(0, 0.04) });
  fill(ellipse(0, 1.85, 1.7, 0.2), [20, 18, 26], { opacity: 0.22 });
  const neck = pose.draw(fill, coat, animal, random);
  const head = canvas.at({
    ...place,
    x: place.x + (mirrored ? -1 : 1) * neck.x * scale,
    y: place.y + neck.y * scale,
    scale: scale * random.between(0.94, 1.08),
    angle: random.normal(0, 0.16),
    mirrored: random.uniform() < 0.5,
  });
  HEADS[animal](head, coat, random);
}
