/**
 * The rows of the table of results: Nielsen's nets of chapter 6 at his own
 * protocol (mini-batches of 10, 50,000 images to learn from, 10,000 to choose
 * the epoch by, 10,000 to test on), the experiments of the chapters, and the
 * votes. Each row is so many independent runs.
 */
import { InkwellError } from '../core/errors';
import { type NielsenOptions, nielsen } from '../models/nielsen';
import type { Recipe } from './recipe';

interface RowBasics {
  /** Names the row on the command line and in files: `conv2-relu`. */
  readonly name: string;
  /** In words, for a table. */
  readonly title: string;
  /** The chapter that it belongs to, such as `08`. */
  readonly chapter: string;
  /** What the seed of the book reports, a share; absent for rows that are ours alone. */
  readonly published?: number;
}

/** A net that is trained some times. */
export interface NetRow extends RowBasics {
  readonly kind: 'net';
  readonly recipe: Recipe;
  /** How often it is trained, with seeds 1, 2, … */
  readonly runs: number;
  /** Of one run, on one core of a server of 2026. */
  readonly expectedMinutes: number;
}

/** A vote of the nets of another row. */
export interface VoteRow extends RowBasics {
  readonly kind: 'vote';
  /** The row whose nets vote. */
  readonly of: string;
  /** How many vote at a time, and how many such votes there are: seeds 1 … size, then the next. */
  readonly size: number;
  readonly runs: number;
  readonly expectedMinutes: number;
}

export type Row = NetRow | VoteRow;

/** What the rows of Nielsen's protocol differ in. */
interface NielsenRow {
  readonly net: NielsenOptions;
  readonly rate: number;
  readonly lambda?: number;
  readonly epochs?: number;
  readonly expanded?: boolean;
}

function nielsenRecipe({ net, rate, lambda = 0, epochs = 60, expanded = false }: NielsenRow): Recipe {
  return {
    net: nielsen(net),
    optimizer: 'sgd',
    learningRate: rate,
    lambda,
    epochs,
    batchSize: 10,
    train: 50_000,
    validation: 10_000,
    expanded,
    testEveryEpoch: true,
  };
}

const RELU = { activation: 'relu' } as const;

/** ReLU, on the expanded images. */
const expanded = (hidden: readonly number[]): Recipe =>
  nielsenRecipe({ net: { ...RELU, hidden }, rate: 0.03, lambda: 0.1, expanded: true });

/** The rows in the order of the table. */
export const ROWS: readonly Row[] = [
  {
    ...{ kind: 'net', name: 'dense-sigmoid', chapter: '08', runs: 3, expectedMinutes: 2 },
    title: 'dense 100, sigmoid',
    published: 0.978,
    recipe: nielsenRecipe({ net: { filters: [] }, rate: 0.1 }),
  },
  {
    ...{ kind: 'net', name: 'conv1-sigmoid', chapter: '08', runs: 3, expectedMinutes: 5 },
    title: 'convolution 20, dense 100, sigmoid',
    published: 0.9878,
    recipe: nielsenRecipe({ net: { filters: [20] }, rate: 0.1 }),
  },
  {
    ...{ kind: 'net', name: 'conv2-sigmoid', chapter: '08', runs: 3, expectedMinutes: 7 },
    title: 'convolutions 20 and 40, dense 100, sigmoid',
    published: 0.9906,
    recipe: nielsenRecipe({ net: {}, rate: 0.1 }),
  },
  {
    ...{ kind: 'net', name: 'conv2-relu', chapter: '08', runs: 3, expectedMinutes: 6 },
    title: 'convolutions 20 and 40, dense 100, ReLU',
    published: 0.9923,
    recipe: nielsenRecipe({ net: RELU, rate: 0.03, lambda: 0.1 }),
  },
  {
    ...{ kind: 'net', name: 'conv1-no-dense', chapter: '08', runs: 3, expectedMinutes: 5 },
    title: 'convolution 20 and no dense layer, sigmoid',
    recipe: nielsenRecipe({ net: { filters: [20], hidden: [] }, rate: 0.1 }),
  },
  {
    ...{ kind: 'net', name: 'conv2-tanh', chapter: '08', runs: 3, expectedMinutes: 7 },
    title: 'convolutions 20 and 40, dense 100, tanh',
    recipe: nielsenRecipe({ net: { activation: 'tanh' }, rate: 0.1 }),
  },
  {
    ...{ kind: 'net', name: 'expanded', chapter: '09', runs: 1, expectedMinutes: 26 },
    title: 'the same with ReLU, expanded images',
    published: 0.9937,
    recipe: expanded([100]),
  },
  {
    ...{ kind: 'net', name: 'expanded-300', chapter: '09', runs: 1, expectedMinutes: 32 },
    title: 'dense 300, expanded images',
    published: 0.9946,
    recipe: expanded([300]),
  },
  {
    ...{ kind: 'net', name: 'expanded-1000', chapter: '09', runs: 1, expectedMinutes: 45 },
    title: 'dense 1,000, expanded images',
    published: 0.9943,
    recipe: expanded([1000]),
  },
  {
    ...{ kind: 'net', name: 'expanded-100-100', chapter: '09', runs: 1, expectedMinutes: 28 },
    title: 'dense 100 twice, expanded images',
    published: 0.9943,
    recipe: expanded([100, 100]),
  },
  {
    ...{ kind: 'net', name: 'expanded-300-300', chapter: '09', runs: 1, expectedMinutes: 37 },
    title: 'dense 300 twice, expanded images',
    published: 0.9948,
    recipe: expanded([300, 300]),
  },
  {
    ...{ kind: 'net', name: 'expanded-1000-1000', chapter: '09', runs: 1, expectedMinutes: 62 },
    title: 'dense 1,000 twice, expanded images',
    published: 0.9947,
    recipe: expanded([1000, 1000]),
  },
  {
    ...{ kind: 'net', name: 'dropout', chapter: '09', runs: 5, expectedMinutes: 50 },
    title: 'dense 1,000 twice with dropout, expanded images',
    published: 0.996,
    recipe: nielsenRecipe({
      net: { ...RELU, hidden: [1000, 1000], dropout: 0.5 },
      rate: 0.03,
      epochs: 40,
      expanded: true,
    }),
  },
  {
    ...{ kind: 'vote', name: 'dropout-vote', chapter: '09', runs: 1, expectedMinutes: 1 },
    title: 'vote of five of these',
    published: 0.9967,
    of: 'dropout',
    size: 5,
  },
];

/**
 * The row of a name.
 *
 * @throws InkwellError `RESULTS_ROW`, with the names that there are.
 */
export function findRow(name: string, rows: readonly Row[] = ROWS): Row {
  const found = rows.find((row) => row.name === name);
  if (found !== undefined) return found;
  throw new InkwellError('RESULTS_ROW', `there is no row named ${name}`, {
    hint: `The rows are ${rows.map((row) => row.name).join(', ')}.`,
  });
}

/** The first seed of each run of a row: 1, 2, … for nets, 1, 6, … for votes of five. */
export function seedsOf(row: Row, runs: number = row.runs, first: number = 1): number[] {
  const step = row.kind === 'vote' ? row.size : 1;
  return Array.from({ length: runs }, (_, i) => first + i * step);
}
