import { DataLoader } from 'inkwell/data/loaders/data-loader';
import { dataLoaders } from 'inkwell/data/loaders/data-loaders';
import { type Dataset, datasetOf, splitDataset, subset } from 'inkwell/data/loaders/dataset';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { Learner } from 'inkwell/training/learner';
import { meanSquaredError } from 'inkwell/training/losses';

/** Item i is the word `item i`, its answer i. */
const SET = datasetOf(
  Array.from({ length: 50 }, (_, i) => `item ${i}`),
  Array.from({ length: 50 }, (_, i) => i),
);

const collate = (dataset: Dataset<string, number>): { xs: tf.Tensor; ys: tf.Tensor } => {
  const answers = Array.from({ length: dataset.count }, (_, i) => dataset.answer(i));
  return {
    xs: tf.tensor2d(
      answers.map((answer) => [answer, 2 * answer]),
      [dataset.count, 2],
    ),
    ys: tf.tensor1d(answers, 'int32'),
  };
};

const ORIGIN = { name: 'counted items', source: 'counted by this test', citation: '' };

beforeAll(() => useEngine());

describe('data sets', () => {
  test('a subset looks through to the whole', () => {
    const part = subset(subset(SET, [9, 8, 7]), [2, 0]);
    expect([part.item(0), part.answer(1), part.count]).toEqual(['item 7', 9, 2]);
  });

  test('name what is wrong with an index or with two lists', () => {
    expect(() => SET.item(50)).toThrow('an index must be a whole number in 0 … 49, got 50');
    expect(() => subset(SET, [0, -1])).toThrow('0 … 49, got -1');
    expect(() => subset(SET, [3]).answer(1)).toThrow('0 … 0, got 1');
    expect(() => datasetOf([1, 2], [1])).toThrow('2 items but 1 answers');
  });

  test('a fifth is set aside, every item stands in one part, the seed decides in which', () => {
    const { train, validation } = splitDataset(SET);
    const answers = (part: Dataset<string, number>): number[] =>
      Array.from({ length: part.count }, (_, i) => part.answer(i));
    expect([train.count, validation.count]).toEqual([40, 10]);
    expect([...answers(train), ...answers(validation)].sort((a, b) => a - b)).toEqual(answers(SET));
    expect(answers(splitDataset(SET, { seed: 2 }).validation)).not.toEqual(answers(validation));
    expect(() => splitDataset(SET, { validationFraction: -0.1 })).toThrow('must be in 0 … 1, got -0.1');
  });
});

describe('loaders', () => {
  test('are trained on and scored as they are', async () => {
    const loaders = dataLoaders(SET, { ...ORIGIN, inputShape: [2], collate });
    const net = { inputShape: loaders.inputShape, layers: [{ kind: 'dense', units: 1 }] } as const;
    const learner = new Learner({ net, loss: meanSquaredError, metrics: [] });
    const { train, validation } = loaders;
    const history = await learner.fit({ train, validation, epochs: 2, learningRate: 1e-4 });
    expect(history.at(-1)?.scores['validation']?.['loss']).toBeLessThan(
      history[0]?.scores['validation']?.['loss'] as number,
    );
    learner.dispose();
    loaders.dispose();
  });

  test('both parts know where they come from, and what a net has to take', () => {
    const loaders = dataLoaders(SET, { ...ORIGIN, inputShape: [2], collate });
    expect(loaders).toMatchObject({ ...ORIGIN, inputShape: [2], classes: [] });
    expect(loaders.train.xs.shape).toEqual([40, 2]);
    expect(loaders.validation.ys.shape).toEqual([10]);
    loaders.dispose();
  });

  test('batches hold every example once and their answers beside them, and leave nothing behind', () => {
    const loader = new DataLoader(SET, collate);
    const before = tf.memory().numTensors;
    const seen: number[] = [];
    for (const { xs, ys } of loader.batches({ batchSize: 16, seed: 3 })) {
      const inputs = xs.arraySync() as number[][];
      const targets = Array.from(ys.dataSync());
      expect(inputs).toEqual(targets.map((answer) => [answer, 2 * answer]));
      seen.push(...targets);
    }
    expect(seen).not.toEqual(SET_ANSWERS);
    expect(seen.sort((a, b) => a - b)).toEqual(SET_ANSWERS);
    loader.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a loop that is left early frees its batch', () => {
    const loader = new DataLoader(SET, collate);
    const kept = [loader.xs, loader.ys];
    const before = tf.memory().numTensors;
    for (const { xs } of loader.batches()) {
      expect(xs.isDisposed).toBe(false);
      break;
    }
    expect(tf.memory().numTensors).toBe(before);
    expect(kept.some((tensor) => tensor.isDisposed)).toBe(false);
    loader.dispose();
  });

  test('tensors outlive the tidy in which they are first asked for, and are made anew after dispose', () => {
    const loader = new DataLoader(SET, collate);
    const first = tf.tidy(() => loader.xs);
    expect(first.isDisposed).toBe(false);
    loader.dispose();
    expect(first.isDisposed).toBe(true);
    expect(loader.xs.shape).toEqual([50, 2]);
    loader.dispose();
  });
});

const SET_ANSWERS = Array.from({ length: 50 }, (_, i) => i);
