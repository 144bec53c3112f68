/**
 * The made country and how its people come by their incomes: a small causal
 * model, written out so that a reader can ask what a table alone never tells.
 *
 *     bank ──► schooling ──► field ──► sector
 *      │           │           │         │
 *      │           ▼           ▼         ▼
 *      ├──────► (age) ──► experience ──► income ◄── hours ◄── sector
 *      │                                 ▲ ▲
 *      └── a direct share, `directGap` ──┘ └── region
 *
 * A river runs through the country. Children of the south bank have fewer years
 * of school (`bank → schooling`), and so other fields, other experience and
 * other incomes: the part of the gap that runs through other columns. The rest
 * is direct: for the same work the south bank is paid less, by `directGap`.
 * The people and both banks are invented; the two ways are not.
 */
import type { Random } from '../../core/random';

export type Bank = 'north' | 'south';
export type Schooling = 'school' | 'apprenticeship' | 'college' | 'university';
export type Field = 'bakery' | 'bridge building' | 'care' | 'clockwork' | 'law' | 'letters';
export type Sector = 'own shop' | 'private' | 'public';
export type Region = 'capital' | 'coast' | 'hills' | 'towns';

export const SCHOOLING: readonly Schooling[] = ['school', 'apprenticeship', 'college', 'university'];
export const FIELDS: readonly Field[] = ['bakery', 'bridge building', 'care', 'clockwork', 'law', 'letters'];

/** How likely each schooling is, by bank. */
const SCHOOLING_SHARES: { readonly [bank in Bank]: readonly number[] } = {
  north: [0.15, 0.3, 0.3, 0.25],
  south: [0.3, 0.38, 0.2, 0.12],
};

/** How likely each field is, by schooling. */
const FIELD_SHARES: { readonly [schooling in Schooling]: readonly number[] } = {
  school: [0.4, 0.1, 0.3, 0.1, 0, 0.1],
  apprenticeship: [0.25, 0.25, 0.2, 0.25, 0, 0.05],
  college: [0.1, 0.2, 0.25, 0.2, 0.1, 0.15],
  university: [0, 0.2, 0.1, 0.15, 0.25, 0.3],
};

export const chooseBank = (random: Random): Bank => (random.uniform() < 0.6 ? 'north' : 'south');

export const chooseSchooling = (bank: Bank, random: Random): Schooling =>
  choose(SCHOOLING, SCHOOLING_SHARES[bank], random);

export const chooseField = (schooling: Schooling, random: Random): Field =>
  choose(FIELDS, FIELD_SHARES[schooling], random);

export const chooseSector = (field: Field, random: Random): Sector =>
  choose<Sector>(
    ['own shop', 'private', 'public'],
    field === 'care' ? [0.1, 0.2, 0.7] : [0.25, 0.5, 0.25],
    random,
  );

export const chooseRegion = (random: Random): Region =>
  choose<Region>(['capital', 'coast', 'hills', 'towns'], [0.3, 0.2, 0.2, 0.3], random);

/** Years since school ended, less the odd year off. */
export function chooseExperience(age: number, schooling: Schooling, random: Random): number {
  const years = age - 17 - 2 * SCHOOLING.indexOf(schooling);
  return Math.max(0, Math.round(years * random.between(0.75, 1)));
}

/** Hours a week: most work 40, a shop of one's own knows no evening. */
export function chooseHours(sector: Sector, random: Random): number {
  const mean = sector === 'own shop' ? 46 : 38;
  return Math.min(75, Math.max(8, Math.round(random.normal(mean, 9))));
}

function choose<T>(items: readonly T[], shares: readonly number[], random: Random): T {
  let left = random.uniform();
  const index = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return items[index === -1 ? items.length - 1 : index] as T;
}
