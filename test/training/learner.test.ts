import type { Examples } from 'inkwell/data/examples';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import { tensor2d } from 'inkwell/engine/tf';
import { predict } from 'inkwell/training/evaluate';
import { disposeExamples, exampleCount, examplesOf } from 'inkwell/training/examples';
import type { EpochRecord, History } from 'inkwell/training/history';
import { Learner, type LearnerOptions } from 'inkwell/training/learner';
import { adam, momentum, sgd } from 'inkwell/training/optimizers';
import { oneCycle } from 'inkwell/training/schedules';
import { expectClose } from '../fixtures/close';
import { corners, smallNet, valuesOf } from './support';

let train: Examples;
let validation: Examples;

beforeAll(async () => {
  await useEngine();
  train = corners(250, 1); // three full batches and one that is not
  validation = corners(120, 2);
});

afterAll(() => {
  disposeExamples(train);
  disposeExamples(validation);
});

async function fitted(options: Partial<LearnerOptions> = {}, epochs = 4): Promise<Learner> {
  const learner = new Learner({ net: smallNet, optimizer: momentum(), ...options });
  await learner.fit({ train, validation, epochs, learningRate: 0.05, l2: 1e-4 });
  return learner;
}

/** Without times, which differ from run to run. */
function numbers(history: History): Omit<EpochRecord, 'durationMs'>[] {
  return history.map(({ durationMs: _, ...rest }) => rest);
}

function lossesOf(history: History): number[] {
  return history.flatMap(({ scores }) => Object.values(scores).map((set) => set['loss'] as number));
}

test('learns the corners', async () => {
  const learner = await fitted({}, 12);
  expect(learner.history.map(({ epoch, step }) => [epoch, step]).slice(0, 3)).toEqual([
    [0, 4],
    [1, 8],
    [2, 12],
  ]);
  expect(learner.history.at(-1)?.scores['validation']?.['accuracy']).toBeGreaterThan(0.9);
  expect(await learner.evaluate(validation)).toEqual(learner.history.at(-1)?.scores['validation']);
  learner.dispose();
});

test('scores examples whose tensors are getters, as a loader’s are', async () => {
  const learner = await fitted({}, 1);
  const loader = new (class implements Examples {
    get xs(): Examples['xs'] {
      return validation.xs;
    }
    get ys(): Examples['ys'] {
      return validation.ys;
    }
  })();
  expect(await learner.evaluate(loader)).toEqual(await learner.evaluate(validation));
  learner.dispose();
});

test('one seed, one outcome, to the last bit; another seed, another', async () => {
  const runs = [await fitted({ seed: 3 }), await fitted({ seed: 3 }), await fitted({ seed: 4 })] as const;
  const [a, b, c] = runs;
  expect(numbers(a.history)).toEqual(numbers(b.history));
  expect(valuesOf(a.weights.parameters)).toEqual(valuesOf(b.weights.parameters));
  expect(numbers(a.history)).not.toEqual(numbers(c.history));
  for (const learner of runs) learner.dispose();
});

test.each([sgd(), momentum(), adam()])('compiled and eager histories agree: $name', async (optimizer) => {
  const runs = [await fitted({ optimizer }, 8), await fitted({ optimizer, compiled: false }, 8)] as const;
  const [graph, eager] = runs;
  expectClose(lossesOf(graph.history), lossesOf(eager.history), 1e-4);
  for (const learner of runs) learner.dispose();
});

test('an epoch is the mean over its batches, weighted by their size', async () => {
  const losses: number[] = [];
  const learner = new Learner({ net: smallNet });
  const hook = { batchEnd: ({ loss }: { loss: number }) => void losses.push(loss) };
  await learner.fit({ train, epochs: 1, learningRate: 0.1, hooks: [hook] });
  const [a = 0, b = 0, c = 0, d = 0] = losses;
  expectClose(
    [learner.history[0]?.scores['train']?.['loss'] as number],
    [(64 * (a + b + c) + 58 * d) / 250],
    1e-6,
  );
  learner.dispose();
});

test('schedules reach the step: rates, L2 and dropout', async () => {
  const rates: number[] = [];
  const hook = { batchEnd: ({ learningRate }: { learningRate: number }) => void rates.push(learningRate) };
  const options = { train, epochs: 3, learningRate: oneCycle(0.1), l2: () => 0.5, hooks: [hook] };
  const learner = new Learner({ net: smallNet });
  await learner.fit({ ...options, dropoutRate: ({ epoch }) => epoch / 10 });
  expect(Math.max(...rates)).toBeCloseTo(0.1, 1);
  expect(rates[0]).toBeCloseTo(0.004);
  expect(rates.at(-1)).toBeCloseTo(1e-6);
  const weightsOf = ({ weights }: Learner): number[] =>
    valuesOf(weights.parameters)['layers.5.weights'] ?? [];
  const free = new Learner({ net: smallNet });
  await free.fit({ ...options, l2: 0 });
  const length = (values: number[]): number => Math.hypot(...values);
  expect(length(weightsOf(learner))).toBeLessThan(0.9 * length(weightsOf(free)));
  learner.dispose();
  free.dispose();
});

test('augmentation changes the batch, by the key', async () => {
  const seen: number[] = [];
  const augment = (xs: Examples['xs']): Examples['xs'] => {
    seen.push(xs.shape[0] as number);
    return xs.mul(0);
  };
  const learner = new Learner({
    net: { inputShape: [6, 6, 1], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 4 }] },
  });
  const before = valuesOf(learner.weights.parameters)['layers.1.weights'];
  await learner.fit({ train, epochs: 1, learningRate: 1, augment });
  expect(seen.length).toBeGreaterThan(1);
  // From inputs that are all zero no weight learns, only the biases.
  expect(valuesOf(learner.weights.parameters)['layers.1.weights']).toEqual(before);
  expect(valuesOf(learner.weights.parameters)['layers.1.biases']).not.toEqual([0, 0, 0, 0]);
  learner.dispose();
});

