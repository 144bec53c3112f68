/** Looks inside while training, the learning-rate finder, ensembles. */

import type { Examples } from 'inkwell/data/examples';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { askEnsemble, scoreEnsemble, shareRight } from 'inkwell/training/ensemble';
import { disposeExamples } from 'inkwell/training/examples';
import { Learner } from 'inkwell/training/learner';
import { findLearningRate } from 'inkwell/training/learning-rate-finder';
import { inspectInside, refuseNan, watchInside } from 'inkwell/training/statistics';
import { corners, smallNet, valuesOf } from './support';

let train: Examples;

beforeAll(async () => {
  await useEngine();
  train = corners(200, 1);
});

afterAll(() => disposeExamples(train));

const twoLayers = {
  inputShape: [6, 6, 1],
  layers: [
    { kind: 'flatten' },
    { kind: 'dense', units: 20, biases: { kind: 'constant', values: -1000 } },
    { kind: 'activation', name: 'relu' },
    { kind: 'dense', units: 4 },
  ],
} as const;

test('dead units and their gradients show', async () => {
  const learner = new Learner({ net: twoLayers });
  const { activations, gradients } = await withoutLeaks(() => inspectInside(learner, train));
  expect(activations.map(({ layer, zeroShare }) => [layer, Math.round(zeroShare)])).toEqual([
    ['layers.0', 0],
    ['layers.1', 0],
    ['layers.2', 1],
    ['layers.3', 1],
  ]);
  expect(activations[1]?.mean).toBeCloseTo(-1000, -1);
  const sizes = Object.fromEntries(gradients.map(({ parameter, gradientSize }) => [parameter, gradientSize]));
  expect(sizes['layers.1.weights']).toBe(0);
  expect(sizes['layers.3.biases']).toBeGreaterThan(0);
  expect(gradients.find(({ parameter }) => parameter === 'layers.1.biases')?.parameterSize).toBeCloseTo(1000);
  learner.dispose();
});

test('one look an epoch, and the net stays as it is', async () => {
  const watch = watchInside(train);
  const [watched, plain] = [new Learner({ net: smallNet }), new Learner({ net: smallNet })];
  await watched.fit({ train, epochs: 3, learningRate: 0.1, hooks: [watch] });
  await plain.fit({ train, epochs: 3, learningRate: 0.1 });
  expect(watch.looks.length).toBe(3);
  expect(valuesOf(watched.state.parameters)).toEqual(valuesOf(plain.state.parameters));
  expect(valuesOf(watched.state.buffers)).toEqual(valuesOf(plain.state.buffers));
  watched.dispose();
  plain.dispose();
});

test('a loss that is no number is an error that names step and rate', async () => {
  const learner = new Learner({ net: smallNet });
  const broken = { xs: tf.fill([10, 6, 6, 1], Number.NaN), ys: tf.zeros([10], 'int32') };
  const fit = learner.fit({ train: broken, epochs: 1, learningRate: 0.5, hooks: [refuseNan()] });
  await expect(fit).rejects.toMatchObject({
    code: 'TRAINING_DIVERGED',
    message:
      'The loss is NaN after step 1.\nTry a learning rate below 0.5, or look for a logarithm of 0 in the loss.',
  });
  learner.dispose();
  disposeExamples(broken);
});

test('the finder tries rising rates, suggests one that learns, and leaves no trace', async () => {
  const learner = new Learner({ net: smallNet });
  await learner.fit({ train, epochs: 1, learningRate: 0.01 });
  const before = [valuesOf(learner.state.parameters), learner.position, learner.history];
  const found = await withoutLeaks(() =>
    findLearningRate(learner, { train, from: 1e-4, to: 100, steps: 80, batchSize: 20 }),
  );
  expect([valuesOf(learner.state.parameters), learner.position, learner.history]).toEqual(before);
  expect(found.learningRates[0]).toBeCloseTo(1e-4);
  expect(found.losses.length).toBe(found.learningRates.length);
  expect(found.suggestion).toBeGreaterThan(1e-3);
  expect(found.suggestion).toBeLessThan(3);
  await learner.fit({ train, validation: train, epochs: 10, batchSize: 20, learningRate: found.suggestion });
  expect(learner.history.at(-1)?.scores['validation']?.['accuracy']).toBeGreaterThan(0.9);
  await expect(findLearningRate(learner, { train, from: 1, to: 0.1 })).rejects.toThrow(
    new RangeError('findLearningRate: needs 0 < from < to and steps > 1, got 1, 0.1, 100'),
  );
  learner.dispose();
});

describe('an ensemble', () => {
  /** A net whose logits are its input times a number, so that a test can say what it thinks. */
  const net = { inputShape: [3], layers: [{ kind: 'dense', units: 3, biases: 'none' }] } as const;
  const permuted = (
    ...rows: number[][]
  ): { net: typeof net; weights: { parameters: { [name: string]: tf.Tensor }; buffers: object } } => ({
    net,
    weights: { parameters: { 'layers.0.weights': tf.tensor2d(rows) }, buffers: {} },
  });

  test('votes, and means, which need not agree', () => {
    tf.tidy(() => {
      // For the input [1, 0, 0] the nets' logits are the first rows.
      const rest = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      const nets = [
        permuted([0.2, 0, 0], ...rest),
        permuted([0.2, 0, 0], ...rest),
        permuted([0, 9, 0], ...rest),
      ];
      const xs = tf.tensor2d([[1, 0, 0]]);
      const { single, vote, mean } = askEnsemble(nets as never, xs);
      expect(single.map((labels) => labels[0])).toEqual([0, 0, 1]);
      expect([vote[0], mean[0]]).toEqual([0, 1]);
      const scores = scoreEnsemble(nets as never, { xs, ys: tf.tensor1d([1], 'int32') });
      expect(scores).toEqual({ single: [0, 0, 1], vote: 0, mean: 1 });
    });
  });

  test('a tie goes to the larger mean', () => {
    tf.tidy(() => {
      const rest = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      const nets = [permuted([1, 0, 0], ...rest), permuted([0, 0, 5], ...rest)];
      expect(askEnsemble(nets as never, tf.tensor2d([[1, 0, 0]])).vote[0]).toBe(2);
    });
  });

  test('of none is an error; shares of right answers', () => {
    tf.tidy(() => {
      expect(() => askEnsemble([], tf.zeros([1, 3]))).toThrow(
        new RangeError('askEnsemble: there are no nets'),
      );
    });
    expect(shareRight(Int32Array.from([1, 2, 3, 4]), [1, 2, 0, 4])).toBe(0.75);
  });
});
