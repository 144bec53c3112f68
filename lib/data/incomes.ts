/**
 * People and whether they earn much, to predict the one from the other: made
 * by the project itself unless the public ones, Adult, are asked for. Which
 * they are stands in `name`, and so on every figure.
 */
import { type AllOptions, checkOptions } from '../core/argument';
import { aNumber, oneOf } from '../core/argument-kinds';
import { recordDataSet } from '../core/facts';
import { frame } from '../frames/create';
import type { Frame } from '../frames/frame';
import type { DataSet } from './data-set';
import type { DataOrigin } from './loaders/data-loaders';
import { type IncomeWorld, makePeople, type Person } from './made-incomes/make';
import { findDataSet, readManifest } from './manifest';
import { readPublicFiles } from './public-files';
import { type AdultPerson, parseAdult } from './public-sets/adult';

/** Invented people, one a row. */
export interface MadeIncomes extends DataOrigin {
  readonly frame: Frame<Person>;
}

/** People of the census of 1994, one a row. */
export interface AdultIncomes extends DataOrigin {
  readonly frame: Frame<AdultPerson>;
}

export interface MakeIncomesOptions extends IncomeWorld {
  readonly source?: 'made';
  /** How many people; default 6,000. */
  readonly count?: number;
  /** Decides them; default 1. */
  readonly seed?: number;
}

export interface PublicIncomesOptions {
  readonly source: 'public';
  /** Which half of Adult; default `train`, 32,561 people. */
  readonly part?: 'train' | 'test';
}

/**
 * Loads people. `made` (the default): of an invented country; what decides their incomes is written
 * out in `made-incomes/causes.ts`. `public`: Adult, where this machine has it; nothing is fetched.
 *
 * @throws RangeError where an option is out of its range.
 * @throws InkwellError `DATA_MISSING` where Adult is not here, with the command that fetches it;
 *   `DATA_…` where its files are wrong.
 */
export function loadIncomes(options?: MakeIncomesOptions): Promise<MadeIncomes>;
export function loadIncomes(options: PublicIncomesOptions): Promise<AdultIncomes>;
export async function loadIncomes(
  options: MakeIncomesOptions | PublicIncomesOptions = {},
): Promise<MadeIncomes | AdultIncomes> {
  checkOptions<AllOptions<MakeIncomesOptions, PublicIncomesOptions>>('loadIncomes', options, {
    source: oneOf('made', 'public'),
    count: aNumber,
    seed: aNumber,
    directGap: aNumber,
    noise: aNumber,
    part: oneOf('train', 'test'),
  });
  const incomes =
    options.source === 'public'
      ? await adultIncomes(findDataSet(readManifest(), 'adult'), options)
      : made(options);
  recordDataSet(incomes.name);
  return incomes;
}

function made({ count = 6000, seed = 1, source: _, ...world }: MakeIncomesOptions): MadeIncomes {
  return {
    name: 'made incomes',
    source: `computed from this project's causal model, seed ${seed}`,
    citation: 'People of an invented country, by a causal model of this project (lib/data/made-incomes).',
    frame: frame(makePeople(count, seed, world)),
  };
}

/** Reads a half of Adult. @param dataSet its entry in the manifest. */
export async function adultIncomes(
  dataSet: DataSet,
  { part = 'train' }: Pick<PublicIncomesOptions, 'part'> = {},
): Promise<AdultIncomes> {
  const { source, bytesOf } = await readPublicFiles(dataSet);
  const file = part === 'train' ? 'adult.data' : 'adult.test';
  const people = parseAdult(Buffer.from(bytesOf(file)).toString('latin1'), file);
  return { name: dataSet.title, source, citation: dataSet.citation, frame: frame(people) };
}