test('nothing leaks: a learner that is disposed of leaves no tensor', async () => {
  await fitted().then((learner) => learner.dispose()); // the first run makes what the process keeps
  await withoutLeaks(async () => (await fitted()).dispose());
  const learner = await fitted({}, 1);
  await withoutLeaks(() => learner.fit({ train, validation, epochs: 2, learningRate: 0.1 }));
  await withoutLeaks(() => learner.predict(validation.xs), { kept: 1 }).then((outputs) => {
    expect(outputs.shape).toEqual([120, 4]);
    const eager = predict(learner.net, learner.weights, validation.xs, { batchSize: 50 });
    expectClose(outputs.dataSync(), eager.dataSync(), 1e-5);
    eager.dispose();
    outputs.dispose();
  });
  learner.dispose();
});

describe('stopping', () => {
  test('a second fit at the same time is refused, and so is disposal', async () => {
    const learner = new Learner({ net: smallNet });
    const first = learner.fit({ train, epochs: 1, learningRate: 0.1 });
    const message = 'a fit of this learner is running; await it, or abort it by its signal';
    await expect(learner.fit({ train, epochs: 1, learningRate: 0.1 })).rejects.toThrow(
      `Learner.fit: ${message}`,
    );
    expect(() => learner.dispose()).toThrow(`Learner.dispose: ${message}`);
    await first;
    learner.dispose();
  });

  test('an AbortSignal rejects with its reason, and the learner can go on', async () => {
    const learner = new Learner({ net: smallNet });
    const controller = new AbortController();
    const ends: number[] = [];
    const hooks = [
      {
        batchEnd: ({ moment }: { moment: { step: number } }) => {
          if (moment.step === 5) controller.abort(new Error('enough'));
        },
        fitEnd: () => void ends.push(1),
      },
    ];
    const options = { train, epochs: 100, learningRate: 0.1, hooks, signal: controller.signal };
    await withoutLeaks(() => expect(learner.fit(options)).rejects.toThrow('enough'));
    expect(learner.position).toMatchObject({ epoch: 1, batch: 0, step: 6, midFit: false });
    expect(ends).toEqual([1]);
    await learner.fit({ train, epochs: 1, learningRate: 0.1 });
    expect(learner.history.map(({ epoch }) => epoch)).toEqual([0, 1]);
    learner.dispose();
  });

  test('a hook skips a batch, ends an epoch, ends the fit', async () => {
    const learner = new Learner({ net: smallNet });
    const steps: string[] = [];
    await learner.fit({
      ...{ train, epochs: 5, learningRate: 0.1 },
      hooks: [
        {
          batchStart({ moment: { epoch, step } }) {
            if (step === 1) return { stop: 'batch', why: 'this one is bad' };
            if (epoch === 1 && step === 6) return { stop: 'epoch', why: 'half is enough' };
            return undefined;
          },
          batchEnd: ({ moment }) => void steps.push(`${moment.epoch}.${moment.step}`),
          epochEnd: ({ moment }) =>
            moment.epoch === 2 ? { stop: 'fit', why: 'three are enough' } : undefined,
        },
      ],
    });
    expect(steps).toEqual(['0.0', '0.2', '0.3', '1.4', '1.5', '2.8', '2.9', '2.10', '2.11']);
    expect(learner.history.length).toBe(3);
    learner.dispose();
  });

  test('a hook that throws ends the fit with its error', async () => {
    const learner = new Learner({ net: smallNet });
    const hook = {
      epochEnd: () => {
        throw new Error('the hook is broken');
      },
    };
    await expect(learner.fit({ train, epochs: 1, learningRate: 0.1, hooks: [hook] })).rejects.toThrow(
      'the hook is broken',
    );
    await learner.fit({ train, epochs: 1, learningRate: 0.1 });
    learner.dispose();
  });
});

describe('wrong arguments', () => {
  test.each<[string, object]>([
    ['fit: epochs must be a whole number of at least 1, got 0', { epochs: 0 }],
    ['fit: batchSize must be a whole number of at least 1, got 1.5', { batchSize: 1.5 }],
  ])('%s', async (message, wrong) => {
    const learner = new Learner({ net: smallNet });
    await expect(learner.fit({ train, epochs: 1, learningRate: 0.1, ...wrong })).rejects.toThrow(
      new RangeError(message),
    );
    await learner.fit({ train, epochs: 1, learningRate: 0.1 }); // it was not left running
    learner.dispose();
  });

  test('examples that do not pair up, or of another shape', () => {
    const [xs, ys] = [tensor2d([[1], [2]]), tensor2d([[1]])];
    expect(() => exampleCount({ xs, ys })).toThrow(new RangeError('examples: 2 inputs but 1 targets'));
    disposeExamples({ xs, ys });
    const set = { images: new Uint8Array(32), labels: new Uint8Array(2), count: 2, height: 4, width: 4 };
    expect(() => examplesOf(set, [5, 5])).toThrow(
      new RangeError('examplesOf: inputShape 5 × 5 does not fit images of 4 × 4'),
    );
    for (const shape of [[4, 4, 1], [16], [4, 4]]) {
      const examples = examplesOf(set, shape);
      expect(examples.xs.shape).toEqual([2, ...shape]);
      disposeExamples(examples);
    }
  });
});
