/**
 * Stock TensorFlow.js as a contender: its layers and its optimizer, with none of
 * this library's kernels, gradients or graphs. Arguments: the data folder, the
 * number of threads, `native` (on the addon that this library has built) or `wasm`.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { InkwellError } from '../../../core/errors';
import { findAddon } from '../../../engine/native/find';
import { loadNative } from '../../../engine/native/load';
import * as tf from '../../../engine/tf';
import { wasmFolder } from '../../../engine/wasm/load';
import type { NetShape, Workload } from '../workloads';
import { type BenchData, readData, serve, type Training } from './serve';

/** N(0, 1 / fan-in), as all contenders have it. */
const start = (fanIn: number): ReturnType<typeof tf.initializers.randomNormal> =>
  tf.initializers.randomNormal({ mean: 0, stddev: 1 / Math.sqrt(fanIn), seed: 1 });

type Layer = Parameters<ReturnType<typeof tf.sequential>['add']>[0];

function dense(units: number, fanIn: number): Layer {
  return tf.layers.dense({ units, kernelInitializer: start(fanIn) });
}

function denseLayers(inputs: number, hidden: readonly number[], dropout: number): Layer[] {
  const sizes = [inputs, ...hidden];
  const drop = (): Layer[] => (dropout > 0 ? [tf.layers.dropout({ rate: dropout })] : []);
  return [
    ...hidden.flatMap((units, i) => [...drop(), dense(units, sizes[i] as number), tf.layers.reLU()]),
    ...drop(),
    dense(10, sizes.at(-1) as number),
  ];
}

function convolution(filters: number, fanIn: number): Layer[] {
  return [
    tf.layers.conv2d({ filters, kernelSize: 5, kernelInitializer: start(fanIn) }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.reLU(),
  ];
}

function layersOf(net: NetShape): { readonly layers: Layer[]; readonly shape: number[] } {
  switch (net.kind) {
    case 'dense':
      return { layers: denseLayers(784, net.hidden, 0), shape: [784] };
    case 'conv': {
      const pictures = [...convolution(20, 25), ...convolution(40, 500), tf.layers.flatten()];
      return { layers: [...pictures, ...denseLayers(640, net.hidden, net.dropout)], shape: [28, 28, 1] };
    }
    case 'lstm': {
      const { units } = net;
      const initializers = { kernelInitializer: start(28), recurrentInitializer: start(units) };
      const lstm = tf.layers.lstm({ units, ...initializers, unitForgetBias: false });
      return { layers: [lstm, dense(10, units)], shape: [28, 28] };
    }
  }
}

function prepare({ images, labels }: BenchData, workload: Workload): Training {
  const { task, shape: net, batchSize, learningRate } = workload;
  if (task !== 'train' || net === undefined) throw new Error('not written for it here');
  const { layers, shape } = layersOf(net);
  const model = tf.sequential();
  const input = tf.layers.inputLayer({ inputShape: shape });
  for (const layer of [input, ...layers]) model.add(layer);
  const xs = tf.tensor(images, [labels.length, ...shape]);
  const ys = tf.tidy(() => tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), 10).toFloat());
  const optimizer = tf.train.sgd(learningRate);
  const batches = Math.floor(labels.length / batchSize);
  let taken = 0;
  let last: tf.Scalar | undefined;
  return {
    step() {
      last?.dispose();
      last = tf.tidy(() => {
        const first = (taken++ % batches) * batchSize;
        const batch = tf.slice(xs, first, batchSize);
        const targets = tf.slice(ys, first, batchSize);
        const loss = (): tf.Scalar =>
          tf.losses.softmaxCrossEntropy(targets, model.apply(batch, { training: true }) as tf.Tensor);
        return optimizer.minimize(loss, true) as tf.Scalar;
      });
      return 1;
    },
    loss: () => last?.dataSync()[0] ?? Number.NaN,
    dispose() {
      model.dispose();
      optimizer.dispose();
      tf.dispose([xs, ys]);
      last?.dispose();
    },
  };
}

/** Switches the engine on as TensorFlow.js alone would; its version. */
async function startEngine(mode: string | undefined): Promise<string> {
  if (mode === 'wasm') {
    const { setWasmPaths } = createRequire(__filename)(
      '@tensorflow/tfjs-backend-wasm',
    ) as typeof import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${wasmFolder()}${path.sep}`);
    await tf.setBackend('wasm');
  } else {
    const found = await findAddon('cpu');
    if (found.kind === 'none') throw new InkwellError('ENGINE_UNAVAILABLE', found.why);
    loadNative(found.addon, 'cpu');
    await tf.setBackend('tensorflow');
  }
  await tf.ready();
  return tf.version_core;
}

async function main([folder, threads, mode]: readonly string[]): Promise<void> {
  const version = await startEngine(mode);
  const data = readData(folder as string);
  await serve({ version, threads: Number(threads) }, (workload) => prepare(data, workload));
}

if (require.main === module) void main(process.argv.slice(2));
