/**
 * This library as a contender: its layers, its training step and its predictions on the engine,
 * compiled or not. Arguments: the data folder, the number of threads,
 * `compiled` or `eager`.
 */

import type { Examples } from '../../../data/examples';
import { callsTogether } from '../../../engine/compile/graph-stage';
import { useEngine } from '../../../engine/engine';
import { item } from '../../../engine/item';
import * as tf from '../../../engine/tf';
import { disposeWeights, initialize } from '../../../layers/net';
import { randomKey } from '../../../layers/random';
import { sizeOf } from '../../../layers/shape';
import { createPredictor } from '../../../training/evaluate';
import { softmaxCrossEntropy } from '../../../training/losses';
import { adam, sgd } from '../../../training/optimizers';
import { prepared } from '../../../training/prepared';
import { createState, disposeState } from '../../../training/state';
import { createStep, type StepInputs } from '../../../training/step';
import type { Workload } from '../workloads';
import { type BenchData, readData, serve, type Training } from './serve';

/** Steps up to this long are taken several together, as `Learner` and `runSteps` do. */
const SHORT_STEP_MS = 5;

/** Inputs and targets in the engine: digits where the net takes them, else noise of its shape, four batches. */
function examplesFor({ images, labels }: BenchData, { spec, batchSize }: Workload): Examples {
  const { inputShape } = spec;
  const isDigits = sizeOf(inputShape) === images.length / labels.length;
  const count = isDigits ? labels.length : 4 * batchSize;
  const xs = isDigits
    ? tf.tensor(images, [count, ...inputShape])
    : tf.randomNormal([count, ...inputShape], 0, 1, 'float32', 1);
  return { xs, ys: tf.tensor1d(Int32Array.from(labels.subarray(0, count)), 'int32') };
}

/** A workload made ready; the data stay in the engine. */
export function prepare(data: BenchData, compiled: boolean, workload: Workload): Training {
  return workload.task === 'train'
    ? prepareTraining(data, compiled, workload)
    : preparePredicting(data, compiled, workload);
}

function prepareTraining(data: BenchData, compiled: boolean, workload: Workload): Training {
  const { batchSize, learningRate, spec } = workload;
  const { xs, ys } = examplesFor(data, workload);
  const rate = tf.scalar(learningRate);
  const optimizer = workload.optimizer === 'adam' ? adam() : sgd();
  const state = createState(spec, optimizer, { seed: 1 });
  const parts = { net: spec, loss: softmaxCrossEntropy, optimizer };
  const training = prepared(createStep(parts, state), { compiled, signature: () => 'one shape' });
  const batches = Math.floor((xs.shape[0] as number) / batchSize);
  let taken = 0;
  let together = 1;
  let loss = Number.NaN;
  let last: tf.Scalar | undefined;
  const inputs = (): StepInputs => {
    const first = (taken % batches) * batchSize;
    const indices = tf.range(first, first + batchSize, 1, 'int32');
    return { xs, ys, indices, learningRate: rate, key: randomKey(1, taken++) };
  };
  return {
    step() {
      const start = performance.now();
      const all = Array.from({ length: together }, inputs);
      const losses = training.runMany(all);
      for (const { indices, key } of all) tf.dispose([indices, key]);
      tf.dispose([last, ...losses.slice(0, -1)].filter((tensor) => tensor !== undefined));
      last = losses.at(-1) as tf.Scalar;
      const stepMs = (performance.now() - start) / all.length;
      together = compiled && stepMs <= SHORT_STEP_MS ? callsTogether : 1;
      return all.length;
    },
    loss() {
      loss = last?.dataSync()[0] ?? loss;
      return loss;
    },
    dispose() {
      training.dispose();
      disposeState(state);
      tf.dispose([xs, ys, rate, ...(last === undefined ? [] : [last])]);
    },
  };
}

/** Predictions, batch by batch; in the place of a loss the mean square of the outputs. */
function preparePredicting(data: BenchData, compiled: boolean, workload: Workload): Training {
  const { batchSize, spec } = workload;
  const { xs, ys } = examplesFor(data, workload);
  const weights = initialize(spec, { seed: 1 });
  const predictor = prepared(createPredictor(spec, weights), { compiled, signature: () => 'one shape' });
  const batches = Math.floor((xs.shape[0] as number) / batchSize);
  let taken = 0;
  let last: tf.Tensor | undefined;
  return {
    step() {
      const first = (taken++ % batches) * batchSize;
      const indices = tf.range(first, first + batchSize, 1, 'int32');
      last?.dispose();
      last = predictor.run({ xs, indices });
      indices.dispose();
      return 1;
    },
    loss: () =>
      last === undefined ? Number.NaN : item(tf.tidy(() => tf.mean(tf.square(last as tf.Tensor)))),
    dispose() {
      predictor.dispose();
      disposeWeights(weights);
      tf.dispose([xs, ys, ...(last === undefined ? [] : [last])]);
    },
  };
}

async function main([folder, threads, mode]: readonly string[]): Promise<void> {
  const engine = await useEngine();
  const data = readData(folder as string);
  await serve({ version: `${engine.name} ${engine.version}`, threads: Number(threads) }, (workload) =>
    prepare(data, mode === 'compiled', workload),
  );
}

if (require.main === module) void main(process.argv.slice(2));
