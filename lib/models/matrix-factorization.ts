/**
 * Collaborative filtering by matrix factorization (Koren, Bell and Volinsky,
 * 2009; as a net in Howard and Gugger, 2020, chapter 8): a vector for each user
 * and each item, learned from the ratings alone. How well the two agree is
 * their dot product; some users are mild and some items good, whoever meets
 * whom: their biases. A sigmoid squeezes the sum into the range of the ratings.
 */
import { checkOptions, required } from '../core/argument';
import { aNumber, aPair } from '../core/argument-kinds';
import { checkNumber, checkWhole } from '../layers/shape';
import type { LayerSpec, NetSpec } from '../layers/spec';

export interface MatrixFactorizationOptions {
  /** How many users there are, numbered from 0. */
  readonly users: number;
  /** How many items there are, numbered from 0. */
  readonly items: number;
  /** Length of each vector; default 5. 0 leaves only the biases. */
  readonly factors?: number;
  /**
   * Lowest and highest answer; default `[0, 5.5]`: the sigmoid reaches neither end, so the range is a
   * little wider than that of ratings in 0.5 … 5.
   */
  readonly range?: readonly [low: number, high: number];
  /** Standard deviation of the first values; default 0.1. */
  readonly deviation?: number;
}

/**
 * A net that takes pairs, int32 `[2]` (user, item), and answers with a rating, `[1]`.
 *
 * @throws RangeError where a number is out of its range.
 */
export function matrixFactorization(options: MatrixFactorizationOptions): NetSpec {
  checkOptions('matrixFactorization', options, {
    users: required(aNumber),
    items: required(aNumber),
    factors: aNumber,
    range: aPair,
    deviation: aNumber,
  });
  const { users, items, factors = 5, range = [0, 5.5], deviation = 0.1 } = options;
  const where = 'matrixFactorization';
  checkWhole(where, 'factors', factors, 0);
  checkNumber(where, 'deviation', deviation, deviation > 0, 'above 0');
  const weights = { kind: 'normal', deviation } as const;
  const table = (at: number, vocabulary: number, dimensions: number): LayerSpec[] => [
    { kind: 'select', at },
    { kind: 'embedding', vocabulary, dimensions, weights },
  ];
  const agreement: LayerSpec = {
    kind: 'parallel',
    join: 'dot',
    branches: [table(0, users, factors), table(1, items, factors)],
  };
  return {
    inputShape: [2],
    layers: [
      {
        kind: 'parallel',
        join: 'add',
        branches: [...(factors === 0 ? [] : [[agreement]]), table(0, users, 1), table(1, items, 1)],
      },
      { kind: 'sigmoid-range', low: range[0], high: range[1] },
    ],
  };
}
