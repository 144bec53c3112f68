/**
 * The digits that the chapters work with: MNIST where it can be had, else
 * digits that the project draws itself, under their own name. A figure or a
 * line that shows them says which, from `name` and `source`.
 */
import { checkOptions } from '../core/argument';
import { aFunction, aNumber, aSignal, oneOf } from '../core/argument-kinds';
import { recordDataSet } from '../core/facts';
import type { ProgressListener } from '../core/progress';
import { firstImages, type LabelledImages } from './labelled-images';
import { loadMadeDigits } from './made-digits/cache';
import { findDataSet, readManifest } from './manifest';
import { type Obtained, obtain, type Unobtained } from './obtain';

/** Handwritten digits, 28 × 28, in two halves. */
export interface Digits {
  /** What they are; stands on every figure. */
  readonly name: 'MNIST' | 'made digits';
  /** Where they came from, in words fit for print. */
  readonly source: string;
  /** Why MNIST is not what they are; undefined where it is, or where made digits were asked for. */
  readonly whyNotMnist: string | undefined;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly citation: string;
}

export interface LoadDigitsOptions {
  /**
   * `mnist`: MNIST or an error. `made`: the project's own. `auto` (the default): MNIST, and the
   * project's own where it is nowhere to be found.
   */
  readonly source?: 'mnist' | 'made' | 'auto';
  /** The first so many to train on; default 60,000, all of MNIST. */
  readonly trainCount?: number;
  /** The first so many to test on; default 10,000, all of MNIST. */
  readonly testCount?: number;
  /** Decides the made digits; default 1. MNIST is what it is. */
  readonly seed?: number;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

const MADE_CITATION =
  'Digits drawn by this project (lib/data/made-digits); elastic distortion after Simard, Steinkraus and Platt, 2003.';

/**
 * Loads digits to train and test on. Where they are looked for: `data/README.md`.
 *
 * @throws RangeError where a count is more than MNIST has, or no whole number of at least 0.
 * @throws InkwellError `DATA_…` where files are there but wrong; with `source: 'mnist'` also
 *   where MNIST cannot be had (`DATA_MISSING`, `DATA_OFFLINE`, `DATA_HTTP`, …).
 */
export async function loadDigits(options: LoadDigitsOptions = {}): Promise<Digits> {
  checkOptions('loadDigits', options, {
    source: oneOf('mnist', 'made', 'auto'),
    trainCount: aNumber,
    testCount: aNumber,
    seed: aNumber,
    onProgress: aFunction,
    signal: aSignal,
  });
  const digits = await findDigits(options);
  recordDataSet(digits.name);
  return digits;
}

async function findDigits(options: LoadDigitsOptions): Promise<Digits> {
  const { source = 'auto', trainCount = 60_000, testCount = 10_000 } = options;
  checkCount('trainCount', trainCount, source);
  checkCount('testCount', testCount, source);
  if (source === 'made') return made(options, undefined);
  const dataSet = findDataSet(readManifest(), 'mnist');
  const { onProgress, signal } = options;
  const outcome = await obtain(dataSet, { ...(onProgress && { onProgress }), ...(signal && { signal }) });
  if (outcome.kind === 'obtained') return mnist(outcome, dataSet.citation, trainCount, testCount);
  if (source === 'mnist') throw outcome.error;
  return made(options, outcome);
}

const MNIST_COUNTS = { trainCount: 60_000, testCount: 10_000 } as const;

function checkCount(name: 'trainCount' | 'testCount', value: number, source: string): void {
  const most = source === 'made' ? Number.MAX_SAFE_INTEGER : MNIST_COUNTS[name];
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  const range = source === 'made' ? 'of at least 0' : `in 0 … ${most}`;
  throw new RangeError(`loadDigits: ${name} must be a whole number ${range}, got ${value}`);
}

function mnist(obtained: Obtained, citation: string, trainCount: number, testCount: number): Digits {
  return {
    name: 'MNIST',
    source: obtained.source,
    whyNotMnist: undefined,
    train: firstImages(obtained.train, trainCount),
    test: firstImages(obtained.test, testCount),
    citation,
  };
}

async function made(options: LoadDigitsOptions, outcome: Unobtained | undefined): Promise<Digits> {
  const { seed = 1 } = options;
  return {
    name: 'made digits',
    source: `drawn by this project, seed ${seed}`,
    whyNotMnist: outcome?.why,
    ...(await loadMadeDigits(options)),
    citation: MADE_CITATION,
  };
}
