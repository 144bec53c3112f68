/**
 * A recipe: all that decides what a run comes to, beside the data and the
 * seed, as plain data. It is stored with each result, so that a figure names
 * what it was made by, and compared with the row that it is to stand in.
 */
import type { NetSpec } from '../layers/spec';
import { type AugmentOptions, augment } from '../training/augment/augment';
import { adam, type Optimizer, sgd } from '../training/optimizers';
import { exponential, oneCycle, type Schedule } from '../training/schedules';
import type { Augmentation } from '../training/step';

/** A learning rate, or how it changes. */
export type Rate =
  | number
  /** By equal factors from the first epoch to the last. */
  | { readonly kind: 'exponential'; readonly from: number; readonly to: number }
  /** Up and down again, step by step. */
  | { readonly kind: 'one cycle'; readonly peak: number; readonly warmup: number };

export interface Recipe {
  readonly net: NetSpec;
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: Rate;
  /** Nielsen's λ, which his library divides by the batches of an epoch; 0 for none. */
  readonly lambda: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The first so many of the training images are learned from. */
  readonly train: number;
  /** So many after those choose the epoch; with 0 the last epoch counts. */
  readonly validation: number;
  /** Whether each image comes with four copies, shifted by a pixel. */
  readonly expanded: boolean;
  /** Changes on the fly. */
  readonly augment?: AugmentOptions;
  /** Whether the test set is scored at every epoch, for a curve; never to choose by. */
  readonly testEveryEpoch: boolean;
}

/** The rule for learning of a recipe. */
export function optimizerOf({ optimizer }: Recipe): Optimizer {
  return optimizer === 'adam' ? adam() : sgd();
}

/** What a fit takes of a recipe. */
export interface FitParts {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number | Schedule;
  readonly l2: number;
  readonly augment?: Augmentation;
}

/** The recipe as options of `Learner.fit`. @param images that an epoch sees. */
export function fitPartsOf(recipe: Recipe, images: number): FitParts {
  const { epochs, batchSize, learningRate, lambda } = recipe;
  return {
    epochs,
    batchSize,
    learningRate: scheduleOf(learningRate),
    l2: lambda / Math.ceil(images / batchSize),
    ...(recipe.augment && { augment: augment(recipe.augment) }),
  };
}

function scheduleOf(rate: Rate): number | Schedule {
  if (typeof rate === 'number') return rate;
  if (rate.kind === 'exponential') return exponential(rate.from, rate.to);
  return oneCycle(rate.peak, { warmup: rate.warmup });
}

/** Whether two recipes are the same, whatever the order of their fields. */
export function isSameRecipe(a: Recipe, b: Recipe): boolean {
  return sorted(a) === sorted(b);
}

/** As JSON with fields in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
