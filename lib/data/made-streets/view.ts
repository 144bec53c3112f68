/**
 * How a street is seen: a camera at the height of the eyes looks along it, and
 * all lines that run along it meet in one point. The world is measured in
 * metres: to the right of the middle of the road, above the ground, and away.
 */
import type { Random } from '../../core/random';
import { Canvas } from '../drawing/canvas';
import { mix, type Rgb } from '../drawing/colour';
import type { Shape } from '../drawing/shapes';
import type { Weather } from './weather';

/** Pixels of a finished picture. */
export const STREET_HEIGHT = 64;
export const STREET_WIDTH = 96;

/** What a pixel can show, by number. */
export const STREET_CLASSES = [
  'sky',
  'building',
  'road',
  'pavement',
  'tree',
  'car',
  'person',
  'sign',
] as const;

/** The number of a class. */
export const labelOf = (name: (typeof STREET_CLASSES)[number]): number => STREET_CLASSES.indexOf(name);

/** A place in the street. */
export interface Spot {
  /** Metres to the right of the middle of the road. */
  readonly across: number;
  /** Metres above the ground. */
  readonly up: number;
  /** Metres from the camera, greater than 0. */
  readonly away: number;
}

/** A street as this picture shows it. */
export interface StreetView {
  readonly canvas: Canvas;
  readonly weather: Weather;
  readonly random: Random;
  /** The row of the horizon. */
  readonly horizon: number;
  /** Half the width of the road. */
  readonly kerb: number;
  /** From the middle of the road to the walls. */
  readonly wall: number;
  /** Where a place is seen: pixels from the left and from the top. */
  project(spot: Spot): readonly [number, number];
  /** Pixels a metre at a distance. */
  scaleAt(away: number): number;
  /** A colour as it looks through the air between. */
  through(colour: Rgb, away: number): Rgb;
}

/** Pixels a metre at one metre's distance. */
const FOCAL = 62;

/** A view along a street, by chance. */
export function chooseView(weather: Weather, random: Random): StreetView {
  const horizon = random.between(0.4, 0.5) * STREET_HEIGHT;
  const vanishing = STREET_WIDTH * random.between(0.36, 0.64);
  const [eyes, place] = [random.between(1.9, 2.6), random.between(-1.2, 1.2)];
  const kerb = random.between(3.2, 4.6);
  return {
    canvas: new Canvas(STREET_HEIGHT, STREET_WIDTH),
    weather,
    random,
    horizon,
    kerb,
    wall: kerb + random.between(2.2, 3.6),
    project: ({ across, up, away }) => [
      vanishing + (FOCAL * (across - place)) / away,
      horizon + (FOCAL * (eyes - up)) / away,
    ],
    scaleAt: (away) => FOCAL / away,
    through: (colour, away) => mix(colour, weather.air, 1 - Math.exp(-weather.haze * away)),
  };
}

/** A flat shape between places. */
export const flat = (view: StreetView, ...spots: readonly Spot[]): Shape => [
  spots.map((spot) => {
    const [x, y] = view.project(spot);
    return { x, y };
  }),
];
