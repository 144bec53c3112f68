/** What the made reviews are made of. Praise and blame come in lists that a template may take from either way round. */

/** Whether something is liked: 1, or not: −1. */
export type Polarity = 1 | -1;

/** What a film can be, by polarity. */
export const ADJECTIVES: { readonly [polarity in `${Polarity}`]: readonly string[] } = {
  '1': [
    ...['gripping', 'tender', 'witty', 'moving', 'clever', 'charming', 'dazzling', 'warm', 'sharp', 'funny'],
    ...['elegant', 'fresh', 'graceful', 'delightful', 'memorable', 'honest', 'convincing', 'thrilling'],
    ...['touching', 'bold', 'brilliant', 'lovely', 'subtle', 'surprising'],
  ],
  '-1': [
    ...[
      'boring',
      'clumsy',
      'stale',
      'flat',
      'tiresome',
      'predictable',
      'hollow',
      'limp',
      'shallow',
      'wooden',
    ],
    ...[
      'dreary',
      'noisy',
      'muddled',
      'lifeless',
      'pompous',
      'silly',
      'sloppy',
      'forgettable',
      'dull',
      'smug',
    ],
    ...['annoying', 'pointless', 'gloomy', 'awkward'],
  ],
};

/** What an evening at the cinema can be, by polarity. */
export const EVENINGS: { readonly [polarity in `${Polarity}`]: readonly string[] } = {
  '1': [
    ...['a gem', 'a small miracle', 'two hours of bliss', 'a masterpiece', 'a triumph', 'pure joy'],
    ...['the best evening since the invention of cheese', 'a film to hug', 'a feast', 'a love letter'],
  ],
  '-1': [
    ...['a disaster', 'a mess', 'two hours of beige', 'a long wait for a late bus', 'a headache', 'a yawn'],
    ...['a soup that somebody forgot to salt', 'a film to forget', 'a funeral', 'an excuse for popcorn'],
  ],
};

/** What an opinion can be about. */
export const ASPECTS: readonly string[] = [
  ...['the plot', 'the ending', 'the acting', 'the dialogue', 'the music', 'the camera work', 'the pace'],
  ...['the villain', 'the love story', 'the car chase', 'the talking goat', 'the first hour', 'the last act'],
  ...['the hero', 'the second half', 'the wedding scene', 'the script', 'the dog', 'the sword fight'],
];

export const INTENSIFIERS: readonly string[] = [
  ...['truly', 'really', 'utterly', 'quite', 'rather', 'astonishingly', 'wonderfully', 'terribly', 'deeply'],
];

export const TITLES: readonly string[] = [
  ...[
    'The Last Teapot',
    'A Goat in Winter',
    'Seven Umbrellas',
    'The Lighthouse Accountant',
    'Midnight Marmalade',
  ],
  ...['Return of the Librarian', 'Nobody Feeds the Heron', 'Love in the Time of Parking', 'The Quiet Tuba'],
  ...['Eleven Spoons', 'Attack of the Garden Gnomes', 'My Cousin the Volcano', 'Slow Train to Tuesday'],
  ...[
    'The Baker Strikes Back',
    'A Brief History of Socks',
    'Pirates of the Car Park',
    'The Moon Owes Me Money',
  ],
];

/** Who else has been there; has no taste of any weight. */
export const OTHERS: readonly string[] = [
  ...['my aunt', 'my dentist', 'my neighbour', 'a retired magician', 'my former boss', 'the man at the till'],
  ...['my brother', 'the woman in row six', 'my chess club', 'a tired usher'],
];

/** Sentences that say nothing about the film's worth. `$` is the title. */
export const FILLERS: readonly string[] = [
  'I saw $ on a rainy Tuesday.',
  '$ runs for two hours and eleven minutes.',
  'The man beside me ate a very loud bag of crisps.',
  '$ was filmed in a small town by the sea.',
  'It is the third film of its director, and the first without a horse.',
  'The cinema was half empty, or half full.',
  'There is a trailer, and it has a goat in it.',
  'I bought my ticket for $ at the counter, as one did in former times.',
  'The story begins in a post office and ends in another.',
  'We took the tram home and talked about cheese.',
  '$ is based on a book that I have on my shelf.',
  'The subtitles were in Finnish.',
  'It opened on Thursday in four cinemas.',
];
