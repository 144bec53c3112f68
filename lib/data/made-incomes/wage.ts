/**
 * What a person of the made country earns. The causes do not simply add up:
 * what a year of experience, an hour or a degree is worth depends on the field
 * and the sector. A linear model, which must give each its own fixed worth,
 * cannot say that; a net can.
 */
import { type Bank, type Field, type Region, SCHOOLING, type Schooling, type Sector } from './causes';

/** All that decides an income, but chance. */
export interface Causes {
  readonly bank: Bank;
  readonly schooling: Schooling;
  readonly field: Field;
  readonly sector: Sector;
  readonly region: Region;
  readonly experience: number;
  readonly hours: number;
}

/** By field: what it pays at first, what each step of schooling adds, and what experience adds at its best. */
const FIELD: {
  readonly [field in Field]: { readonly start: number; readonly step: number; readonly grown: number };
} = {
  bakery: { start: 0.1, step: 0, grown: 0.25 },
  'bridge building': { start: 0.15, step: 0.2, grown: 0.5 },
  care: { start: 0.05, step: 0.1, grown: 0.1 },
  clockwork: { start: 0.35, step: 0, grown: 0.75 },
  law: { start: 0, step: 0.2, grown: 0.9 },
  letters: { start: 0.05, step: 0.05, grown: -0.1 },
};

/** What a full week more is worth, as a share: a shopkeeper earns by the hour, an office hardly pays a late evening. */
const HOURS: { readonly [sector in Sector]: number } = { 'own shop': 1.4, private: 0.9, public: 0.2 };

/** By region: the capital pays its firms, but eats a shop by its rent; guests keep the coast's shops; nobody else teaches in the hills. */
const PLACE: { readonly [region in Region]: { readonly [sector in Sector]?: number } } = {
  capital: { private: 0.3, 'own shop': -0.25 },
  coast: { 'own shop': 0.35, private: -0.1 },
  hills: { public: 0.25 },
  towns: {},
};

/**
 * The natural logarithm of a yearly income, in thousands of crowns, without chance.
 *
 * @param directGap what the south bank earns less for the same work, as a share of 1.
 */
export function expectedLogIncome(causes: Causes, directGap: number): number {
  const { bank, schooling, field, sector, region, experience, hours } = causes;
  const { start, step, grown } = FIELD[field];
  const learned = step * SCHOOLING.indexOf(schooling);
  // Experience pays most in the first years, and is worth half after eight.
  const practised = (grown * experience) / (experience + 8);
  const here = PLACE[region][sector] ?? 0;
  const worked = HOURS[sector] * Math.log(hours / 40);
  const direct = bank === 'south' ? Math.log(1 - directGap) : 0;
  return Math.log(30) + start + learned + practised + here + worked + direct;
}
