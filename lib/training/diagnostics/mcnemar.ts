/**
 * Whether one of two classifiers is better, judged on the same examples. What
 * both get right and what both get wrong says nothing about that; only the
 * disagreements do.
 */
import { checkArguments } from '../../core/argument';
import { aFlag, type Kind, listOf } from '../../core/argument-kinds';

/** Two classifiers compared on the same examples. */
export interface McNemar {
  /** How many examples only the first got right. */
  readonly onlyFirst: number;
  /** How many only the second got right. */
  readonly onlySecond: number;
  /**
   * The probability, 0 … 1, that two equally good classifiers disagree at least
   * as unevenly: two-sided and exact, from the binomial distribution. 1 where
   * they never disagree.
   */
  readonly p: number;
}

const verdicts: Kind = listOf(aFlag, 'an array of true and false, one for each example');

/**
 * McNemar's exact test (McNemar, 1947; the exact form is the sign test on the
 * disagreements): each disagreement is the toss of a fair coin where neither
 * classifier is better. Used in chapters 03 and 06.
 *
 * @param first for each example, whether the first classifier was right.
 * @param second the same of the second one, on the same examples in the same order.
 * @throws RangeError where the lists differ in length or are empty.
 *
 * @example mcNemar([true, true, false], [true, false, false]) // { onlyFirst: 1, onlySecond: 0, p: 1 }
 */
export function mcNemar(first: readonly boolean[], second: readonly boolean[]): McNemar {
  checkArguments('mcNemar', { first, second }, { first: verdicts, second: verdicts });
  if (first.length !== second.length || first.length === 0)
    throw new RangeError(
      `mcNemar: expected two lists of one length, at least 1, got ${first.length} and ${second.length}`,
    );
  const onlyFirst = first.filter((right, i) => right && !second[i]).length;
  const onlySecond = second.filter((right, i) => right && !first[i]).length;
  return { onlyFirst, onlySecond, p: evenCoin(onlyFirst, onlySecond) };
}

/** How probable a fair coin falls at least as unevenly as `heads` to `tails`, 0 … 1. */
function evenCoin(heads: number, tails: number): number {
  const tosses = heads + tails;
  // The logarithm of each binomial coefficient: thousands of tosses would overflow the number itself.
  let logWays = 0;
  let sum = 0;
  for (let k = 0; k <= Math.min(heads, tails); k++) {
    sum += Math.exp(logWays - tosses * Math.LN2);
    logWays += Math.log(tosses - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * sum);
}
