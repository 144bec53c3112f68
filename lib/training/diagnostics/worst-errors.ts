/** The examples that a net got most wrong: often they say more about the data than about the net. */
import { checkArguments, checkOptions } from '../../core/argument';
import { aNumber, someNumbers } from '../../core/argument-kinds';
import { aTensor } from '../../engine/argument-kinds';
import * as tf from '../../engine/tf';

/** A verdict on one example. */
export interface Verdict {
  /** Which example. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** The probability that the net gave to what it predicted, and to the truth. */
  readonly confidence: number;
  readonly labelProbability: number;
  /** −ln of the truth's probability. */
  readonly loss: number;
}

/** The verdicts on all examples. @param logits `[count, classes]`. @param labels class numbers. */
export function verdicts(logits: tf.Tensor, labels: ArrayLike<number>): Verdict[] {
  const [count = 0, classes = 0] = logits.shape;
  if (logits.rank !== 2 || count !== labels.length) {
    throw new RangeError(
      `verdicts: logits must have shape [${labels.length}, classes], got [${logits.shape}]`,
    );
  }
  const probabilities = tf.tidy(() => tf.softmax(logits).dataSync());
  return Array.from(labels, (label, index) => {
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    const confidence = Math.max(...row);
    const labelProbability = row[label] ?? Number.NaN;
    const loss = -Math.log(labelProbability);
    return { index, label, predicted: row.indexOf(confidence), confidence, labelProbability, loss };
  });
}

/** The wrong ones, worst first. @param options.count at most so many; default 20. */
export function worstErrors(
  logits: tf.Tensor,
  labels: ArrayLike<number>,
  options: { readonly count?: number } = {},
): Verdict[] {
  checkArguments('worstErrors', { logits, labels }, { logits: aTensor, labels: someNumbers });
  checkOptions('worstErrors', options, { count: aNumber });
  const { count = 20 } = options;
  return verdicts(logits, labels)
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.loss - a.loss || a.index - b.index)
    .slice(0, count);
}
