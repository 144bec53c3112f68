import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseMovieLens } from 'inkwell/data/public-sets/movielens';
import { loadRatings, movieLensRatings } from 'inkwell/data/ratings';
import { ratingLoaders } from 'inkwell/data/ratings/rating-loaders';
import { asIsDataSet, temporaryFolders, thrownBy, withEnvironment } from '../support';

const folder = temporaryFolders();
withEnvironment(() => ({
  INKWELL_CACHE: folder(),
  INKWELL_DATA: folder(),
  INKWELL_DATASETS: undefined,
  INKWELL_OFFLINE: '1',
}));

/** A line of `u.item`: genres by their columns. */
const film = (number: number, title: string, ...genres: number[]): string => {
  const flags = Array.from({ length: 19 }, (_, i) => (genres.includes(i) ? 1 : 0));
  return [number, title, '01-Jan-1995', '', 'http://example.org/', ...flags].join('|');
};
const ITEMS = `${[
  film(1, 'The Goat (1995)', 3, 5),
  film(2, 'Äpfel (1994)', 8),
  film(3, 'Rope (1990)', 0),
  film(4, 'Rope (1990)', 16),
].join('\n')}\n`;
const DATA = '196\t2\t3\t881250949\n186\t1\t5\t891717742\n196\t4\t1\t881250949\n';
const files = new Map([
  ['u.data', Buffer.from(DATA, 'latin1')],
  ['u.item', Buffer.from(ITEMS, 'latin1')],
]);

test('ratings and films are joined, from a folder that INKWELL_DATA names', async () => {
  const dataSet = asIsDataSet('movielens-100k', ['http://localhost:9/'], files);
  const place = path.join(process.env['INKWELL_DATA'] ?? '', 'movielens-100k');
  mkdirSync(place);
  for (const [name, bytes] of files) writeFileSync(path.join(place, name), bytes);
  const ratings = await movieLensRatings(dataSet);
  expect(ratings.source).toBe('the folder that INKWELL_DATA names');
  expect(ratings.frame.rows()).toEqual([
    { user: 196, film: 'Äpfel (1994)', genre: 'Drama', rating: 3 },
    { user: 186, film: 'The Goat (1995)', genre: 'Animation / Comedy', rating: 5 },
    { user: 196, film: 'Rope (1990) #4', genre: 'Thriller', rating: 1 },
  ]);
  const columns = { user: 'user', item: 'film', rating: 'rating' } as const;
  expect(ratingLoaders({ ...ratings, ...columns, validationFraction: 0 }).encoding.range).toEqual([1, 5]);
});

test('half a data set is an error, not half the ratings', async () => {
  const dataSet = asIsDataSet('movielens-100k', ['http://localhost:9/'], files);
  writeFileSync(path.join(process.env['INKWELL_DATA'] ?? '', 'u.data'), DATA);
  const error = await thrownBy(movieLensRatings(dataSet));
  expect(error.code).toBe('DATA_INCOMPLETE');
  expect(error.message).toMatch(/lacks u\.item/);
});

test('where MovieLens is not at hand the error names the command', async () => {
  const error = await thrownBy(loadRatings({ source: 'public' }));
  expect(error.code).toBe('DATA_MISSING');
  expect(error.hint).toContain('`npx inkwell data fetch movielens-100k`');
});

test.each([
  ['1\t1\t9\t0', ITEMS, 'u.data, line 1: expected user, film, 1 … 5 stars and time'],
  ['1\t7\t3\t0', ITEMS, 'u.data, line 1: u.item has no film 7'],
  [DATA, '1|The Goat|x', 'u.item, line 1: expected 24 values, got 3'],
])('a line that is none of theirs is named: %j', (data, items, message) => {
  expect(() => parseMovieLens(data, items)).toThrow(message);
});
