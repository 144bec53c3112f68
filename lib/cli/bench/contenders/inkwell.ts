/**
 * This library as a contender: its layers and its training step on the engine,
 * compiled or not. Arguments: the data folder, the number of threads,
 * `compiled` or `eager`.
 */
import { callsTogether } from '../../../engine/compile/graph-stage';
import { useEngine } from '../../../engine/engine';
import * as tf from '../../../engine/tf';
import { randomKey } from '../../../layers/random';
import type { LayerSpec, NetSpec } from '../../../layers/spec';
import { nielsen } from '../../../models/nielsen';
import { softmaxCrossEntropy } from '../../../training/losses';
import { sgd } from '../../../training/optimizers';
import { prepared } from '../../../training/prepared';
import { createState, disposeState } from '../../../training/state';
import { createStep, type StepInputs } from '../../../training/step';
import type { NetShape, Workload } from '../workloads';
import { type BenchData, readData, serve, type Training } from './serve';

/** Steps up to this long are taken several together, as `Learner` and `runSteps` do. */
const SHORT_STEP_MS = 5;

/** The net of a workload. */
export function netOf(net: NetShape): NetSpec {
  const relu: LayerSpec = { kind: 'activation', name: 'relu' };
  const logits: LayerSpec = { kind: 'dense', units: 10 };
  switch (net.kind) {
    case 'dense': {
      const hidden = net.hidden.flatMap((units): LayerSpec[] => [{ kind: 'dense', units }, relu]);
      return started({ inputShape: [784], layers: [...hidden, logits] });
    }
    case 'conv':
      return started(nielsen({ hidden: net.hidden, activation: 'relu', dropout: net.dropout }));
    case 'lstm':
      return started({ inputShape: [28, 28], layers: [{ kind: 'lstm', units: net.units }, logits] });
  }
}

/** Weights N(0, 1 / fan-in), biases zero, as all contenders have them. */
function started(net: NetSpec): NetSpec {
  const start = (spec: LayerSpec): LayerSpec => {
    if (spec.kind === 'conv' || spec.kind === 'dense')
      return { ...spec, weights: 'lecun-normal', biases: 'zeros' };
    if (spec.kind !== 'lstm') return spec;
    return { ...spec, weights: 'lecun-normal', recurrentWeights: 'lecun-normal', forgetBias: 0 };
  };
  return { ...net, layers: net.layers.map(start) };
}

/** A workload made ready; the data stay in the engine. */
export function prepare(data: BenchData, compiled: boolean, { net: shape, ...rest }: Workload): Training {
  const { batchSize, learningRate } = rest;
  const net = netOf(shape);
  const count = data.labels.length;
  const xs = tf.tensor(data.images, [count, ...net.inputShape]);
  const ys = tf.tensor1d(Int32Array.from(data.labels), 'int32');
  const rate = tf.scalar(learningRate);
  const optimizer = sgd();
  const state = createState(net, optimizer, { seed: 1 });
  const parts = { net, loss: softmaxCrossEntropy, optimizer };
  const training = prepared(createStep(parts, state), { compiled, signature: () => 'one shape' });
  const batches = Math.floor(count / batchSize);
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

async function main([folder, threads, mode]: readonly string[]): Promise<void> {
  const engine = await useEngine();
  const data = readData(folder as string);
  await serve({ version: `${engine.name} ${engine.version}`, threads: Number(threads) }, (workload) =>
    prepare(data, mode === 'compiled', workload),
  );
}

if (require.main === module) void main(process.argv.slice(2));
