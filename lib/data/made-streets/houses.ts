/** Houses along both sides, each with windows, a roof line and a shop or a door. */
import { darker, lighter, type Rgb, rgb, varied } from '../drawing/colour';
import { FAR, NEAR } from './ground';
import { flat, labelOf, type Spot, type StreetView } from './view';

const FRONTS: readonly Rgb[] = [
  '#b5674d',
  '#d8c3a0',
  '#8f8e95',
  '#c98f6b',
  '#a9b0a2',
  '#e0d5c4',
  '#7d5a50',
  '#9fb0c0',
].map(rgb);
const AWNINGS: readonly Rgb[] = ['#c2453d', '#2f6d8c', '#4a7d4c', '#d9a13a'].map(rgb);
const LAMP_LIGHT = rgb('#ffd98a');

interface House {
  readonly side: number;
  readonly near: number;
  readonly far: number;
  readonly height: number;
  readonly front: Rgb;
}

/** Draws all houses, the far ones first. */
export function drawHouses(view: StreetView): void {
  const { random } = view;
  const houses = [-1, 1].flatMap((side) => rowOf(view, side)).sort((a, b) => b.near - a.near);
  for (const house of houses) drawHouse(view, house, random.uniform() < 0.45);
}

function rowOf({ random }: StreetView, side: number): House[] {
  const houses: House[] = [];
  for (let near = NEAR + random.between(-1, 0.3); near < FAR * 0.8; ) {
    const far = near + random.between(4, 9);
    const height = random.between(5, 13);
    const front = varied(random.pick(FRONTS), random, 10);
    // Now and then a gap: a yard, a side street.
    if (random.uniform() < 0.88) houses.push({ side, near: Math.max(near, 0.8), far, height, front });
    near = far;
  }
  return houses;
}

function drawHouse(view: StreetView, house: House, isShop: boolean): void {
  const { canvas, wall, through, random } = view;
  const { side, near, far, height, front } = house;
  const across = side * wall;
  const label = labelOf('building');
  const at = (up: number, away: number, out: number = 0): Spot => ({ across: across + side * out, up, away });
  const face = (low: number, high: number, from: number, to: number): ReturnType<typeof flat> =>
    flat(view, at(low, from), at(high, from), at(high, to), at(low, to));
  const wallColour = side === 1 ? front : darker(front, 0.14);
  // The end that faces the camera, then the front along the street.
  const end = flat(view, at(0, near), at(height, near), at(height, near, 9), at(0, near, 9));
  canvas.fill(end, through(darker(front, 0.3), near), { label });
  canvas.fill(face(0, height, near, far), through(wallColour, (near + far) / 2), { label });
  canvas.fill(face(height - 0.35, height, near, far), through(darker(front, 0.35), near), { label });
  const floors = Math.floor((height - 1) / 2.7);
  const columns = Math.max(1, Math.round((far - near) / 2.2));
  const step = (far - near) / columns;
  for (let floor = isShop ? 1 : 0; floor < floors; floor++) {
    for (let column = 0; column < columns; column++) {
      const from = near + (column + 0.25) * step;
      const low = 0.9 + floor * 2.7;
      const window = face(low, low + 1.5, from, from + 0.5 * step);
      canvas.fill(window, through(glassOf(view), from), { label });
    }
  }
  if (!isShop) return;
  const glass = view.weather.isDark ? LAMP_LIGHT : darker(front, 0.55);
  canvas.fill(face(0.3, 2.1, near + 0.5, far - 0.5), through(glass, near), { label });
  canvas.fill(face(2.1, 2.9, near + 0.2, far - 0.2), through(random.pick(AWNINGS), near), { label });
}

function glassOf({ weather, random }: StreetView): Rgb {
  if (weather.isDark && random.uniform() < 0.5) return LAMP_LIGHT;
  return random.uniform() < 0.3 ? lighter(weather.zenith, 0.25) : rgb('#4c5866');
}
