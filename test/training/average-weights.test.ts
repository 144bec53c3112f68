import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import { disposeWeights } from 'inkwell/layers/net';
import {
  averagedWeights,
  averageWeights,
  scoreAverage,
  useAverage,
  withAverage,
} from 'inkwell/training/average-weights';
import { checkpoints } from 'inkwell/training/callbacks';
import { resumeFrom } from 'inkwell/training/checkpoint';
import { disposeExamples } from 'inkwell/training/examples';
import type { Hooks } from 'inkwell/training/hooks';
import { Learner } from 'inkwell/training/learner';
import { adam, momentum, type Optimizer, sgd } from 'inkwell/training/optimizers';
import { corners, smallNet, valuesOf } from './support';

const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-average-'));

beforeAll(async () => {
  await useEngine();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const train = { epochs: 3, batchSize: 16, learningRate: 0.05 };

/** The average of the weights after each step, by plain numbers: weights (1 − d)·dᵗ, which sum to 1 − dⁿ. */
function averageOf(
  path: readonly { [name: string]: number[] }[],
  decay: number,
): { [name: string]: number[] } {
  const shares = path.map((_, i) => (1 - decay) * decay ** (path.length - 1 - i));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const [first = {}] = path;
  return Object.fromEntries(
    Object.keys(first).map((name) => [
      name,
      (first[name] as number[]).map((_, k) =>
        path.reduce((sum, at, i) => sum + ((shares[i] as number) * (at[name]?.[k] as number)) / total, 0),
      ),
    ]),
  );
}

function expectClose(actual: { [name: string]: number[] }, expected: { [name: string]: number[] }): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected))
    for (const [i, value] of values.entries()) expect(actual[name]?.[i]).toBeCloseTo(value, 4);
}

test.each([
  ['sgd, eager', sgd(), 0.9, false],
  ['sgd, compiled', sgd(), 0.9, true],
  ['momentum, compiled', momentum(), 0.5, true],
  ['adam, compiled', adam(), 0.99, true],
  ['no memory', adam(), 0, true],
] as const)(
  'the average is that of the weights after each step: %s',
  async (_, optimizer, decay, compiled) => {
    await withoutLeaks(async () => {
      const examples = corners(64, 1);
      const learner = new Learner({
        net: smallNet,
        optimizer: averageWeights(optimizer, { decay }),
        compiled,
      });
      const at: { [name: string]: number[] }[] = [];
      const record: Hooks = { batchEnd: () => void at.push(valuesOf(learner.weights.parameters)) };
      await learner.fit({ ...train, train: examples, hooks: [record] });
      expect(at).toHaveLength(12);
      const average = averagedWeights(learner);
      expectClose(valuesOf(average.parameters), averageOf(at, decay));
      expect(valuesOf(average.buffers)).toEqual(valuesOf(learner.weights.buffers));
      disposeWeights(average);
      disposeExamples(examples);
      learner.dispose();
    });
  },
);

test('the training itself is that of the optimizer alone', async () => {
  const examples = corners(64, 1);
  const run = async (optimizer: Optimizer): Promise<object> => {
    const learner = new Learner({ net: smallNet, optimizer });
    await learner.fit({ ...train, train: examples });
    const values = valuesOf(learner.weights.parameters);
    learner.dispose();
    return values;
  };
  expect(await run(averageWeights(adam()))).toEqual(await run(adam()));
  disposeExamples(examples);
});

test('it is scored beside the weights, which stay what they are', async () => {
  const [examples, others] = [corners(64, 1), corners(64, 2)];
  const learner = new Learner({ net: smallNet, optimizer: averageWeights(adam(), { decay: 0.9 }) });
  const seen: (number | undefined)[] = [];
  await learner.fit({
    ...train,
    train: examples,
    validation: others,
    hooks: [
      scoreAverage(others),
      { epochEnd: ({ record }) => void seen.push(record.scores['average']?.['accuracy']) },
    ],
  });
  expect(seen).toHaveLength(3);
  const own = valuesOf(learner.weights.parameters);
  const before = await learner.evaluate(others);
  const averaged = await withAverage(learner, () => learner.evaluate(others));
  expect(averaged['accuracy']).toBe(seen.at(-1));
  expect(averaged['loss']).not.toBe(before['loss']);
  expect(valuesOf(learner.weights.parameters)).toEqual(own);
  await expect(
    withAverage(learner, () => {
      throw new Error('on the way');
    }),
  ).rejects.toThrow('on the way');
  expect(valuesOf(learner.weights.parameters)).toEqual(own);
  useAverage(learner);
  expect((await learner.evaluate(others))['loss']).toBeCloseTo(averaged['loss'] as number, 6);
  [examples, others].forEach(disposeExamples);
  learner.dispose();
});

test('a run that goes on from a checkpoint comes to the same average', async () => {
  const examples = corners(64, 1);
  const file = path.join(folder, 'average.safetensors');
  const make = (): Learner =>
    new Learner({ net: smallNet, optimizer: averageWeights(adam(), { decay: 0.9 }), seed: 3 });
  const average = (learner: Learner): object => {
    const weights = averagedWeights(learner);
    const values = valuesOf(weights.parameters);
    disposeWeights(weights);
    learner.dispose();
    return values;
  };
  const whole = make();
  await whole.fit({ ...train, train: examples });
  const cut = make();
  const stop = new AbortController();
  const cutOff = cut.fit({
    ...train,
    train: examples,
    hooks: [checkpoints(file), { epochEnd: ({ record }) => (record.epoch === 1 ? stop.abort() : undefined) }],
    signal: stop.signal,
  });
  await expect(cutOff).rejects.toThrow();
  cut.dispose();
  const resumed = make();
  await resumeFrom(file, resumed);
  await resumed.fit({ ...train, train: examples });
  expect(average(resumed)).toEqual(average(whole));
  disposeExamples(examples);
});

test('what cannot be averaged is refused', () => {
  expect(() => averageWeights(adam(), { decay: 1 })).toThrow(/decay must be at least 0 and below 1, got 1/);
  expect(() => averageWeights(averageWeights(sgd()))).toThrow(/keeps an average already/);
  const plain = new Learner({ net: smallNet, optimizer: adam() });
  expect(() => averagedWeights(plain)).toThrow(
    /adam\(.*\) keeps no average; make the learner with averageWeights\(adam\(…\)\)/,
  );
  plain.dispose();
  const fresh = new Learner({ net: smallNet, optimizer: averageWeights(adam()) });
  expect(() => averagedWeights(fresh)).toThrow(/no step has been taken/);
  fresh.dispose();
});
