/**
 * Ratings that users gave to items: what collaborative filtering learns from.
 * Nothing is known of either but who rated what, and how.
 */
import { checkOptions, required } from '../../core/argument';
import { aString } from '../../core/argument-kinds';
import * as tf from '../../engine/tf';
import { aFrame } from '../../frames/argument-kinds';
import type { Frame } from '../../frames/frame';
import { type DataOrigin, originKinds } from '../loaders/data-loaders';
import { answersOf, type Dataset, datasetOf, itemsOf, type SplitDatasetOptions } from '../loaders/dataset';
import { type Encoding, type FittedLoaders, fittedLoaders } from '../loaders/fitted-loaders';
import { splitKinds } from '../split-indices';
import { type CategoryColumn, learnCategoryColumn } from '../tables/category-column';

/** Who may rate what. */
export interface Pair {
  readonly user: string | number;
  readonly item: string | number;
}

/** How pairs become numbers. Number 0 is a user, or an item, that the training part never had. */
export interface RatingEncoding extends Encoding<Pair, number> {
  readonly users: CategoryColumn;
  readonly items: CategoryColumn;
  /** The lowest and the highest rating to train on. */
  readonly range: readonly [low: number, high: number];
  /** int32, `[count, 2]`: the user's number and the item's. */
  encode(pairs: readonly Pair[]): tf.Tensor2D;
}

/** A frame and the parts that its columns play. */
export interface RatingLoadersOptions<Row extends object> extends SplitDatasetOptions, Partial<DataOrigin> {
  readonly frame: Frame<Row>;
  readonly user: keyof Row & string;
  readonly item: keyof Row & string;
  readonly rating: keyof Row & string;
}

/** Loaders of pairs and their ratings. */
export type RatingLoaders = FittedLoaders<Pair, number, RatingEncoding>;

/**
 * Splits the ratings of a frame, one a row. `xs` is int32 `[count, 2]` (user, item), `ys` float32
 * `[count]`. Users and items are numbered by the training part.
 *
 * @throws RangeError where there is no such column, a user or an item is missing, or a rating is no number.
 */
export function ratingLoaders<Row extends object>(options: RatingLoadersOptions<Row>): RatingLoaders {
  checkOptions('ratingLoaders', options, {
    frame: required(aFrame),
    user: required(aString),
    item: required(aString),
    rating: required(aString),
    ...splitKinds,
    ...originKinds,
  });
  const { frame, user, item, rating, name = 'ratings', source = 'a data frame', citation = '' } = options;
  const [users, items, ratings] = [frame.column(user), frame.column(item), frame.column(rating)];
  const pairs = Array.from(users, (who: unknown, row): Pair => {
    return { user: nameIn(user, row, who), item: nameIn(item, row, items[row]) };
  });
  const answers = Array.from(ratings, (value: unknown, row) => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new RangeError(
      `ratingLoaders: column "${rating}" must hold numbers, but row ${row} holds ${value}`,
    );
  });
  return fittedLoaders(datasetOf(pairs, answers), ratingEncoding, { ...options, name, source, citation });
}

function nameIn(column: string, row: number, value: unknown): string | number {
  if (typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value))) return value;
  throw new RangeError(
    `ratingLoaders: column "${column}" must name someone or something, but row ${row} holds ${value}`,
  );
}

function ratingEncoding(train: Dataset<Pair, number>): RatingEncoding {
  const pairs = itemsOf(train);
  const users = learnCategoryColumn(
    'user',
    pairs.map(({ user }) => user),
  );
  const items = learnCategoryColumn(
    'item',
    pairs.map(({ item }) => item),
  );
  const ratings = answersOf(train);
  const low = ratings.reduce((least, rating) => Math.min(least, rating));
  const high = ratings.reduce((most, rating) => Math.max(most, rating));
  return {
    ...{ users, items, range: [low, high], inputShape: [2], classes: [] },
    encode: (some) =>
      tf.tensor2d(
        Int32Array.from(some.flatMap(({ user, item }) => [users.numberOf(user), items.numberOf(item)])),
        [some.length, 2],
        'int32',
      ),
    encodeAnswers: (answers) => tf.tensor1d([...answers], 'float32'),
  };
}
