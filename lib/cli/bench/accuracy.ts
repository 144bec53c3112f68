/**
 * How long it takes from the start of the process to a net that reads 99 % of
 * MNIST's test digits: loading the engine and the data, compiling, three epochs.
 *
 * The net is the one with two convolutions of Nielsen, chapter 6, with ReLU and
 * He's weights, trained by Adam under one cycle of the learning rate. All was
 * chosen on validation data; the test set is looked at once, at the weights of
 * the best validation epoch.
 */
import type { ProgressListener } from '../../core/progress';
import { type Digits, loadDigits } from '../../data/digits';
import type { Examples } from '../../data/examples';
import type { LabelledImages } from '../../data/labelled-images';
import { split } from '../../data/split';
import { useEngine } from '../../engine/engine';
import type { LayerSpec, NetSpec } from '../../layers/spec';
import { nielsen } from '../../models/nielsen';
import { keepBest, reportProgress } from '../../training/callbacks';
import { disposeExamples, examplesOf } from '../../training/examples';
import { Learner } from '../../training/learner';
import { adam } from '../../training/optimizers';
import { oneCycle } from '../../training/schedules';
import { type Machine, thisMachine } from './machine';

/** The share of right answers to reach. */
export const TARGET_ACCURACY = 0.99;

/** The time to reach it in, on two cores, seconds since the process started. */
export const TARGET_SECONDS = 20;

const EPOCHS = 3;
const BATCH_SIZE = 64;
const PEAK_RATE = 0.004;

export interface AccuracyBench {
  readonly date: string;
  readonly machine: Machine;
  /** Name and version, such as `tensorflow 2.21.0`. */
  readonly engine: string;
  readonly threads: number;
  /** What the digits are: `MNIST` or `made digits`. */
  readonly dataSet: string;
  readonly seed: number;
  readonly epochs: number;
  /** Images to train on, to choose the epoch on, to test on. */
  readonly images: { readonly train: number; readonly validation: number; readonly test: number };
  /** The epoch whose weights were tested, from 1: the best on validation. */
  readonly bestEpoch: number;
  readonly validationAccuracy: number;
  readonly testAccuracy: number;
  /** From the start of the process to the test accuracy. */
  readonly seconds: number;
  readonly target: { readonly accuracy: number; readonly seconds: number };
}

export interface AccuracyOptions {
  /** Decides the split, the weights and the order; default 1. */
  readonly seed?: number;
  /** `mnist`, the default, or an error; `made`: the project's own digits, whose figures say nothing of MNIST. */
  readonly source?: 'mnist' | 'made';
  /** Images to train on and choose on; default 60,000, of which a sixth is for choosing. */
  readonly images?: number;
  readonly onProgress?: ProgressListener;
}

/**
 * Trains and measures, once.
 *
 * @throws InkwellError `DATA_…` where MNIST cannot be had and made digits were not asked for.
 */
export async function benchAccuracy(options: AccuracyOptions = {}): Promise<AccuracyBench> {
  const { seed = 1, source = 'mnist', images = 60_000, onProgress } = options;
  const [engine, digits] = await Promise.all([
    useEngine(),
    loadDigits({ source, trainCount: images, testCount: Math.min(images, 10_000), seed }),
  ]);
  const scored = await trainAndTest(digits, seed, onProgress);
  return {
    date: new Date().toISOString(),
    machine: thisMachine(),
    engine: `${engine.name} ${engine.version}`,
    threads: engine.threads,
    dataSet: digits.name,
    seed,
    epochs: EPOCHS,
    ...scored,
    seconds: performance.now() / 1000, // counted from the start of the process
    target: { accuracy: TARGET_ACCURACY, seconds: TARGET_SECONDS },
  };
}

type Scored = Pick<AccuracyBench, 'images' | 'bestEpoch' | 'validationAccuracy' | 'testAccuracy'>;

async function trainAndTest(
  digits: Digits,
  seed: number,
  onProgress: ProgressListener | undefined,
): Promise<Scored> {
  const net = accuracyNet();
  const parts = split(digits.train, { validationFraction: 1 / 6, seed });
  const learner = new Learner({ net, optimizer: adam(), seed });
  const best = keepBest();
  try {
    const validationAccuracy = await withExamples([parts.train, parts.validation], net, async (sets) => {
      const [train, validation] = sets as [Examples, Examples];
      const hooks = [best, ...(onProgress ? [reportProgress(onProgress, { parts: 20 })] : [])];
      const learningRate = oneCycle(PEAK_RATE, { warmup: 0.25 });
      await learner.fit({ train, validation, epochs: EPOCHS, batchSize: BATCH_SIZE, learningRate, hooks });
      return learner.history[best.epoch as number]?.scores['validation']?.['accuracy'] as number;
    });
    best.restore();
    const scores = await withExamples([digits.test], net, ([test]) => learner.evaluate(test as Examples));
    return {
      images: { train: parts.train.count, validation: parts.validation.count, test: digits.test.count },
      bestEpoch: (best.epoch as number) + 1,
      validationAccuracy: exactShare(validationAccuracy, parts.validation.count),
      testAccuracy: exactShare(scores['accuracy'] as number, digits.test.count),
    };
  } finally {
    best.dispose();
    learner.dispose();
  }
}

/** A share of whole images, without the rounding of the engine's 32-bit numbers. */
function exactShare(share: number, count: number): number {
  return Math.round(share * count) / count;
}

/** The net of the recipe: Nielsen's, with ReLU, He's weights and biases of zero. */
function accuracyNet(): NetSpec {
  const net = nielsen({ activation: 'relu' });
  const start = (spec: LayerSpec): LayerSpec =>
    spec.kind === 'conv' || spec.kind === 'dense' ? { ...spec, weights: 'he-normal', biases: 'zeros' } : spec;
  return { ...net, layers: net.layers.map(start) };
}

/** Puts image sets into the engine for as long as the work lasts. */
async function withExamples<T>(
  sets: readonly LabelledImages[],
  net: NetSpec,
  work: (examples: readonly Examples[]) => Promise<T>,
): Promise<T> {
  const examples = sets.map((set) => examplesOf(set, net.inputShape));
  try {
    return await work(examples);
  } finally {
    examples.forEach(disposeExamples);
  }
}
