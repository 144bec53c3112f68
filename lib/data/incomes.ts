/** People and whether they earn much: a table to predict from. */
import { recordDataSet } from '../core/facts';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { DataOrigin } from './loaders/data-loaders';
import { type IncomeWorld, makePeople, type Person } from './made-incomes/make';

/** Invented people, one a row. */
export interface MadeIncomes extends DataOrigin {
  readonly frame: Frame<Person>;
}

export interface LoadIncomesOptions extends IncomeWorld {
  /** How many people; default 6,000. */
  readonly count?: number;
  /** Decides them; default 1. */
  readonly seed?: number;
}

/**
 * Loads people. What decides their incomes is written out in `made-incomes/causes.ts`.
 *
 * @throws RangeError where an option is out of its range.
 */
export async function loadIncomes(options: LoadIncomesOptions = {}): Promise<MadeIncomes> {
  const incomes = made(options);
  recordDataSet(incomes.name);
  return incomes;
}

function made({ count = 6000, seed = 1, ...world }: LoadIncomesOptions): MadeIncomes {
  return {
    name: 'made incomes',
    source: `computed from this project's causal model, seed ${seed}`,
    citation: 'People of an invented country, by a causal model of this project (lib/data/made-incomes).',
    frame: frame(makePeople(count, seed, world)),
  };
}
