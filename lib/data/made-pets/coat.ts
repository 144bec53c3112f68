/**
 * Coats: the fur of an animal, colour and pattern. Cats and dogs take theirs
 * from the same list, so that nobody tells them apart by colour.
 */
import type { Random } from '../../core/random';
import { darker, lighter, mix, type Rgb, rgb, varied } from '../drawing/colour';

/** What an animal wears. Places are in units of half a head. */
export interface Coat {
  /** The colour at a place of the body or the head. */
  readonly fur: (x: number, y: number) => Rgb;
  readonly base: Rgb;
  /** Round the mouth, on the chest, the paws. */
  readonly muzzle: Rgb;
  readonly chest: Rgb;
  readonly paws: Rgb;
  /** For edges, where one part stands before another. */
  readonly shade: Rgb;
  readonly ears: Rgb;
  readonly nose: Rgb;
}

/** Fur colours that both animals have. */
const COLOURS: readonly Rgb[] = [
  '#3b3538',
  '#8d8a90',
  '#5e6673',
  '#d98b45',
  '#e7b878',
  '#f2e6d2',
  '#8a5a3b',
  '#5b3a2b',
  '#b98d66',
  '#cfc7bd',
].map(rgb);

const CREAM = rgb('#faf4e8');
const PINK = rgb('#e79a9c');
const DARK_NOSE = rgb('#33282b');

/** A coat by chance. */
export function chooseCoat(random: Random): Coat {
  const base = varied(random.pick(COLOURS), random, 9);
  const second = random.uniform() < 0.5 ? CREAM : varied(random.pick(COLOURS), random, 9);
  const bib = random.uniform() < 0.45;
  const white = bib ? CREAM : lighter(base, 0.3);
  const fur = random.pick([plain, plain, striped, patched])(base, second, random);
  return {
    fur: (x, y) => darker(fur(x, y), 0.05 + 0.05 * Math.max(-1, Math.min(2, y))),
    base,
    muzzle: random.uniform() < 0.7 ? white : lighter(base, 0.15),
    chest: white,
    paws: bib ? CREAM : lighter(base, 0.12),
    shade: darker(base, 0.45),
    ears: random.uniform() < 0.5 ? darker(base, 0.25) : base,
    nose: random.uniform() < 0.5 ? PINK : DARK_NOSE,
  };
}

type Pattern = (base: Rgb, second: Rgb, random: Random) => (x: number, y: number) => Rgb;

const plain: Pattern = (base) => () => base;

/** Tabby on a cat, brindle on a dog: bent stripes, darker than the rest. */
const striped: Pattern = (base, _, random) => {
  const stripe = darker(base, random.between(0.25, 0.45));
  const [count, bend, start] = [random.between(6, 9), random.between(1, 3), random.between(0, 6)];
  return (x, y) => (Math.sin(count * x + Math.sin(bend * y + start)) > 0.45 ? stripe : base);
};

/** A few large patches of a second colour. */
const patched: Pattern = (base, second, random) => {
  const spots = Array.from({ length: 4 }, () => ({
    x: random.between(-1.6, 1.6),
    y: random.between(-1, 1.6),
    square: random.between(0.35, 0.8) ** 2,
  }));
  return (x, y) => {
    const covered = spots.some((spot) => (x - spot.x) ** 2 + 1.4 * (y - spot.y) ** 2 < spot.square);
    return covered ? second : mix(base, second, 0.04);
  };
};
