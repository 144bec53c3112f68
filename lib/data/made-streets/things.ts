/**
 * What stands or moves in the street: trees, cars, people, signs. Each is drawn
 * in metres, upright, its foot at [0, 0], up being negative.
 */
import type { Random } from '../../core/random';
import type { Fill, FillOptions, Paint } from '../drawing/canvas';
import { darker, lighter, type Rgb, rgb, varied } from '../drawing/colour';
import { blob, ellipse, polygon, rectangle, type Shape, stroke } from '../drawing/shapes';
import type { Weather } from './weather';

/** Fills a shape; the class is known, the air is looked through. */
export type Brush = (shape: Shape, colour: Rgb, options?: Omit<FillOptions, 'label'>) => void;

/** Draws one thing. */
export type DrawThing = (brush: Brush, weather: Weather, random: Random) => void;

/** The brush of a thing of a class. */
export function brushFor(fill: Fill, label: number, through: (colour: Rgb) => Rgb): Brush {
  return (shape, colour, options = {}) => fill(shape, through(colour) satisfies Paint, { ...options, label });
}

const LEAVES: readonly Rgb[] = ['#4f7f3f', '#6b9448', '#3f6b45', '#88a04a', '#b9853c'].map(rgb);
const CARS: readonly Rgb[] = [
  '#c23b34',
  '#2f5f9e',
  '#e6e6e3',
  '#2e2f33',
  '#d6a32c',
  '#6f8a76',
  '#8f949b',
].map(rgb);
const CLOTHES: readonly Rgb[] = [
  '#b5443c',
  '#31547f',
  '#e0b64a',
  '#4d6b4f',
  '#6d4a78',
  '#d9d4ca',
  '#37373d',
  '#d07a4a',
].map(rgb);
const SKINS: readonly Rgb[] = ['#f0c9a8', '#c98f68', '#8a5a3c', '#5d3b28'].map(rgb);
const HAIRS: readonly Rgb[] = ['#2b211d', '#6b4a2f', '#c79a56', '#8d8a88'].map(rgb);

export const drawTree: DrawThing = (brush, _, random) => {
  const [height, crown] = [random.between(4, 6.5), random.between(1.1, 1.8)];
  const leaf = varied(random.pick(LEAVES), random, 9);
  brush(rectangle(-0.14, -height, 0.14, 0), rgb('#5b4636'));
  const clumps = [
    [0, 0, 1],
    [-0.75, 0.35, 0.72],
    [0.75, 0.3, 0.75],
    [-0.3, -0.6, 0.75],
    [0.4, -0.5, 0.7],
  ] as const;
  for (const [x, y, size] of clumps) {
    brush(ellipse(x * crown, -height + y * crown, size * crown, size * crown * 0.92), darker(leaf, 0.22));
  }
  for (const [x, y, size] of clumps) {
    brush(
      ellipse(x * crown - 0.1, -height + y * crown - 0.14, size * crown * 0.78, size * crown * 0.7),
      leaf,
    );
  }
  brush(ellipse(-0.35 * crown, -height - 0.45 * crown, 0.35 * crown, 0.25 * crown), lighter(leaf, 0.2));
};

/** Half the width of a car. */
const CAR = 0.92;

