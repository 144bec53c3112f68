/** Film reviews and their verdicts, to learn sentiment from. */
import { recordDataSet } from '../core/facts';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { DataOrigin } from './loaders/data-loaders';
import { makeReviews, type Review } from './made-reviews/make';

/** Reviews, one a row: columns `review` and `verdict`, `negative` or `positive`. Goes into `textLoaders` as it is. */
export interface Reviews extends DataOrigin {
  readonly frame: Frame<Review>;
}

export interface LoadReviewsOptions {
  /** How many made reviews; default 3,000. */
  readonly count?: number;
  /** Decides the made reviews; default 1. */
  readonly seed?: number;
}

/**
 * Loads reviews.
 *
 * @throws RangeError where the count is no whole number of at least 0.
 */
export async function loadReviews(options: LoadReviewsOptions = {}): Promise<Reviews> {
  const reviews = made(options);
  recordDataSet(reviews.name);
  return reviews;
}

function made({ count = 3000, seed = 1 }: LoadReviewsOptions): Reviews {
  return {
    name: 'made reviews',
    source: `written by this project's grammar, seed ${seed}`,
    citation: 'Film reviews written by a grammar of this project (lib/data/made-reviews).',
    frame: frame(makeReviews(count, seed)),
  };
}
