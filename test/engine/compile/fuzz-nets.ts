/** Random nets from layer specs, with random losses and optimizers, in training. */
import { createRandom, type Random } from 'inkwell/core/random';
import * as tf from 'inkwell/engine/tf';
import { randomKey } from 'inkwell/layers/random';
import type { NetSpec } from 'inkwell/layers/spec';
import {
  type Loss,
  meanSquaredError,
  mnistLoss,
  quadratic,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from 'inkwell/training/losses';
import * as optimizers from 'inkwell/training/optimizers';
import { createState } from 'inkwell/training/state';
import { createStep, type StepInputs } from 'inkwell/training/step';
import type { Case, Side } from './fuzz-comparison';
import { randomNet } from './fuzz-layers';
import { minimizingSide, optimizerMakerOf } from './fuzz-minimize';

export interface NetOptions {
  /** Told what the case is, in words. */
  readonly onOperation?: (text: string) => void;
}

const optimizerOf = (random: Random): optimizers.Optimizer =>
  random.pick([
    optimizers.sgd(),
    optimizers.momentum(),
    optimizers.momentum({ momentum: 0 }),
    optimizers.nesterov({ momentum: 0.8 }),
    optimizers.rmsprop({ epsilon: 1e-2 }),
    optimizers.adam({ epsilon: 1e-2 }),
    optimizers.adam({ beta1: 0, beta2: 0.9, epsilon: 1e-2 }),
    optimizers.adamw({ epsilon: 1e-2 }),
  ]);

const losses: readonly (readonly [string, Loss])[] = [
  ['softmax cross-entropy', softmaxCrossEntropy],
  ['softmax cross-entropy', softmaxCrossEntropy],
  ['quadratic', quadratic],
  ['sigmoid cross-entropy', sigmoidCrossEntropy],
  ['the book’s first', mnistLoss],
  ['mean squared error', meanSquaredError],
];

/** The case of a seed. */
export function netCase(seed: number, { onOperation }: NetOptions = {}): Case {
  const random = createRandom(seed);
  const classes = random.pick([1, 2, 3, 10]);
  const { net, vocabulary } = randomNet(random, classes);
  const optimizer = optimizerOf(random);
  const [lossName, loss] = random.pick(losses);
  const batchSize = random.pick([1, 2, 7, 8, 33, random.uniform() < 0.1 ? 300 : 16]);
  const steps = random.pick([3, 5, 10, 20]);
  const l2 = random.uniform() < 0.3;
  const oneHot = random.uniform() < 0.3;
  const make = optimizerMakerOf(random);
  const minimized = random.uniform() < 0.2;
  const rate = optimizer.name.startsWith('rms') || optimizer.name.startsWith('adam') ? 1e-3 : 1e-2;
  onOperation?.(
    JSON.stringify({
      net,
      optimizer: optimizer.name,
      lossName,
      batchSize,
      steps,
      l2,
      oneHot,
      minimize: minimized && String(make),
    }),
  );
  return {
    open: () =>
      minimized ? minimizingSide(net, loss, make, seed) : openSide(net, loss, optimizer, { seed, l2 }),
    argumentsOf(call) {
      const one = random.fork(`call ${call}`);
      const count = batchSize + 3;
      const value = (): number => (vocabulary === undefined ? one.normal() : one.integer(vocabulary));
      const shape = [count, ...net.inputShape];
      const xs = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, value);
      const ys = Int32Array.from({ length: count }, () => one.integer(classes === 1 ? 2 : classes));
      // No example twice: normalising two that are the same makes rounding large.
      const indices = one.shuffle(Int32Array.from({ length: count }, (_, i) => i)).slice(0, batchSize);
      return tf.tidy(() => {
        const labels = tf.tensor1d(ys, 'int32');
        const rows = oneHot && classes > 1 ? tf.cast(tf.oneHot(labels, classes), 'float32') : labels;
        return [
          tf.tensor(xs, shape, vocabulary === undefined ? 'float32' : 'int32'),
          rows,
          tf.tensor1d(indices, 'int32'),
          tf.scalar(rate / (1 + call / 10)),
          tf.scalar(1e-3),
          randomKey(seed, call),
        ];
      });
    },
    calls: steps,
    together: steps >= 10,
    exact: false,
  };
}

function openSide(
  net: NetSpec,
  loss: Loss,
  optimizer: optimizers.Optimizer,
  { seed, l2 }: { readonly seed: number; readonly l2: boolean },
): Side {
  const state = createState(net, optimizer, { seed });
  const step = createStep({ net, loss, optimizer }, state);
  return {
    variables: Object.values(state).flatMap((group) => Object.values(group)),
    step(...args) {
      const [xs, ys, indices, learningRate, strength, key] = args as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
        tf.Scalar,
        tf.Scalar,
        tf.Tensor1D,
      ];
      const inputs: StepInputs = { xs, ys, indices, learningRate, key, ...(l2 ? { l2: strength } : {}) };
      return [step(inputs)];
    },
  };
}
