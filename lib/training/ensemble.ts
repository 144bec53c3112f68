/**
 * Ensembles: several nets asked at once. Errors that differ cancel, whether the
 * nets' probabilities are averaged or each has one vote (Nielsen, chapter 6).
 */
import { checkArguments } from '../core/argument';
import { aList } from '../core/argument-kinds';
import { someExamples } from '../data/argument-kinds';
import type { Examples } from '../data/examples';
import { aTensor } from '../engine/argument-kinds';
import * as tf from '../engine/tf';
import type { SavedNet } from './checkpoint';
import { predict } from './evaluate';
import { exampleCount } from './examples';
import { scoped } from './scoped';

/** What an ensemble says of many examples; class numbers. */
export interface EnsembleVerdict {
  /** Of each net, in order: `[net][example]`. */
  readonly single: readonly Int32Array[];
  /** The class with most votes; of equals, the one with the larger mean probability. */
  readonly vote: Int32Array;
  /** The class with the largest mean probability. */
  readonly mean: Int32Array;
}

/** Asks every net. @param nets that end in logits. @throws RangeError where there are none. */
export function askEnsemble(nets: readonly SavedNet[], xs: tf.Tensor): EnsembleVerdict {
  checkArguments('askEnsemble', { nets, xs }, { nets: aList, xs: aTensor });
  if (nets.length === 0) throw new RangeError('askEnsemble: there are no nets');
  const probabilities = nets.map(({ net, weights }) =>
    scoped(() => tf.softmax(predict(net, weights, xs)).arraySync() as number[][]),
  );
  const single = probabilities.map((rows) => Int32Array.from(rows, largest));
  const first = probabilities[0] as number[][];
  const means = first.map((row, example) =>
    row.map((_, label) => sum(probabilities, (rows) => rows[example]?.[label] as number) / nets.length),
  );
  const vote = means.map((row, example) => {
    // A mean is below 1, so it only decides between equal numbers of votes.
    const votes = row.map(
      (mean, label) => mean / 2 + sum(single, (labels) => Number(labels[example] === label)),
    );
    return largest(votes);
  });
  return { single, vote: Int32Array.from(vote), mean: Int32Array.from(means, largest) };
}

/** The share of verdicts that are right. */
export function shareRight(verdicts: Int32Array, labels: ArrayLike<number>): number {
  return verdicts.reduce((count, verdict, i) => count + Number(verdict === labels[i]), 0) / verdicts.length;
}

/** How good each net is, and the ensemble: shares of right answers. */
export interface EnsembleScores {
  readonly single: readonly number[];
  readonly vote: number;
  readonly mean: number;
}

/** Scores an ensemble on examples whose targets are class numbers. */
export function scoreEnsemble(nets: readonly SavedNet[], examples: Examples): EnsembleScores {
  checkArguments('scoreEnsemble', { nets, examples }, { nets: aList, examples: someExamples });
  exampleCount(examples);
  const labels = examples.ys.dataSync();
  const { single, vote, mean } = askEnsemble(nets, examples.xs);
  return {
    single: single.map((verdicts) => shareRight(verdicts, labels)),
    vote: shareRight(vote, labels),
    mean: shareRight(mean, labels),
  };
}

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function sum<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0);
}
