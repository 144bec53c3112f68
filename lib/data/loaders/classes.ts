/** Answers that are names, as numbers: the first class in alphabetical order is 0. */
import * as tf from '../../engine/tf';

/** The different answers, sorted. */
export function classesOf(answers: Iterable<string>): readonly string[] {
  return [...new Set(answers)].sort();
}

/**
 * Each answer as the number of its class.
 *
 * @returns int32, `[count]`; the caller's.
 * @throws RangeError for an answer that is no class.
 */
export function classTensor(answers: readonly string[], classes: readonly string[]): tf.Tensor1D {
  const numbers = new Map(classes.map((name, index) => [name, index]));
  const values = answers.map((answer) => {
    const number = numbers.get(answer);
    if (number !== undefined) return number;
    throw new RangeError(`there is no class "${answer}"; the classes are ${classes.join(', ')}`);
  });
  return tf.tensor1d(values, 'int32');
}
