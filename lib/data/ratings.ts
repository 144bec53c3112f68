/** What people think of films: ratings to learn tastes from. */
import { recordDataSet } from '../core/facts';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { DataOrigin } from './loaders/data-loaders';
import { makeRatings, type Rating, type RatingWorld } from './made-ratings/make';

/** Ratings, one a row: columns `user`, `film`, `genre` and `rating`. */
export interface Ratings extends DataOrigin {
  readonly frame: Frame<Rating>;
  /**
   * Root of the mean squared error of somebody who knew everything but chance, in stars; no model can
   * do better. Known because the ratings are made.
   */
  readonly noiseFloor: number;
}

export interface LoadRatingsOptions extends RatingWorld {
  /** Decides the ratings; default 1. */
  readonly seed?: number;
}

/**
 * Loads ratings, half stars in 0.5 … 5.
 *
 * @throws RangeError where an option is out of its range.
 */
export async function loadRatings(options: LoadRatingsOptions = {}): Promise<Ratings> {
  const ratings = made(options);
  recordDataSet(ratings.name);
  return ratings;
}

function made({ seed = 1, ...world }: LoadRatingsOptions): Ratings {
  const { ratings, noiseFloor } = makeRatings(seed, world);
  return {
    name: 'made ratings',
    source: `computed from this project's hidden tastes, seed ${seed}`,
    citation: 'Ratings of invented films by invented people (lib/data/made-ratings).',
    frame: frame(ratings),
    noiseFloor,
  };
}
