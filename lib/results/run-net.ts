/**
 * One run of a recipe, from fresh weights to a result. It writes a checkpoint
 * after each epoch and keeps the weights that count, so that a run which was
 * killed goes on at its last epoch and comes to what it would have come to.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Digits } from '../data/digits';
import type { Examples } from '../data/examples';
import * as tf from '../engine/tf';
import { disposeWeights } from '../layers/net';
import { parameterCount } from '../layers/summary';
import { checkpoints, saveBest } from '../training/callbacks';
import { loadNet, resumeFrom, type SavedNet, saveNet } from '../training/checkpoint';
import { predict } from '../training/evaluate';
import { bestEpoch, type EpochRecord, type History } from '../training/history';
import type { Hooks } from '../training/hooks';
import { Learner } from '../training/learner';
import { scoped } from '../training/scoped';
import { examplesFor, type RecipeExamples } from './data';
import { fitPartsOf, optimizerOf, type Recipe } from './recipe';
import type { EpochResult, RunResult, TestError } from './result';

/** How far a run is. */
export interface RunProgress {
  readonly epoch: EpochRecord;
  readonly done: number;
  readonly epochs: number;
  /** Milliseconds that the rest will take at the pace so far. */
  readonly leftMs: number;
}

export interface RunNetOptions {
  readonly digits: Digits;
  /** Decides weights, order of the images, dropout and changes on the fly. */
  readonly seed: number;
  /** Where checkpoints stand while it runs, and afterwards the net that was tested; made where there is none. */
  readonly folder: string;
  /** Whether a checkpoint that is there is gone on from; else it is removed. Default true. */
  readonly resume?: boolean;
  readonly onEpoch?: (progress: RunProgress) => void;
  readonly signal?: AbortSignal;
}

/** What the training came to; who stores it adds where it comes from. */
export type RunOutcome = Pick<
  RunResult,
  | 'seed'
  | 'recipe'
  | 'parameters'
  | 'images'
  | 'epochs'
  | 'chosenEpoch'
  | 'validationAccuracy'
  | 'testAccuracy'
  | 'errors'
  | 'minutes'
>;

/** The files of a run in its folder. */
const filesIn = (folder: string): { checkpoint: string; best: string; net: string } => ({
  checkpoint: path.join(folder, 'checkpoint.safetensors'),
  best: path.join(folder, 'best.safetensors'),
  net: netFile(folder),
});

/** The net that was tested, once the run is over. */
export const netFile = (folder: string): string => path.join(folder, 'net.safetensors');

/** True where a run was cut off in this folder. */
export const hasCheckpoint = (folder: string): boolean => existsSync(filesIn(folder).checkpoint);

/**
 * Trains and tests a net.
 *
 * @throws the signal's reason where it aborts (the checkpoint stays); InkwellError
 *   `CHECKPOINT_OTHER` where the checkpoint is of another recipe or data.
 */
export async function runNet(recipe: Recipe, options: RunNetOptions): Promise<RunOutcome> {
  const { digits, seed, folder, resume = true } = options;
  const files = filesIn(folder);
  await mkdir(folder, { recursive: true });
  if (!resume) await removeCheckpoints(folder);
  const examples = examplesFor(recipe, digits);
  const learner = new Learner({ net: recipe.net, optimizer: optimizerOf(recipe), seed });
  try {
    if (existsSync(files.checkpoint)) await resumeFrom(files.checkpoint, learner);
    await fit(learner, recipe, examples, options);
    const chosen = chosenOf(learner.history, examples);
    const net = await keptNet(learner, files, examples);
    const errors = testErrors(net, examples.test);
    if (net.weights !== learner.weights) disposeWeights(net.weights);
    await removeCheckpoints(folder);
    return {
      ...{ seed, recipe, parameters: parameterCount(recipe.net), images: examples.counts },
      epochs: learner.history.map((record) => epochResult(record, examples)),
      chosenEpoch: chosen.epoch + 1,
      ...accuracyOf('validationAccuracy', chosen, 'validation', examples.counts.validation),
      testAccuracy: (examples.counts.test - errors.length) / examples.counts.test,
      errors,
      minutes: round(learner.history.reduce((sum, { durationMs }) => sum + durationMs, 0) / 60_000, 2),
    };
  } finally {
    learner.dispose();
    examples.dispose();
  }
}

