/** Rows that are run in a second, on made digits. */
import type { Digits } from 'inkwell/data/digits';
import { loadDigits } from 'inkwell/data/digits';
import type { Recipe } from 'inkwell/results/recipe';
import type { NetRow, Row, VoteRow } from 'inkwell/results/rows';

export const smallRecipe: Recipe = {
  net: {
    inputShape: [28, 28, 1],
    layers: [{ kind: 'flatten' }, { kind: 'dropout', rate: 0.2 }, { kind: 'dense', units: 10 }],
  },
  optimizer: 'adam',
  learningRate: { kind: 'one cycle', peak: 0.01, warmup: 0.25 },
  lambda: 0.1,
  epochs: 4,
  batchSize: 10,
  train: 200,
  validation: 100,
  expanded: false,
  augment: { translationPixels: 1 },
  testEveryEpoch: true,
};

export const smallRow: NetRow = {
  kind: 'net',
  name: 'small',
  title: 'a small net',
  chapter: '08',
  published: 0.9,
  runs: 3,
  expectedMinutes: 1,
  recipe: smallRecipe,
};

export const smallVote: VoteRow = {
  kind: 'vote',
  name: 'small-vote',
  title: 'vote of three of these',
  chapter: '09',
  of: 'small',
  size: 3,
  runs: 1,
  expectedMinutes: 1,
};

/** The vote first: the list of jobs has to put it behind those who vote. */
export const smallRows: readonly Row[] = [smallVote, smallRow];

/** 300 digits to train and choose on, 100 to test on. */
export const smallDigits = (): Promise<Digits> =>
  loadDigits({ source: 'made', trainCount: 300, testCount: 100 });
