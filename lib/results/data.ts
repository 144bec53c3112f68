/** The images of a recipe, in the engine: what is learned from, what chooses, what is tested on. */
import type { Digits } from '../data/digits';
import type { Examples } from '../data/examples';
import type { LabelledImages } from '../data/labelled-images';
import { take } from '../data/select';
import { expandByShifts } from '../training/augment/expand';
import { disposeExamples, examplesOf } from '../training/examples';
import type { Recipe } from './recipe';

/** Dispose of them after use. */
export interface RecipeExamples {
  readonly train: Examples;
  /** Absent where the recipe keeps none for choosing. */
  readonly validation?: Examples;
  readonly test: Examples;
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  dispose(): void;
}

/**
 * Takes the recipe's parts of the digits, in their own order: the first images
 * are learned from, those that follow choose, as in the seed of the book.
 *
 * @throws RangeError where there are too few images.
 */
export function examplesFor(recipe: Recipe, digits: Digits): RecipeExamples {
  const { train, validation, net } = recipe;
  if (train + validation > digits.train.count) {
    throw new RangeError(
      `results: the recipe takes ${train} + ${validation} images to train and choose on, but there are ${digits.train.count}`,
    );
  }
  const learned = part(digits.train, 0, train);
  const shown = recipe.expanded ? expandByShifts(learned) : learned;
  const sets = {
    train: examplesOf(shown, net.inputShape),
    ...(validation > 0 && {
      validation: examplesOf(part(digits.train, train, train + validation), net.inputShape),
    }),
    test: examplesOf(digits.test, net.inputShape),
  };
  return {
    ...sets,
    counts: { train: shown.count, validation, test: digits.test.count },
    dispose: () => Object.values(sets).forEach(disposeExamples),
  };
}

const part = (set: LabelledImages, start: number, end: number): LabelledImages =>
  take(
    set,
    Array.from({ length: end - start }, (_, i) => start + i),
  );
