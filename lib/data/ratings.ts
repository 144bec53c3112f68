/**
 * What people think of films, to learn tastes from: made by the project itself
 * unless the public ratings, MovieLens 100K, are asked for. Which they are
 * stands in `name`, and so on every figure.
 */
import { type AllOptions, checkOptions } from '../core/argument';
import { aNumber, oneOf } from '../core/argument-kinds';
import { recordDataSet } from '../core/facts';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { DataSet } from './data-set';
import type { DataOrigin } from './loaders/data-loaders';
import { makeRatings, type Rating, type RatingWorld } from './made-ratings/make';
import { findDataSet, readManifest } from './manifest';
import { readPublicFiles } from './public-files';
import { parseMovieLens } from './public-sets/movielens';

/** Ratings, one a row: columns `user`, `film`, `genre` and `rating`. */
export interface Ratings extends DataOrigin {
  readonly frame: Frame<Rating>;
}

export interface MadeRatings extends Ratings {
  /**
   * Root of the mean squared error of somebody who knew everything but chance, in stars; no model can
   * do better. Known because the ratings are made.
   */
  readonly noiseFloor: number;
}

export interface MakeRatingsOptions extends RatingWorld {
  readonly source?: 'made';
  /** Decides the ratings; default 1. */
  readonly seed?: number;
}

export interface PublicRatingsOptions {
  readonly source: 'public';
}

/**
 * Loads ratings. `made` (the default): half stars, 0.5 … 5, of invented films. `public`: MovieLens
 * 100K, whole stars, 1 … 5, where this machine has it; nothing is fetched.
 *
 * @throws RangeError where an option is out of its range.
 * @throws InkwellError `DATA_MISSING` where MovieLens is not here, with the command that fetches it;
 *   `DATA_…` where its files are wrong.
 */
export function loadRatings(options?: MakeRatingsOptions): Promise<MadeRatings>;
export function loadRatings(options: PublicRatingsOptions): Promise<Ratings>;
export async function loadRatings(options: MakeRatingsOptions | PublicRatingsOptions = {}): Promise<Ratings> {
  checkOptions<AllOptions<MakeRatingsOptions, PublicRatingsOptions>>('loadRatings', options, {
    source: oneOf('made', 'public'),
    seed: aNumber,
    users: aNumber,
    density: aNumber,
    noise: aNumber,
  });
  const ratings =
    options.source === 'public'
      ? await movieLensRatings(findDataSet(readManifest(), 'movielens-100k'))
      : made(options);
  recordDataSet(ratings.name);
  return ratings;
}

function made({ seed = 1, source: _, ...world }: MakeRatingsOptions): MadeRatings {
  const { ratings, noiseFloor } = makeRatings(seed, world);
  return {
    name: 'made ratings',
    source: `computed from this project's hidden tastes, seed ${seed}`,
    citation: 'Ratings of invented films by invented people (lib/data/made-ratings).',
    frame: frame(ratings),
    noiseFloor,
  };
}

/** Reads MovieLens 100K. @param dataSet its entry in the manifest. */
export async function movieLensRatings(dataSet: DataSet): Promise<Ratings> {
  const { source, bytesOf } = await readPublicFiles(dataSet);
  const text = (file: string): string => Buffer.from(bytesOf(file)).toString('latin1');
  const ratings = parseMovieLens(text('u.data'), text('u.item'));
  return { name: dataSet.title, source, citation: dataSet.citation, frame: frame(ratings) };
}
