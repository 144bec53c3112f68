/** What a run came to, as it is stored: one JSON file a run. `result-schema.ts` says the same for ajv. */
import type { Recipe } from './recipe';

/** An image of the test set that was read wrongly. */
export interface TestError {
  /** Its place in the test set, from 0. */
  readonly index: number;
  readonly label: number;
  readonly answer: number;
}

/** What each result says of where it comes from. */
export interface Provenance {
  /** Of this kind of file. */
  readonly format: 1;
  /** The row of the table. */
  readonly row: string;
  /** `MNIST`, or `made digits`, whose figures say nothing of MNIST. */
  readonly dataSet: string;
  /** Name and version, such as `tensorflow 2.21.0`. */
  readonly engine: string;
  readonly threads: number;
  readonly versions: { readonly inkwell: string; readonly node: string };
  /** In words: processor, cores, memory. */
  readonly machine: string;
  /** The day on which it ended, `2026-11-27`. */
  readonly date: string;
  /** Of training and of scoring the validation images, all epochs together. */
  readonly minutes: number;
}

/** One epoch of a run. Accuracies are shares of images, exact. */
export interface EpochResult {
  /** The mean loss while training; null where it was no number. */
  readonly trainLoss: number | null;
  readonly validationAccuracy?: number;
  readonly testAccuracy?: number;
}

/** One net, trained. */
export interface RunResult extends Provenance {
  readonly kind: 'run';
  readonly seed: number;
  readonly recipe: Recipe;
  readonly parameters: number;
  /** Images learned from (expanded ones counted), chosen by, tested on. */
  readonly images: { readonly train: number; readonly validation: number; readonly test: number };
  readonly epochs: readonly EpochResult[];
  /** The epoch whose weights were tested, from 1: the best on validation (the later of equals), or the last. */
  readonly chosenEpoch: number;
  /** Absent where no image was kept for choosing. */
  readonly validationAccuracy?: number;
  readonly testAccuracy: number;
  /** Every test image that was read wrongly, in order. */
  readonly errors: readonly TestError[];
}

/** An image of the test set that a vote got wrong, and what each net said. */
export interface VoteError extends TestError {
  readonly answers: readonly number[];
}

/** Several nets of one row, asked together. */
export interface VoteResult extends Provenance {
  readonly kind: 'vote';
  /** The row of the nets, and the seeds of those that voted. */
  readonly of: string;
  readonly seeds: readonly number[];
  /** Each net's own, in the order of the seeds. */
  readonly singleAccuracies: readonly number[];
  /** The class with most votes; of equals, that with the larger mean probability. */
  readonly testAccuracy: number;
  /** The class with the largest mean probability. */
  readonly meanAccuracy: number;
  readonly errors: readonly VoteError[];
}

export type Result = RunResult | VoteResult;

/** The name of its file: row and first seed. */
export function fileNameOf(result: Result): string {
  const first = result.kind === 'run' ? result.seed : (result.seeds[0] as number);
  return resultFileName(result.row, first);
}

/** `conv2-relu`, 1 → `conv2-relu-1.json`. @param seed the first, for a vote. */
export function resultFileName(row: string, seed: number): string {
  return `${row}-${seed}.json`;
}

/** Whether two results of one run came to the same, whatever machine and minutes they took. */
export function isSameOutcome(a: Result, b: Result): boolean {
  return JSON.stringify(outcomeOf(a)) === JSON.stringify(outcomeOf(b));
}

function outcomeOf(result: Result): unknown {
  const { row, dataSet, testAccuracy, errors } = result;
  const own = result.kind === 'run' ? [result.seed, result.epochs, result.chosenEpoch] : [result.seeds];
  return [row, dataSet, testAccuracy, errors, ...own];
}
