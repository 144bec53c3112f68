import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Progress } from 'inkwell/core/progress';
import type { Examples } from 'inkwell/data/examples';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import { disposeWeights } from 'inkwell/layers/net';
import {
  checkpoints,
  earlyStopping,
  keepBest,
  printEpochs,
  reportProgress,
  saveBest,
  scoreTraining,
  testAtBest,
  testScores,
} from 'inkwell/training/callbacks';
import { loadNet } from 'inkwell/training/checkpoint';
import { disposeExamples } from 'inkwell/training/examples';
import { bestEpoch, curve, type EpochRecord, epochText } from 'inkwell/training/history';
import { describeLoop, type Hooks } from 'inkwell/training/hooks';
import { Learner } from 'inkwell/training/learner';
import { diagnoseOverfitting } from 'inkwell/training/overfitting';
import { refuseNan } from 'inkwell/training/statistics';
import { corners, smallNet, valuesOf } from './support';

let train: Examples;
let validation: Examples;
const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-callbacks-'));

beforeAll(async () => {
  await useEngine();
  train = corners(100, 1);
  validation = corners(100, 2);
});

afterAll(() => {
  disposeExamples(train);
  disposeExamples(validation);
  rmSync(folder, { recursive: true, force: true });
});

/** Replaces the validation accuracy by numbers of the test's choice. */
function pretend(accuracies: readonly number[]): Hooks {
  return {
    epochEnd: ({ record, addScores }) =>
      addScores('validation', { accuracy: accuracies[record.epoch] as number }),
  };
}

async function trained(accuracies: readonly number[], ...hooks: Hooks[]): Promise<Learner> {
  const learner = new Learner({ net: smallNet });
  const all = [pretend(accuracies), ...hooks];
  await learner.fit({ train, epochs: accuracies.length, learningRate: 0.1, hooks: all });
  return learner;
}

test('early stopping waits, and the same again is no progress', async () => {
  const learner = await trained(
    [0.5, 0.6, 0.6, 0.55, 0.7, 0.7, 0.7, 0.7, 0.9],
    earlyStopping({ patience: 3 }),
  );
  expect(learner.history.length).toBe(8);
  // The next fit has a patience of its own.
  const worse = pretend([...Array(8).fill(0), 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
  await learner.fit({ train, epochs: 6, learningRate: 0.1, hooks: [worse, earlyStopping({ patience: 3 })] });
  expect(learner.history.length).toBe(12);
  learner.dispose();
  expect(() => earlyStopping({ patience: 0 })).toThrow(
    new RangeError('earlyStopping: patience must be a whole number of at least 1, got 0'),
  );
});

test('the test set is scored at the best epochs only, the later of equals', async () => {
  const learner = await trained([0.5, 0.4, 0.6, 0.6, 0.3], testAtBest(validation));
  expect(curve(learner.history, 'test', 'accuracy').map(Number.isFinite)).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
  expect(bestEpoch(learner.history)?.epoch).toBe(3);
  expect(testScores(learner.history)).toEqual(learner.history[3]?.scores['test']);
  learner.dispose();
});

test('the best weights are kept, in the engine and in a file', async () => {
  const file = path.join(folder, 'best.safetensors');
  const best = keepBest();
  let values: object = {};
  const look: Hooks = {
    epochEnd: ({ learner, record }) => {
      if (record.epoch === 1) values = valuesOf(learner.weights.parameters);
    },
  };
  expect(() => best.restore()).toThrow('keepBest: no epoch has been scored yet');
  await withoutLeaks(async () => {
    const learner = await trained([0.5, 0.9, 0.6], best, look, saveBest(file));
    expect(best.epoch).toBe(1);
    expect(valuesOf(learner.weights.parameters)).not.toEqual(values);
    best.restore();
    expect(valuesOf(learner.weights.parameters)).toEqual(values);
    learner.dispose();
    best.dispose();
    const { weights } = await loadNet(file);
    expect(valuesOf(weights.parameters)).toEqual(values);
    disposeWeights(weights);
  });
});

test('checkpoints are removed at the end where that is asked for', async () => {
  const file = path.join(folder, 'run.safetensors');
  const seen: boolean[] = [];
  const look: Hooks = { epochStart: () => void seen.push(existsSync(file)) };
  const learner = await trained([0.5, 0.6], look, checkpoints(file, { removeAtEnd: true }));
  expect([seen, existsSync(file)]).toEqual([[false, true], false]);
  learner.dispose();
});

test('lines and progress', async () => {
  const lines: string[] = [];
  const reports: Progress[] = [];
  const print = printEpochs({ print: (line) => lines.push(line) });
  const learner = await trained(
    [0.5, 0.6],
    print,
    reportProgress((one) => reports.push(one), { parts: 2 }),
  );
  expect(lines[1]).toMatch(
    /^epoch {2}2 {2}train loss \d\.\d{4} {2}validation accuracy 0\.6000 {2}\d+\.\d s$/,
  );
  expect(reports.map(({ done, total }) => `${done}/${total}`)).toEqual(['0/4', '2/4', '2/4', '4/4']);
  learner.dispose();
});

test('the loop describes itself', () => {
  const own: Hooks = { fitEnd: () => {} };
  expect(describeLoop([refuseNan(), testAtBest(validation), printEpochs(), own]).split('\n')).toEqual([
    'fit',
    '  for each epoch',
    '    for each batch',
    '      step: predict, loss, gradient, update',
    '      batchEnd: refuseNan',
    '    score the validation set',
    '    epochEnd: testAtBest, printEpochs',
    '  fitEnd: a hook',
  ]);
});

test('the training sample stands beside the validation', async () => {
  const learner = await trained([0.5], scoreTraining(train));
  const sample = learner.history[0]?.scores['training sample'];
  expect(sample).toEqual(await learner.evaluate(train));
  learner.dispose();
});

describe('overfitting', () => {
  const history = (...losses: [number, number][]): EpochRecord[] =>
    losses.map(([train, validation], epoch) => ({
      ...{ epoch, step: epoch, learningRate: 1, durationMs: 1500 },
      scores: { train: { loss: train }, validation: { loss: validation } },
    }));

  test('is a validation loss that rises while the training loss falls', () => {
    const report = diagnoseOverfitting(history([1, 1], [0.5, 0.8], [0.3, 0.9], [0.1, 1]));
    expect(report).toMatchObject({
      lossGap: 0.9,
      lowestLossEpoch: 1,
      accuracyGap: undefined,
      verdict: 'overfitting',
    });
    expect(report.lossRise).toBeCloseTo(0.25);
    expect(report.explanation).toBe(
      'The validation loss has risen by 25.0 % since epoch 2, where it was lowest, while the training loss fell.',
    );
  });

  test('is not the same as learning, nor as diverging', () => {
    expect(diagnoseOverfitting(history([1, 1], [0.5, 0.8], [0.4, 0.82])).verdict).toBe('learning');
    expect(diagnoseOverfitting(history([1, 1], [2, 2])).verdict).toBe('learning');
    expect(diagnoseOverfitting(history([1, 1], [Number.NaN, Number.NaN])).verdict).toBe('diverged');
    const without = history([1, 1]).map((record) => ({ ...record, scores: { train: { loss: 1 } } }));
    expect(() => diagnoseOverfitting(without)).toThrow(
      new RangeError('diagnoseOverfitting: no epoch has a validation loss'),
    );
  });

  test('an epoch as a line', () => {
    expect(epochText(history([1, 0.5])[0] as EpochRecord)).toBe(
      'epoch  1  train loss 1.0000  validation loss 0.5000  1.5 s',
    );
  });
});
