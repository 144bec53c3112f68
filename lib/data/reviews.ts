/**
 * Film reviews and their verdicts, to learn sentiment from: made by the project
 * itself unless the public ones, IMDb's, are asked for. Which they are stands
 * in `name`, and so on every figure.
 */
import path from 'node:path';
import { type AllOptions, checkOptions } from '../core/argument';
import { aNumber, oneOf } from '../core/argument-kinds';
import { recordDataSet } from '../core/facts';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { ArchiveSet } from './archives/archive-set';
import { findArchives } from './archives/find-archives';
import type { DataOrigin } from './loaders/data-loaders';
import { makeReviews, type Review } from './made-reviews/make';
import { findArchiveSet, readManifest } from './manifest';
import { readTextFolder } from './texts/text-folder';

/** Reviews, one a row: columns `review` and `verdict`, `negative` or `positive`. Goes into `textLoaders` as it is. */
export interface Reviews extends DataOrigin {
  readonly frame: Frame<Review>;
}

export interface MakeReviewsOptions {
  readonly source?: 'made';
  /** How many reviews; default 3,000. */
  readonly count?: number;
  /** Decides them; default 1. */
  readonly seed?: number;
}

export interface PublicReviewsOptions {
  readonly source: 'public';
  /** Which half; default `train`, 25,000 reviews. */
  readonly part?: 'train' | 'test';
}

/**
 * Loads reviews. `made` (the default): by a small grammar. `public`: IMDb's, where this machine has
 * them; nothing is fetched but by `npx inkwell data fetch imdb`.
 *
 * @throws RangeError where the count is no whole number of at least 0.
 * @throws InkwellError `DATA_MISSING` where IMDb's are not here, with the command that fetches them;
 *   `DATA_INCOMPLETE` where some of them are.
 */
export async function loadReviews(options: MakeReviewsOptions | PublicReviewsOptions = {}): Promise<Reviews> {
  checkOptions<AllOptions<MakeReviewsOptions, PublicReviewsOptions>>('loadReviews', options, {
    source: oneOf('made', 'public'),
    count: aNumber,
    seed: aNumber,
    part: oneOf('train', 'test'),
  });
  const reviews =
    options.source === 'public'
      ? await imdbReviews(findArchiveSet(readManifest(), 'imdb'), options)
      : made(options);
  recordDataSet(reviews.name);
  return reviews;
}

function made({ count = 3000, seed = 1 }: MakeReviewsOptions): Reviews {
  return {
    name: 'made reviews',
    source: `written by this project's grammar, seed ${seed}`,
    citation: 'Film reviews written by a grammar of this project (lib/data/made-reviews).',
    frame: frame(makeReviews(count, seed)),
  };
}

/** Reads a half of IMDb's reviews: a folder for each verdict. @param set their entry in the manifest. */
export async function imdbReviews(
  set: ArchiveSet,
  { part = 'train' }: Pick<PublicReviewsOptions, 'part'> = {},
): Promise<Reviews> {
  const { folder, source } = await findArchives(set);
  const texts = await readTextFolder(path.join(folder, 'aclImdb', part), { classes: ['neg', 'pos'] });
  const rows = Array.from(
    { length: texts.count },
    (_, index): Review => ({
      review: texts.item(index),
      verdict: texts.answer(index) === 'pos' ? 'positive' : 'negative',
    }),
  );
  return { name: set.title, source, citation: set.citation, frame: frame(rows) };
}
