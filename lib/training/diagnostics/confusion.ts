/** The confusion matrix: what was taken for what. */
import { checkArguments, checkOptions } from '../../core/argument';
import { aNumber, someNumbers } from '../../core/argument-kinds';

export interface ConfusionMatrix {
  /** How often a true class (row) was given as a class (column). */
  readonly counts: readonly (readonly number[])[];
  /** The share of right answers. */
  readonly accuracy: number;
  /** For each class, the share of it that was found; NaN where there was none. */
  readonly recall: readonly number[];
  /** For each class, the share right among what was given as it; NaN where none was. */
  readonly precision: readonly number[];
  /**
   * For each class, intersection over union (Jaccard, 1901): of all that is the class or was given
   * as it, the share that is both; NaN where there is neither.
   */
  readonly intersectionOverUnion: readonly number[];
  /** Its mean over the classes that there are. */
  readonly meanIntersectionOverUnion: number;
}

/**
 * Counts predictions against labels.
 *
 * @param predictions class numbers, as many as labels; of masks, those of all pixels.
 * @param options.classes default one more than the largest number there is.
 * @throws RangeError where the lists differ in length or a number is no class.
 */
export function confusionMatrix(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: { readonly classes?: number } = {},
): ConfusionMatrix {
  checkArguments(
    'confusionMatrix',
    { predictions, labels },
    { predictions: someNumbers, labels: someNumbers },
  );
  checkOptions('confusionMatrix', options, { classes: aNumber });
  const pairs = Array.from(labels, (label, i) => [label, predictions[i] as number] as const);
  if (predictions.length !== labels.length) {
    throw new RangeError(`confusionMatrix: ${predictions.length} predictions but ${labels.length} labels`);
  }
  const { classes = Math.max(-1, ...new Set(pairs.flat())) + 1 } = options;
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [label, prediction] of pairs) {
    const row = counts[label];
    if (row?.[prediction] === undefined) {
      const range = `0 … ${classes - 1}`;
      throw new RangeError(
        `confusionMatrix: classes must be whole numbers in ${range}, got ${label} and ${prediction}`,
      );
    }
    row[prediction] = (row[prediction] as number) + 1;
  }
  const right = counts.map((row, i) => row[i] as number);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const isClass = counts.map((row) => sum(row));
  const givenAs = counts.map((_, i) => sum(counts.map((row) => row[i] as number)));
  const quotients = (below: (i: number) => number): number[] => right.map((hits, i) => hits / below(i));
  const overlaps = quotients((i) => (isClass[i] as number) + (givenAs[i] as number) - (right[i] as number));
  const present = overlaps.filter((overlap) => !Number.isNaN(overlap));
  return {
    counts,
    accuracy: sum(right) / pairs.length,
    recall: quotients((i) => isClass[i] as number),
    precision: quotients((i) => givenAs[i] as number),
    intersectionOverUnion: overlaps,
    meanIntersectionOverUnion: sum(present) / present.length,
  };
}