/** Removes what a cut-off run has left, the net of a finished one aside. */
async function removeCheckpoints(folder: string): Promise<void> {
  const { checkpoint, best } = filesIn(folder);
  for (const file of [checkpoint, best]) await rm(file, { force: true });
}

async function fit(
  learner: Learner,
  recipe: Recipe,
  { train, validation, test, counts }: RecipeExamples,
  { folder, onEpoch, signal }: RunNetOptions,
): Promise<void> {
  const { checkpoint, best } = filesIn(folder);
  const hooks: Hooks[] = [
    ...(recipe.testEveryEpoch ? [testEveryEpoch(test)] : []),
    ...(validation === undefined ? [] : [saveBest(best)]),
    ...(onEpoch === undefined ? [] : [tellEpochs(onEpoch, recipe.epochs)]),
    checkpoints(checkpoint),
  ];
  await learner.fit({
    ...fitPartsOf(recipe, counts.train),
    train,
    ...(validation && { validation }),
    hooks,
    ...(signal && { signal }),
  });
}

/** Scores the test set for a curve; nothing is chosen by it. */
function testEveryEpoch(test: Examples): Hooks {
  return {
    name: 'testEveryEpoch',
    async epochEnd({ learner, addScores }) {
      addScores('test', await learner.evaluate(test));
    },
  };
}

function tellEpochs(onEpoch: (progress: RunProgress) => void, epochs: number): Hooks {
  return {
    name: 'tellEpochs',
    epochEnd({ learner, record }) {
      const done = learner.history.length;
      const spentMs = learner.history.reduce((sum, { durationMs }) => sum + durationMs, 0);
      onEpoch({ epoch: record, done, epochs, leftMs: (spentMs / done) * (epochs - done) });
    },
  };
}

/** The epoch that counts: the best on validation, the last where nothing chooses. */
function chosenOf(history: History, { validation }: RecipeExamples): EpochRecord {
  return (validation === undefined ? history.at(-1) : bestEpoch(history)) as EpochRecord;
}

/** The net of the epoch that counts, stored by itself. */
async function keptNet(
  learner: Learner,
  files: { readonly best: string; readonly net: string },
  { validation }: RecipeExamples,
): Promise<SavedNet> {
  const kept =
    validation === undefined ? { net: learner.net, weights: learner.weights } : await loadNet(files.best);
  await saveNet(files.net, kept);
  return kept;
}

/** The class that the net holds for likeliest, for each image. */
function answersOf({ net, weights }: SavedNet, xs: tf.Tensor): Int32Array {
  return scoped(() => tf.argMax(predict(net, weights, xs), 1).dataSync() as Int32Array);
}

function testErrors(net: SavedNet, { xs, ys }: Examples): TestError[] {
  const labels = ys.dataSync();
  const answers = answersOf(net, xs);
  return [...answers].flatMap((answer, index) => {
    const label = labels[index] as number;
    return answer === label ? [] : [{ index, label, answer }];
  });
}

function epochResult(record: EpochRecord, { counts }: RecipeExamples): EpochResult {
  const loss = record.scores['train']?.['loss'] ?? Number.NaN;
  return {
    trainLoss: Number.isFinite(loss) ? round(loss, 6) : null,
    ...accuracyOf('validationAccuracy', record, 'validation', counts.validation),
    ...accuracyOf('testAccuracy', record, 'test', counts.test),
  };
}

/** An accuracy as a share of whole images, without the rounding of the engine's 32-bit numbers. */
function accuracyOf<Name extends string>(
  name: Name,
  { scores }: EpochRecord,
  set: string,
  count: number,
): { readonly [key in Name]?: number } {
  const value = scores[set]?.['accuracy'];
  const named = { [name]: Math.round((value ?? 0) * count) / count };
  return value === undefined ? {} : (named as { [key in Name]: number });
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
