/**
 * A column of names, such as jobs or regions, as numbers. Number 0 is kept for
 * what is missing and for names that the training part never had: the net has
 * to answer then too.
 */
import { isMissing } from './numeric-column';

/** What was learned of a column. */
export interface CategoryColumn {
  readonly name: string;
  /** The names in the order of their numbers, sorted; the first is `(missing or new)`. */
  readonly categories: readonly string[];
  numberOf(value: unknown): number;
}

/** What number 0 stands for. */
export const MISSING_OR_NEW = '(missing or new)';

/** Learns a column from the training part. Numbers and booleans count as the names that they are written as. */
export function learnCategoryColumn(name: string, values: readonly unknown[]): CategoryColumn {
  const known = new Set(values.filter((value) => !isMissing(value)).map(String));
  const categories = [MISSING_OR_NEW, ...[...known].sort()];
  const numbers = new Map(categories.slice(1).map((category, index) => [category, index + 1]));
  return {
    name,
    categories,
    numberOf: (value) => (isMissing(value) ? 0 : (numbers.get(String(value)) ?? 0)),
  };
}

/** The names of the columns that it becomes one-hot: `sector = public`. */
export function oneHotNames({ name, categories }: CategoryColumn): readonly string[] {
  return categories.map((category) => `${name} = ${category}`);
}

/** One value as the numbers of those columns: 1 in its own, 0 elsewhere. */
export function oneHotValues(column: CategoryColumn, value: unknown): readonly number[] {
  const number = column.numberOf(value);
  return column.categories.map((_, index) => (index === number ? 1 : 0));
}
