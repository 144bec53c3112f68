/**
 * What a fit was asked to do, as text: a checkpoint that was written in the
 * middle holds it, so that a fit which should finish it is known to be the same.
 */
import { createHash } from 'node:crypto';
import { InkwellError } from '../core/errors';
import type { Examples } from '../data/examples';
import * as tf from '../engine/tf';
import { shapeText } from '../layers/shape';
import { exampleCount } from './examples';
import type { FitOptions } from './fit-options';
import { asSchedule, type Schedule } from './schedules';
import type { FitPlan } from './watched-learner';

/** How many places of a schedule, and examples of a data set, stand for all. */
const SAMPLES = 33;

/** The plan of a fit. Functions that cannot be compared (an augmentation) are only told to be there. */
export function planOf(options: FitOptions, lossName: string): FitPlan {
  const { train, validation, epochs, batchSize = 64, learningRate, l2 = 0, dropoutRate, augment } = options;
  const batches = Math.ceil(exampleCount(train) / batchSize);
  const rates = (value: number | Schedule | undefined): string =>
    value === undefined ? 'none' : scheduleText(asSchedule(value), epochs, batches);
  return {
    train: examplesText(train),
    validation: validation === undefined ? 'none' : examplesText(validation),
    epochs: String(epochs),
    batchSize: String(batchSize),
    learningRate: rates(learningRate),
    l2: rates(l2),
    dropoutRate: rates(dropoutRate),
    augment: augment === undefined ? 'none' : 'some',
    loss: lossName || 'unnamed',
  };
}

/**
 * Checks that a fit is the one that a checkpoint was cut off from.
 *
 * @throws InkwellError `CHECKPOINT_OTHER` that names all that differs.
 */
export function checkPlan(expected: FitPlan, actual: FitPlan): void {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  const differing = names.filter((name) => expected[name] !== actual[name]);
  if (differing.length === 0) return;
  const list = differing.map((name) => `${name} was ${expected[name]} and is ${actual[name]}`);
  throw new InkwellError(
    'CHECKPOINT_OTHER',
    `fit: this is not the fit that was cut off: ${list.join('; ')}.`,
    {
      hint: 'Give fit the options and data of the run that wrote the checkpoint, or start without it.',
    },
  );
}

/** A constant as its number, else the values at places from start to end. */
function scheduleText(schedule: Schedule, epochs: number, batches: number): string {
  const steps = epochs * batches;
  const values = Array.from({ length: SAMPLES }, (_, i) => {
    const step = Math.floor((i * (steps - 1)) / (SAMPLES - 1));
    return schedule({ step, steps, epoch: Math.floor(step / batches), epochs });
  });
  const [first = 0] = values;
  if (values.every((value) => value === first)) return String(first);
  return `a schedule from ${first} to ${values.at(-1)} (${digest(Float64Array.from(values))})`;
}

function examplesText({ xs, ys }: Examples): string {
  const count = exampleCount({ xs, ys });
  const places = Array.from({ length: SAMPLES }, (_, i) => Math.floor((i * (count - 1)) / (SAMPLES - 1)));
  const sample = tf.tidy(() =>
    [xs, ys].map((tensor) => tf.gather(tensor, tf.tensor1d(places, 'int32')).dataSync()),
  );
  return `${count} examples of ${shapeText(xs.shape.slice(1))} (${digest(...sample)})`;
}

/** A few letters that differ where the bytes do. */
function digest(...arrays: readonly (Float32Array | Float64Array | Int32Array | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(array);
  return hash.digest('hex').slice(0, 8);
}