export const drawCar: DrawThing = (brush, weather, random) => {
  const colour = varied(random.pick(CARS), random, 8);
  const isFront = random.uniform() < 0.5;
  const [roof, belt] = [random.between(1.42, 1.75), random.between(0.86, 0.98)];
  brush(rectangle(-CAR + 0.06, -0.34, CAR - 0.06, -0.04), rgb('#222329'));
  for (const side of [-1, 1])
    brush(rectangle(side * 0.72 - 0.16, -0.42, side * 0.72 + 0.16, 0), rgb('#1e1e22'));
  brush(
    blob([-CAR * 0.76, -roof], [CAR * 0.76, -roof], [CAR, -belt], [CAR, -0.3], [-CAR, -0.3], [-CAR, -belt]),
    darker(colour, 0.25),
  );
  brush(rectangle(-CAR, -belt, CAR, -0.26), colour);
  brush(
    polygon([-0.62, -roof + 0.12], [0.62, -roof + 0.12], [0.8, -belt - 0.02], [-0.8, -belt - 0.02]),
    isFront ? rgb('#a9c4d4') : rgb('#3b4650'),
  );
  const lamp = isFront ? (weather.isDark ? rgb('#fff3c4') : rgb('#eee9dc')) : rgb('#d8322c');
  for (const side of [-1, 1]) brush(ellipse(side * 0.68, -0.66, 0.17, 0.12), lamp);
  brush(rectangle(-0.26, -0.52, 0.26, -0.36), isFront ? rgb('#33353b') : rgb('#f0ead2'));
};

export const drawPerson: DrawThing = (brush, _, random) => {
  const size = random.between(0.86, 1.08);
  const [coat, legs] = [varied(random.pick(CLOTHES), random, 9), darker(random.pick(CLOTHES), 0.25)];
  const skin = random.pick(SKINS);
  const stride = random.between(0.05, 0.26);
  const at = (x: number, y: number): [number, number] => [x * size, -y * size];
  for (const side of [-1, 1]) {
    brush(stroke([at(0.08 * side, 0.85), at(stride * side, 0.04)], 0.22 * size, 0.16 * size), legs);
    brush(
      stroke([at(0.2 * side, 1.36), at((0.3 + stride / 3) * side, 0.85)], 0.17 * size, 0.12 * size),
      darker(coat, 0.15),
    );
  }
  brush(blob(at(-0.25, 1.42), at(0.25, 1.42), at(0.25, 0.8), at(-0.25, 0.8)), coat);
  brush(ellipse(0, -1.6 * size, 0.17 * size, 0.19 * size), skin);
  brush(blob(at(-0.19, 1.6), at(0, 1.85), at(0.19, 1.6), at(0, 1.7)), random.pick(HAIRS));
  if (random.uniform() < 0.3)
    brush(rectangle(0.24 * size, -0.95 * size, 0.5 * size, -0.55 * size), random.pick(CLOTHES));
};

export const drawSign: DrawThing = (brush, weather, random) => {
  const height = random.between(2.3, 3);
  brush(rectangle(-0.06, -height, 0.06, 0), rgb('#5f6469'));
  const kind = random.pick(['round', 'warning', 'square', 'lights'] as const);
  if (kind === 'round') {
    brush(ellipse(0, -height, 0.42, 0.42), rgb('#c8322c'));
    brush(ellipse(0, -height, 0.29, 0.29), rgb('#f4f2ec'));
  } else if (kind === 'warning') {
    brush(polygon([-0.5, -height + 0.35], [0.5, -height + 0.35], [0, -height - 0.5]), rgb('#c8322c'));
    brush(polygon([-0.28, -height + 0.23], [0.28, -height + 0.23], [0, -height - 0.25]), rgb('#f4f2ec'));
  } else if (kind === 'square') {
    brush(rectangle(-0.4, -height - 0.4, 0.4, -height + 0.4), rgb('#2a66b4'));
    brush(rectangle(-0.1, -height - 0.26, 0.1, -height + 0.26), rgb('#f4f2ec'));
  } else {
    brush(rectangle(-0.24, -height - 0.75, 0.24, -height + 0.3), rgb('#24262a'));
    const lit = random.integer(3);
    for (const [index, colour] of ['#e0413a', '#e8b53a', '#4db867'].map(rgb).entries()) {
      const isLit = index === lit;
      brush(
        ellipse(0, -height - 0.54 + 0.32 * index, 0.13, 0.13),
        isLit || weather.isDark ? colour : darker(colour, 0.6),
      );
    }
  }
};
