/** One made street: a view, a weather, houses, and who is about. */
import type { Random } from '../../core/random';
import { photograph } from '../drawing/camera';
import { drawGround, drawSky } from './ground';
import { drawHouses } from './houses';
import { brushFor, type DrawThing, drawCar, drawPerson, drawSign, drawTree } from './things';
import { chooseView, labelOf, type STREET_CLASSES, type StreetView } from './view';
import { chooseWeather } from './weather';

/** A picture and what each of its pixels shows. */
export interface DrawnStreet {
  /** 64 × 96 × 3 bytes: red, green, blue. */
  readonly pixels: Uint8Array;
  /** 64 × 96 class numbers. */
  readonly mask: Uint8Array;
}

interface Thing {
  readonly label: (typeof STREET_CLASSES)[number];
  readonly draw: DrawThing;
  readonly across: number;
  readonly away: number;
}

/** Draws one street; chance decides all of it. */
export function drawStreet(random: Random): DrawnStreet {
  const weather = chooseWeather(random);
  const view = chooseView(weather, random);
  drawSky(view);
  drawGround(view);
  drawHouses(view);
  for (const thing of chooseThings(view)) drawThing(view, thing);
  const { canvas } = view;
  return { pixels: photograph(canvas.picture(), canvas, random, weather.camera), mask: canvas.mask() };
}

function drawThing(view: StreetView, { label, draw, across, away }: Thing): void {
  const { canvas, random, weather, project, scaleAt, through } = view;
  const [x, y] = project({ across, up: 0, away });
  const fill = canvas.at({ x, y, scale: scaleAt(away), mirrored: random.uniform() < 0.5 });
  draw(
    brushFor(fill, labelOf(label), (colour) => through(colour, away)),
    weather,
    random,
  );
}

/** What is there, the farthest first. */
function chooseThings({ random, kerb, wall }: StreetView): Thing[] {
  const side = (): number => random.pick([-1, 1]);
  const walk = (): number => random.between(kerb + 0.5, wall - 0.5);
  const some = (count: number, make: () => Thing): Thing[] => Array.from({ length: count }, make);
  const things = [
    ...some(random.integer(7), () => ({
      label: 'tree' as const,
      draw: drawTree,
      across: side() * (kerb + random.between(0.5, 1)),
      away: random.between(6, 35),
    })),
    ...some(1 + random.integer(4), () => ({
      label: 'car' as const,
      draw: drawCar,
      across: side() * kerb * random.pick([0.46, 0.46, 0.76]),
      away: 4.5 + 26 * random.uniform() ** 1.6,
    })),
    ...some(2 + random.integer(5), () => ({
      label: 'person' as const,
      draw: drawPerson,
      across: random.uniform() < 0.8 ? side() * walk() : random.between(-kerb, kerb),
      away: 3.4 + 14 * random.uniform() ** 1.7,
    })),
    ...some(random.integer(4), () => ({
      label: 'sign' as const,
      draw: drawSign,
      across: side() * (kerb + 0.35),
      away: 4 + 14 * random.uniform(),
    })),
  ];
  return things.sort((a, b) => b.away - a.away);
}
