/** Films that were never shot, and what there is in each of four things that people like or do not. */

export type Genre =
  | 'comedy'
  | 'adventure'
  | 'romance'
  | 'mystery'
  | 'space opera'
  | 'tragedy'
  | 'musical'
  | 'horror';

type Amounts = readonly [laughter: number, adventure: number, heartbreak: number, riddles: number];

/** How much of each trait is in a genre; 0 is the middle of all films. */
const GENRES: { readonly [genre in Genre]: Amounts } = {
  comedy: [1.2, -0.2, -0.4, -0.6],
  adventure: [0.1, 1.3, -0.3, -0.2],
  romance: [0.2, -0.6, 1.2, -0.5],
  mystery: [-0.5, 0, -0.1, 1.4],
  'space opera': [-0.1, 1.1, -0.2, 0.6],
  tragedy: [-1.2, -0.3, 1.1, 0.2],
  musical: [0.8, -0.4, 0.7, -0.7],
  horror: [-0.6, 0.6, -0.9, 0.9],
};

/** The traits of a genre. */
export function traitsOf(genre: Genre): readonly number[] {
  return GENRES[genre];
}

/** Titles by genre. */
const TITLES: { readonly [genre in Genre]: readonly string[] } = {
  comedy: [
    ...[
      'Love in the Time of Parking',
      'The Baker Strikes Back',
      'My Cousin the Volcano',
      'Two Tubas, One Lift',
    ],
    ...['The Moon Owes Me Money', 'Attack of the Garden Gnomes', 'A Brief History of Socks', 'Honk'],
  ],
  adventure: [
    ...['The Last Ladder to Lhasa', 'Pirates of the Car Park', 'Around the Pond in Eighty Days', 'Rope'],
    ...['The Cartographer’s Left Boot', 'Nine Days on a Pedalo', 'North by Bus', 'The Tunnel of Herr Vogt'],
  ],
  romance: [
    ...['Slow Train to Tuesday', 'The Lighthouse Accountant', 'Letters to a Plumber', 'Seven Umbrellas'],
    ...['Your Side of the Greenhouse', 'A Waltz in Wellingtons', 'Kiss Me at the Tax Office', 'Half a Pear'],
  ],
  mystery: [
    ...['The Last Teapot', 'Nobody Feeds the Heron', 'Murder by Semicolon', 'Who Moved the Piano?'],
    ...['The Locksmith’s Alibi', 'Eleven Spoons', 'The Butler Was on Holiday', 'A Drawer Too Many'],
  ],
  'space opera': [
    ...[
      'Midnight at Neptune Central',
      'The Robots Want Tea',
      'Gravity Is Closed Today',
      'Admiral of Nothing',
    ],
    ...['The Long Way to Ganymede', 'Comet, Party of Six', 'Oxygen for Two', 'Return to the Cheese Nebula'],
  ],
  tragedy: [
    ...['A Goat in Winter', 'The Quiet Tuba', 'Hamlet in Hamburg', 'The Ice Rink Closes at Nine'],
    ...['What the Swan Knew', 'Farewell, Fishmonger', 'The Second Violin', 'Rain on the Allotment'],
  ],
  musical: [
    ...['Singing in the Drain', 'Accordion!', 'Forty Sopranos', 'The Trombone Sisters'],
    ...['Oh, What a Lovely Queue', 'Tap Shoes at Dawn', 'Cabaret of the Bees', 'Polka Street'],
  ],
  horror: [
    ...[
      'Return of the Librarian',
      'The Thing in the Compost',
      'They Knit by Night',
      'Do Not Open the Fridge',
    ],
    ...['Midnight Marmalade', 'The Dentist’s Cellar', 'Something Is Wrong with Grandmother’s Budgie', 'Damp'],
  ],
};

/** A film and its genre. */
export interface Film {
  readonly title: string;
  readonly genre: Genre;
}

/** All films, genre by genre. */
export const FILMS: readonly Film[] = (Object.keys(TITLES) as Genre[]).flatMap((genre) =>
  TITLES[genre].map((title) => ({ title, genre })),
);
