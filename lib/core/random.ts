/**
 * Seeded random numbers for everything that JavaScript draws: splits, shuffles,
 * made data. (Tensors drawn in an engine have seeds of their own.)
 *
 * The generator is xoroshiro128+ (Blackman and Vigna, 2018) from `pure-rand`;
 * the same seed gives the same numbers on every machine. Its state is filled
 * by SplitMix, as its authors advise: `pure-rand`'s own seeding leaves the
 * first numbers the same, or nearly so, for every seed.
 */

import { xoroshiro128plus } from 'pure-rand';
import { checkArguments } from './argument';
import { aList, aString, either, someNumbers } from './argument-kinds';

/** A stream of random numbers; every method advances it. */
export interface Random {
  /** Uniform in [0, 1), with 32 random bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number, uniform in [0, below). `below` must be in 1 … 2³². */
  integer(below: number): number;
  /** Normal with the given mean (default 0) and standard deviation (default 1). */
  normal(mean?: number, deviation?: number): number;
  /** One of the items, each as likely. Throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends { readonly length: number; [index: number]: unknown }>(items: T): T;
  /** An independent stream, decided by this one's seed and the label alone. */
  fork(label: string): Random;
}

/** FNV-1a, 32 bits: enough to spread labels over seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** The four words of a state, by a 32-bit SplitMix (after Steele, Lea and Flood, 2014). */
function spread(seed: number): number[] {
  return Array.from({ length: 4 }, (_, index) => {
    let word = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  });
}

/**
 * A seeded random stream.
 *
 * @param seed a whole number; only its low 32 bits count. Throws RangeError otherwise.
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed)) {
    throw new RangeError(`createRandom: seed must be a whole number, got ${seed}`);
  }
  const generator = xoroshiro128plus.fromState(spread(seed));
  const next = (): number => generator.unsafeNext() >>> 0;
  let spare: number | undefined;

  const random: Random = {
    uniform: () => next() / 2 ** 32,
    between: (low, high) => low + (high - low) * random.uniform(),
    integer(below) {
      if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) {
        throw new RangeError(`Random.integer: below must be a whole number in 1 … 2^32, got ${below}`);
      }
      return Math.floor(random.uniform() * below);
    },
    normal(mean = 0, deviation = 1) {
      // Box and Muller give two at a time: keep the second.
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return mean + deviation * value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
      const angle = 2 * Math.PI * random.uniform();
      spare = radius * Math.sin(angle);
      return mean + deviation * radius * Math.cos(angle);
    },
    pick(items) {
      checkArguments('Random.pick', { items }, { items: aList });
      if (items.length === 0) throw new RangeError('Random.pick: the list is empty');
      return items[random.integer(items.length)] as (typeof items)[number];
    },
    shuffle(items) {
      checkArguments('Random.shuffle', { items }, { items: either(aList, someNumbers) });
      const list = items as { length: number; [index: number]: unknown };
      for (let i = list.length - 1; i > 0; i--) {
        const j = random.integer(i + 1);
        [list[i], list[j]] = [list[j], list[i]];
      }
      return items;
    },
    fork(label) {
      checkArguments('Random.fork', { label }, { label: aString });
      return createRandom((seed ^ hash(label)) | 0);
    },
  };
  return random;
}
