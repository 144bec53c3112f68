/** Where the animals are: rooms and gardens, and things that stand in the way. */
import type { Random } from '../../core/random';
import type { Canvas } from '../drawing/canvas';
import { darker, lighter, mix, type Rgb, rgb, varied } from '../drawing/colour';
import { blob, ellipse, polygon, rectangle, stroke } from '../drawing/shapes';

const WALLS: readonly Rgb[] = [
  '#bcd0d6',
  '#e4d3bd',
  '#d8b9b0',
  '#b8c9a9',
  '#c9c0dc',
  '#efe3c8',
  '#8fa3b5',
  '#a9b8a4',
].map(rgb);
const FLOORS: readonly Rgb[] = ['#a9784f', '#c9a271', '#8b8079', '#d7c6ab', '#7a5a48', '#9aa7a0'].map(rgb);
const SKIES: readonly Rgb[] = ['#a8d0ec', '#d6e6ef', '#f0cfa8', '#8fb8dc'].map(rgb);
const GREENS: readonly Rgb[] = ['#7fa650', '#5d8a45', '#9bb562', '#6f9a6a'].map(rgb);
const THINGS: readonly Rgb[] = ['#d3544a', '#3f7cb0', '#e2b23a', '#5a9a68', '#8c5fa3', '#d98a5a'].map(rgb);

/** Draws what is behind. @returns the row, in pixels, where the floor begins. */
export function drawBackground(canvas: Canvas, random: Random): number {
  const horizon = canvas.height * random.between(0.5, 0.78);
  if (random.uniform() < 0.6) drawRoom(canvas, horizon, random);
  else drawGarden(canvas, horizon, random);
  return horizon;
}

function drawRoom({ fill, height, width }: Canvas, horizon: number, random: Random): void {
  const wall = varied(random.pick(WALLS), random, 8);
  const floor = varied(random.pick(FLOORS), random, 8);
  fill(rectangle(0, 0, width, horizon), (x) => mix(wall, darker(wall, 0.18), x / width));
  fill(rectangle(0, horizon, width, height), (_, y) =>
    mix(darker(floor, 0.15), floor, (y - horizon) / (height - horizon)),
  );
  const what = random.pick(['window', 'picture', 'sofa', 'stripes', 'nothing'] as const);
  const x = random.between(0.1, 0.6) * width;
  if (what === 'window') {
    fill(rectangle(x - 2, 4, x + 22, 30), lighter(wall, 0.6));
    fill(rectangle(x, 6, x + 20, 28), (_, y) => mix(rgb('#8fc1e8'), rgb('#e4f2fa'), y / 28));
    fill(rectangle(x + 9, 6, x + 11, 28), lighter(wall, 0.6));
  } else if (what === 'picture') {
    fill(rectangle(x, 6, x + 16, 20), darker(floor, 0.3));
    fill(rectangle(x + 2, 8, x + 14, 18), random.pick(THINGS));
    fill(ellipse(x + 6, 13, 3, 3), lighter(wall, 0.5));
  } else if (what === 'sofa') {
    const cloth = varied(random.pick(THINGS), random, 10);
    fill(rectangle(0, horizon - 22, width, horizon + 4), darker(cloth, 0.2));
    fill(rectangle(0, horizon - 6, width, horizon + 8), cloth);
    fill(rectangle(x + 6, horizon - 22, x + 7, horizon - 5), darker(cloth, 0.45));
  } else if (what === 'stripes') {
    for (let left = 2; left < width; left += 9)
      fill(rectangle(left, 0, left + 3, horizon), lighter(wall, 0.3));
  }
  fill(rectangle(0, horizon - 2, width, horizon), lighter(wall, 0.45));
  if (random.uniform() < 0.5)
    fill(ellipse(width / 2, height * 0.93, width * 0.48, 7), varied(random.pick(THINGS), random), {
      opacity: 0.8,
    });
}

function drawGarden({ fill, height, width }: Canvas, horizon: number, random: Random): void {
  const sky = varied(random.pick(SKIES), random, 6);
  const green = varied(random.pick(GREENS), random, 8);
  fill(rectangle(0, 0, width, height), (_, y) => mix(sky, lighter(sky, 0.5), y / horizon));
  const hedge = darker(green, random.between(0.2, 0.4));
  const tops = Array.from({ length: 9 }, (_, i): [number, number] => [
    (i * width) / 8,
    horizon - random.between(4, 16),
  ]);
  fill(polygon([-2, horizon + 2], ...tops, [width + 2, horizon + 2]), hedge);
  if (random.uniform() < 0.4) {
    for (let left = 1; left < width; left += 8)
      fill(rectangle(left, horizon - 12, left + 4, horizon + 3), rgb('#ece4d6'));
    fill(rectangle(0, horizon - 7, width, horizon - 5), rgb('#ddd3c2'));
  }
  fill(rectangle(0, horizon, width, height), (_, y) =>
    mix(darker(green, 0.12), lighter(green, 0.12), (y - horizon) / (height - horizon)),
  );
  for (let blade = 0; blade < 14; blade++) {
    const [x, y] = [random.between(0, width), random.between(horizon + 3, height)];
    fill(
      stroke(
        [
          [x, y],
          [x + random.between(-1.5, 1.5), y - 3],
        ],
        0.9,
        0.4,
      ),
      darker(green, 0.25),
    );
  }
}

/** Draws something that stands before the animal: about half of the pictures have it. */
export function drawForeground(canvas: Canvas, random: Random): void {
  const { fill, height, width } = canvas;
  const colour = varied(random.pick(THINGS), random, 10);
  const what = random.pick(['ball', 'plant', 'box', 'grass', 'nothing', 'nothing', 'nothing'] as const);
  const side = random.pick([0, 1]);
  if (what === 'ball') {
    const [x, r] = [width * random.between(0.12, 0.88), random.between(5, 8)];
    fill(ellipse(x, height - r + 1, r, r), darker(colour, 0.3));
    fill(ellipse(x - 0.8, height - r, r - 1.5, r - 1.5), colour);
    fill(ellipse(x - r / 3, height - r * 1.4, r / 4, r / 4), lighter(colour, 0.6));
  } else if (what === 'box') {
    const left = side * (width - 20) + random.between(-6, 6);
    fill(rectangle(left, height - random.between(12, 20), left + 22, height), (x) =>
      mix(rgb('#c39a63'), rgb('#9f7a4b'), (x - left) / 22),
    );
    fill(rectangle(left + 9, height - 12, left + 12, height), rgb('#e3d2a8'));
  } else if (what === 'plant') {
    const x = side * width + random.between(-4, 4);
    for (let leaf = 0; leaf < 6; leaf++) {
      const [end, top] = [x + (1 - 2 * side) * random.between(6, 22), height - random.between(18, 46)];
      fill(
        blob(
          [x, height],
          [x + (end - x) * 0.3, (height + top) / 2],
          [end, top],
          [x + (end - x) * 0.75, (height + top) / 2 + 5],
        ),
        varied(rgb('#4e8a4a'), random, 12),
      );
    }
  } else if (what === 'grass') {
    for (let x = -1; x < width + 2; x += 2.5) {
      fill(
        stroke(
          [
            [x, height + 1],
            [x + random.between(-2, 2), height - random.between(4, 11)],
          ],
          2.2,
          0.5,
        ),
        varied(rgb('#6c9a48'), random, 10),
      );
    }
  }
}
