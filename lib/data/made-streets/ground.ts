/** What lies flat, and what is far: sky, road, kerbs, lines, pavements. */
import { darker, lighter, mix, rgb, varied } from '../drawing/colour';
import { blob, ellipse, polygon, rectangle, type Shape } from '../drawing/shapes';
import { flat, labelOf, STREET_HEIGHT, STREET_WIDTH, type StreetView } from './view';

/** As near and as far as anything is drawn. */
export const NEAR = 1.6;
export const FAR = 90;

/** Draws the sky, its clouds, and the houses that close the street far away. */
export function drawSky({ canvas, weather, horizon, random, through }: StreetView): void {
  const { zenith, air } = weather;
  const all = rectangle(0, 0, STREET_WIDTH, STREET_HEIGHT);
  canvas.fill(all, (_, y) => mix(zenith, air, Math.min(1, y / horizon)), { label: labelOf('sky') });
  for (let cloud = 0; cloud < weather.clouds; cloud++) {
    const [x, y, size] = [
      random.between(0, STREET_WIDTH),
      random.between(2, horizon * 0.6),
      random.between(4, 9),
    ];
    for (const [dx, dy, share] of [
      [-0.9, 0.15, 0.6],
      [0, 0, 0.8],
      [0.9, 0.2, 0.55],
    ] as const) {
      canvas.fill(
        ellipse(x + dx * size, y + dy * size, size * share * 1.5, size * share * 0.6),
        weather.cloud,
        { opacity: 0.6 },
      );
    }
  }
  const roofs = Array.from({ length: 8 }, (_, i): [number, number][] => {
    const top = horizon - random.between(2, 8);
    return [
      [i * 12, top],
      [(i + 1) * 12, top],
    ];
  }).flat();
  const skyline = polygon([0, horizon + 2], ...roofs, [STREET_WIDTH, horizon + 2]);
  canvas.fill(skyline, through(rgb('#8a8590'), FAR * 0.6), { label: labelOf('building') });
}

/** A strip of ground along the street. */
function strip(view: StreetView, left: number, right: number, near: number = NEAR, far: number = FAR): Shape {
  const at = (across: number, away: number): { across: number; up: number; away: number } => ({
    across,
    up: 0,
    away,
  });
  return flat(view, at(left, far), at(right, far), at(right, near), at(left, near));
}

/** Draws road and pavements. */
export function drawGround(view: StreetView): void {
  const { canvas, horizon, kerb, weather, random, through } = view;
  const stone = varied(rgb('#b3aca2'), random, 10);
  const asphalt = varied(rgb(weather.isWet ? '#4a4d56' : '#66666b'), random, 8);
  const away = (y: number): number => 130 / Math.max(1, y - horizon);
  const pavement = rectangle(0, horizon, STREET_WIDTH, STREET_HEIGHT);
  canvas.fill(pavement, (_, y) => through(stone, away(y)), { label: labelOf('pavement') });
  drawSlabs(view, darker(stone, 0.12));
  canvas.fill(strip(view, -kerb, kerb), (_, y) => through(asphalt, away(y)), { label: labelOf('road') });
  for (const side of [-1, 1]) {
    canvas.fill(strip(view, side * kerb - 0.14, side * kerb + 0.14), lighter(stone, 0.35), { opacity: 0.8 });
  }
  const paint = lighter(asphalt, 0.75);
  if (random.uniform() < 0.75) {
    const start = random.between(0, 3);
    for (let metre = NEAR + start; metre < 60; metre += 4) {
      canvas.fill(strip(view, -0.1, 0.1, metre, metre + 2), through(paint, metre));
    }
  }
  if (random.uniform() < 0.25) drawCrossing(view, random.between(6, 12));
  if (weather.isWet) drawShine(view);
}

/** The joints between the slabs of the pavement. */
function drawSlabs(view: StreetView, colour: readonly [number, number, number]): void {
  const { canvas, kerb, wall } = view;
  for (let metre = 2; metre < 20; metre += metre < 8 ? 1.5 : 3) {
    for (const side of [-1, 1]) {
      const [inner, outer] = [side * kerb, side * (wall + 3)];
      canvas.fill(strip(view, Math.min(inner, outer), Math.max(inner, outer), metre, metre * 1.02), colour);
    }
  }
}

/** White bars across the road. */
function drawCrossing(view: StreetView, metre: number): void {
  const { canvas, kerb, through } = view;
  for (let across = -kerb + 0.5; across < kerb - 0.4; across += 0.95) {
    canvas.fill(strip(view, across, across + 0.5, metre, metre + 2.2), through(rgb('#e6e4df'), metre));
  }
}

/** Light that a wet road gives back. */
function drawShine({ canvas, horizon, random, weather }: StreetView): void {
  for (let spot = 0; spot < 5; spot++) {
    const [x, y] = [random.between(10, 86), random.between(horizon + 6, STREET_HEIGHT)];
    const [long, high] = [random.between(3, 9), random.between(0.5, 1.4)];
    canvas.fill(blob([x - long, y], [x, y - high], [x + long, y], [x, y + high]), weather.air, {
      opacity: 0.22,
    });
  }
}
