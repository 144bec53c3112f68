import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { confusionMatrix } from 'inkwell/training/diagnostics/confusion';
import {
  accuracy,
  binaryAccuracy,
  type Metric,
  meanIntersectionOverUnion,
  topAccuracy,
  WeightedMean,
} from 'inkwell/training/metrics';

beforeAll(async () => {
  await useEngine();
});

test.each<[string, Metric, number[][], number[] | number[][], number]>([
  [
    'accuracy of class numbers',
    accuracy,
    [
      [1, 2, 0],
      [3, 1, 2],
      [0, 0, 1],
    ],
    [1, 2, 2],
    2 / 3,
  ],
  [
    'accuracy of one-hot rows',
    accuracy,
    [
      [1, 2],
      [3, 1],
    ],
    [
      [0, 1],
      [0, 1],
    ],
    1 / 2,
  ],
  ['binary accuracy of logits', binaryAccuracy(), [[-1], [2], [0.1], [-3]], [0, 1, 0, 0], 3 / 4],
  ['binary accuracy of probabilities', binaryAccuracy({ threshold: 0.5 }), [[0.4], [0.6]], [[1], [1]], 1 / 2],
  [
    'top 2',
    topAccuracy(2),
    [
      [1, 2, 3],
      [3, 2, 1],
      [1, 3, 2],
    ],
    [1, 2, 2],
    2 / 3,
  ],
])('%s', (_, metric, outputs, targets, expected) => {
  tf.tidy(() => {
    const value = metric.measure(tf.tensor2d(outputs), tf.tensor(targets as number[], undefined, 'int32'));
    expect(value.dataSync()[0]).toBeCloseTo(expected, 6);
  });
});

test('accuracy of sequences, step by step', () => {
  tf.tidy(() => {
    const outputs = tf.tensor3d([
      [
        [1, 2],
        [2, 1],
      ],
      [
        [0, 3],
        [1, 3],
      ],
    ]);
    const value = accuracy.measure(
      outputs,
      tf.tensor2d(
        [
          [1, 1],
          [1, 0],
        ],
        [2, 2],
        'int32',
      ),
    );
    expect(value.dataSync()[0]).toBe(0.5);
  });
});

test('a mean weighs batches by their size, and goes on from a saved state', () => {
  const mean = new WeightedMean();
  expect(mean.compute()).toBeNaN();
  mean.update(1, 30);
  mean.update(0, 10);
  expect(mean.compute()).toBe(0.75);
  const other = new WeightedMean();
  other.reset(mean.state);
  other.update(0, 20);
  expect(other.compute()).toBe(0.5);
  mean.reset();
  expect(mean.compute()).toBeNaN();
});

test('mean IoU counts the classes that are there, and agrees with the confusion matrix', () => {
  const given = [0, 0, 1, 1, 1, 0];
  const wanted = [0, 1, 1, 1, 0, 0];
  // Of four classes two are there: 2 of 4 pixels each.
  const matrix = confusionMatrix(given, wanted, { classes: 4 });
  expect(matrix.intersectionOverUnion).toEqual([1 / 2, 1 / 2, Number.NaN, Number.NaN]);
  expect(matrix.meanIntersectionOverUnion).toBe(1 / 2);
  tf.tidy(() => {
    const outputs = tf.reshape(tf.oneHot(tf.tensor1d(given, 'int32'), 4), [1, 2, 3, 4]);
    const targets = tf.tensor3d(wanted, [1, 2, 3], 'int32');
    const value = meanIntersectionOverUnion.measure(tf.cast(outputs, 'float32'), targets);
    expect(value.dataSync()[0]).toBeCloseTo(1 / 2, 6);
  });
});
