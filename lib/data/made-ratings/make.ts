/**
 * Made ratings: what invented people think of invented films. Behind each
 * rating stands
 *
 *     3.3 + mildness of the person + quality of the film + taste · traits + chance,
 *
 * rounded to half stars in 0.5 … 5. Nobody sees tastes or traits, only some of
 * the ratings; a model that finds such factors by itself can foretell the rest.
 */
import { createRandom, type Random } from '../../core/random';
import { checkWhole } from '../check-whole';
import { FILMS, type Genre, traitsOf } from './films';

/** One rating. */
export interface Rating {
  /** A person's number, from 1 on. */
  readonly user: number;
  readonly film: string;
  readonly genre: string;
  /** Stars. */
  readonly rating: number;
}

/** Ratings, and what is the best that can be had of them. */
export interface RatingsWithFloor {
  readonly ratings: readonly Rating[];
  /**
   * Root of the mean squared error of somebody who knew all factors: chance and rounding, which no
   * model can foretell.
   */
  readonly noiseFloor: number;
}

export interface RatingWorld {
  /** People; default 500. */
  readonly users?: number;
  /** The share of films that a person has rated, on average, in (0, 1]; default 0.4. */
  readonly density?: number;
  /** Deviation of chance, in stars; default 0.35. */
  readonly noise?: number;
}

/** Stars, before anything is known. */
const MIDDLE = 3.3;

/** What is hidden behind a rating. */
interface Hidden {
  readonly bias: number;
  readonly factors: readonly number[];
}

/**
 * Makes ratings; the same for the same seed on every machine.
 *
 * @throws RangeError where a number is out of its range.
 */
export function makeRatings(seed: number, world: RatingWorld = {}): RatingsWithFloor {
  const { users = 500, density = 0.4, noise = 0.35 } = world;
  checkWhole('loadRatings', 'users', users, 1);
  if (!(density > 0 && density <= 1)) {
    throw new RangeError(`loadRatings: density must be in (0, 1], got ${density}`);
  }
  const random = createRandom(seed).fork('ratings');
  const films = FILMS.map((film) => ({ ...film, ...filmFactors(film.genre, random) }));
  const ratings: Rating[] = [];
  let squares = 0;
  for (let user = 1; user <= users; user++) {
    const person = personFactors(random);
    for (const { title, genre, bias, factors } of films) {
      if (random.uniform() >= density) continue;
      const expected = MIDDLE + person.bias + bias + dot(person.factors, factors);
      const rating = stars(expected + random.normal(0, noise));
      squares += (rating - Math.min(5, Math.max(0.5, expected))) ** 2;
      ratings.push({ user, film: title, genre, rating });
    }
  }
  return { ratings, noiseFloor: Math.sqrt(squares / ratings.length) };
}

/** A film has the traits of its genre and some of its own. */
function filmFactors(genre: Genre, random: Random): Hidden {
  const factors = traitsOf(genre).map((amount) => amount + random.normal(0, 0.35));
  return { bias: random.normal(0, 0.35), factors };
}

function personFactors(random: Random): Hidden {
  return { bias: random.normal(0, 0.3), factors: traitsOf('comedy').map(() => random.normal(0, 0.45)) };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

const stars = (value: number): number => Math.min(5, Math.max(0.5, Math.round(2 * value) / 2));
