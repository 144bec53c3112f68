/** Made incomes: people of an invented country, by the causal model in `causes.ts` and the wages in `wage.ts`. */
import { createRandom, type Random } from '../../core/random';
import { checkWhole } from '../check-whole';
import {
  type Bank,
  chooseBank,
  chooseExperience,
  chooseField,
  chooseHours,
  chooseRegion,
  chooseSchooling,
  chooseSector,
  type Field,
  type Region,
  type Schooling,
  type Sector,
} from './causes';
import { expectedLogIncome } from './wage';

/** A person, as a census would ask. Some did not answer everything. */
export interface Person {
  /** Years, 18 … 67. */
  readonly age: number;
  readonly bank: Bank;
  readonly schooling: Schooling;
  readonly field: Field;
  /** Null where it was not answered. */
  readonly sector: Sector | null;
  readonly region: Region;
  /** Years at work. */
  readonly experience: number;
  /** A week; null where it was not answered. */
  readonly hours: number | null;
  /** Whether the yearly income is above 70 thousand crowns. */
  readonly income: 'above 70' | 'up to 70';
}

/** What decides made incomes beside their seed. */
export interface IncomeWorld {
  /** What the south bank earns less for the same work, a share in [0, 1); default 0.1. 0 leaves only the indirect gap. */
  readonly directGap?: number;
  /** Deviation of chance, of the logarithm of an income; default 0.1. */
  readonly noise?: number;
}

/** In thousands of crowns a year: about a fifth earn more. */
export const THRESHOLD = 70;

/** The share of answers that are missing, where any may be. */
const UNANSWERED = 0.04;

/**
 * Makes people; the same for the same seed on every machine.
 *
 * @throws RangeError where the count is no whole number of at least 0 or the gap is not in [0, 1).
 */
export function makePeople(count: number, seed: number, world: IncomeWorld = {}): Person[] {
  checkWhole('loadIncomes', 'count', count, 0);
  const { directGap = 0.1, noise = 0.1 } = world;
  if (!(directGap >= 0 && directGap < 1)) {
    throw new RangeError(`loadIncomes: directGap must be in [0, 1), got ${directGap}`);
  }
  const random = createRandom(seed).fork('incomes');
  return Array.from({ length: count }, () => makePerson(random, { directGap, noise }));
}

function makePerson(random: Random, { directGap, noise }: Required<IncomeWorld>): Person {
  const bank = chooseBank(random);
  const age = 18 + random.integer(50);
  const schooling = chooseSchooling(bank, random);
  const field = chooseField(schooling, random);
  const sector = chooseSector(field, random);
  const region = chooseRegion(random);
  const experience = chooseExperience(age, schooling, random);
  const hours = chooseHours(sector, random);
  const causes = { bank, schooling, field, sector, region, experience, hours };
  const income = Math.exp(expectedLogIncome(causes, directGap) + random.normal(0, noise));
  const answered = <T>(value: T): T | null => (random.uniform() < UNANSWERED ? null : value);
  return {
    ...{ age, bank, schooling, field, sector: answered(sector), region, experience, hours: answered(hours) },
    income: income > THRESHOLD ? 'above 70' : 'up to 70',
  };
}
