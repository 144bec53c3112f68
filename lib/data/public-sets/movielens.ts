/**
 * MovieLens 100K (Harper and Konstan, 2015): `u.data` holds user, film, stars
 * and time, apart by tabs; `u.item` the films, apart by bars, in Latin-1, with
 * a 0 or 1 for each of nineteen genres.
 */
import { dataError } from '../errors';
import type { Rating } from '../made-ratings/make';

/** In the order of the columns of `u.item`. */
const GENRES: readonly string[] = [
  ...['unknown', 'Action', 'Adventure', 'Animation', "Children's", 'Comedy', 'Crime', 'Documentary'],
  ...['Drama', 'Fantasy', 'Film-Noir', 'Horror', 'Musical', 'Mystery', 'Romance', 'Sci-Fi', 'Thriller'],
  ...['War', 'Western'],
];

/** Number, title, three columns of dates and addresses, then the genres. */
const FIRST_GENRE = 5;

/**
 * Joins ratings and films. A film's genre is all of its genres, such as `Animation / Comedy`; of two
 * films of one title and year each keeps its number beside it.
 *
 * @param data the text of `u.data`.
 * @param items the text of `u.item`.
 * @throws InkwellError `DATA_FORMAT`, with the file and the line.
 */
export function parseMovieLens(data: string, items: string): Rating[] {
  const films = parseFilms(items);
  return linesOf(data).map((line, index) => {
    const where = `u.data, line ${index + 1}`;
    const fields = line.split('\t');
    const [user = Number.NaN, item = Number.NaN, rating = Number.NaN] = fields.map(Number);
    if (fields.length !== 4 || !Number.isInteger(user) || !(rating >= 1 && rating <= 5)) {
      throw dataError('DATA_FORMAT', `${where}: expected user, film, 1 … 5 stars and time, got ${line}`);
    }
    const film = films.get(item);
    if (film === undefined) throw dataError('DATA_FORMAT', `${where}: u.item has no film ${fields[1]}`);
    return { user, ...film, rating };
  });
}

function parseFilms(items: string): Map<number, { readonly film: string; readonly genre: string }> {
  const rows = linesOf(items).map((line, index) => {
    const fields = line.split('|');
    if (fields.length === FIRST_GENRE + GENRES.length) return fields;
    const counts = `${FIRST_GENRE + GENRES.length} values, got ${fields.length}`;
    throw dataError('DATA_FORMAT', `u.item, line ${index + 1}: expected ${counts}`);
  });
  const counts = new Map<string, number>();
  for (const [, title = ''] of rows) counts.set(title, (counts.get(title) ?? 0) + 1);
  return new Map(
    rows.map(([number = '', title = '', , , , ...flags]) => {
      const film = counts.get(title) === 1 ? title : `${title} #${number}`;
      return [Number(number), { film, genre: GENRES.filter((_, i) => flags[i] === '1').join(' / ') }];
    }),
  );
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');
