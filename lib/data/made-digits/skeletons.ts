/**
 * How people write the ten digits: for each, several styles, each a few
 * strokes of the pen. Drawn for this project; no data went into them.
 *
 * A stroke lists the points that the pen goes through, as `x,y` in a box of
 * 100 by 100, x to the right, y down. The line is smooth except at a point
 * that ends in `!`: there it turns sharply.
 */

/** One way to write a digit. */
export interface Style {
  readonly name: string;
  /** How often people write it so, against the other styles of the digit. */
  readonly weight: number;
  /** What the pen does without leaving the paper, one entry each time. */
  readonly strokes: readonly string[];
}

const ZERO: readonly Style[] = [
  { name: 'closed oval', weight: 5, strokes: ['55,2 28,10 12,45 20,85 48,99 78,82 88,45 76,12 52,2'] },
  {
    name: 'begun inside, ends crossing',
    weight: 3,
    strokes: ['66,16 50,2 24,14 10,50 20,88 46,98 76,84 90,48 78,10 50,6 40,14'],
  },
  { name: 'open at the top', weight: 1.5, strokes: ['48,6 24,16 10,50 20,86 48,98 78,84 90,50 82,16 66,3'] },
];

const ONE: readonly Style[] = [
  { name: 'a bar', weight: 8, strokes: ['52,0 50,50 48,100'] },
  { name: 'with a serif', weight: 2, strokes: ['32,20 44,12 54,0! 52,50 50,100'] },
  {
    name: 'with a serif and a base',
    weight: 0.8,
    strokes: ['30,22 44,12 54,0! 52,50 51,98', '20,98 50,98 82,97'],
  },
];

const TWO: readonly Style[] = [
  {
    name: 'with a loop at the foot',
    weight: 4,
    strokes: ['14,26 28,6 54,2 76,16 74,42 50,70 24,93 10,94 10,80 26,76 50,88 74,96 98,88'],
  },
  {
    name: 'with an angle at the foot',
    weight: 4,
    strokes: ['12,24 28,5 54,1 77,14 76,38 56,62 30,84 10,98! 50,95 92,95'],
  },
  {
    name: 'with a round foot',
    weight: 2,
    strokes: ['20,16 46,2 72,12 76,34 60,60 34,80 12,90 24,95 56,93 90,98'],
  },
];

const THREE: readonly Style[] = [
  {
    name: 'two bows, cusp',
    weight: 5,
    strokes: ['14,14 40,1 70,10 74,30 54,44 36,48! 62,50 82,66 78,88 48,99 12,92'],
  },
  {
    name: 'two bows, small loop',
    weight: 2,
    strokes: ['16,16 42,1 72,10 76,28 56,42 36,50 32,46 44,43 70,54 84,74 68,95 38,99 10,88'],
  },
  { name: 'flat top', weight: 0.7, strokes: ['16,3 44,3 76,2! 58,22 40,40! 68,46 82,68 70,92 40,99 12,90'] },
];

const FOUR: readonly Style[] = [
  { name: 'open', weight: 6, strokes: ['18,4 12,30 14,50 34,56 60,52 82,46', '82,2 76,45 70,98'] },
  { name: 'open, angular', weight: 3, strokes: ['24,4 14,32 8,56! 48,55 94,50', '74,4 68,50 62,100'] },
  { name: 'closed', weight: 2.4, strokes: ['70,98 69,50 70,2! 38,34 6,64! 50,65 96,62'] },
  { name: 'in one stroke', weight: 1.6, strokes: ['22,6 12,34 20,53 48,50 72,30 82,6! 74,50 68,100'] },
];

const FIVE: readonly Style[] = [
  {
    name: 'the bar last',
    weight: 4,
    strokes: ['30,6 26,24 22,42! 50,38 78,54 80,80 54,98 14,92', '30,6 58,5 90,2'],
  },
  {
    name: 'in one stroke',
    weight: 4,
    strokes: ['92,3 60,5 34,6! 26,26 22,42 48,42 74,56 78,80 50,98 10,92'],
  },
  { name: 'like an S', weight: 2.5, strokes: ['94,2 62,6 36,18 30,36 50,50 68,66 66,86 40,99 8,90'] },
];

const SIX: readonly Style[] = [
  { name: 'bent stem', weight: 5, strokes: ['66,1 38,20 18,50 16,80 40,99 70,90 78,70 58,57 34,65 20,82'] },
  { name: 'straight stem', weight: 2, strokes: ['38,0 26,32 17,66 22,92 50,99 78,84 76,62 52,55 24,70'] },
  {
    name: 'round stem',
    weight: 2,
    strokes: ['78,12 58,2 34,14 18,44 16,76 36,97 68,92 80,70 62,52 36,58 18,76'],
  },
];

const SEVEN: readonly Style[] = [
  { name: 'plain', weight: 6, strokes: ['10,12 46,8 86,4! 66,46 48,98'] },
  { name: 'with a serif', weight: 2, strokes: ['12,26 14,8! 50,8 88,4! 64,44 52,98'] },
  { name: 'with a bar', weight: 2.2, strokes: ['10,10 46,6 86,4! 62,48 44,100', '28,54 58,50 86,48'] },
  { name: 'rounded', weight: 2.5, strokes: ['8,20 30,6 66,4 84,12 72,44 56,98'] },
];

const EIGHT: readonly Style[] = [
  {
    name: 'in one stroke',
    weight: 6,
    strokes: ['80,14 56,1 26,10 24,30 50,48 74,70 66,94 38,98 20,80 36,58 62,40 82,16'],
  },
  {
    name: 'two circles',
    weight: 2,
    strokes: ['50,46 26,34 30,8 56,2 76,16 70,38 48,48 22,64 22,90 50,99 76,88 76,64 52,47'],
  },
  {
    name: 'begun at the middle',
    weight: 1.5,
    strokes: ['50,50 74,34 76,12 50,1 28,12 34,36 56,54 70,76 56,97 30,92 26,70 50,50'],
  },
];

const NINE: readonly Style[] = [
  { name: 'straight leg', weight: 5, strokes: ['78,12 50,2 22,16 16,38 36,50 64,40 80,10! 76,50 70,100'] },
  {
    name: 'curved leg',
    weight: 3,
    strokes: ['76,16 52,1 24,12 18,36 40,48 66,36 78,14 80,48 70,84 44,99 16,90'],
  },
  {
    name: 'leg drawn on from the loop',
    weight: 2.5,
    strokes: ['70,6 36,6 18,28 32,48 58,42 76,14 70,4 66,36 56,70 46,100'],
  },
];

/** The styles of each digit: `STYLES[7]` are those of the seven. */
export const STYLES: readonly (readonly Style[])[] = [
  ZERO,
  ONE,
  TWO,
  THREE,
  FOUR,
  FIVE,
  SIX,
  SEVEN,
  EIGHT,
  NINE,
];
