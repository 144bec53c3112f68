import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import type * as tf from 'inkwell/engine/tf';
import { disposeWeights } from 'inkwell/layers/net';
import { checkpoints, earlyStopping } from 'inkwell/training/callbacks';
import { loadNet, resumeFrom, saveCheckpoint, saveNet } from 'inkwell/training/checkpoint';
import { disposeExamples } from 'inkwell/training/examples';
import type { Hooks } from 'inkwell/training/hooks';
import { Learner } from 'inkwell/training/learner';
import { adam, momentum } from 'inkwell/training/optimizers';
import { readTensors, writeTensors } from 'inkwell/training/safetensors';
import { cosine } from 'inkwell/training/schedules';
import { corners, smallNet, valuesOf } from './support';

const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-training-'));
const fileAt = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  await useEngine();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a net comes back from its file as it was', async () => {
  const learner = new Learner({ net: smallNet, seed: 5 });
  const examples = corners(8, 1);
  await learner.fit({ train: examples, epochs: 1, learningRate: 0.1 });
  const before = learner.predict(examples.xs);
  await saveNet(fileAt('net.safetensors'), learner);
  const { net, weights } = await loadNet(fileAt('net.safetensors'));
  expect(net).toEqual(smallNet);
  expect(valuesOf(weights.parameters)).toEqual(valuesOf(learner.weights.parameters));
  expect(valuesOf(weights.buffers)).toEqual(valuesOf(learner.weights.buffers));
  // By a learner too: it predicts by a graph, which rounds in other places than the layers one by one.
  const again = new Learner({ net, weights });
  const after = again.predict(examples.xs);
  expect(after.dataSync()).toEqual(before.dataSync());
  again.dispose();
  before.dispose();
  after.dispose();
  disposeWeights(weights);
  disposeExamples(examples);
  learner.dispose();
});

/** Trains in a process of its own, `endless` with no end to step 18; killed in there it is started again and resumes. */
const script = (checkpoint: string, endless: boolean): string => `
  const { existsSync } = require('node:fs');
  const { setTimeout: pause } = require('node:timers/promises');
  const { useEngine } = require('inkwell/engine/engine');
  const { Learner } = require('inkwell/training/learner');
  const { resumeFrom } = require('inkwell/training/checkpoint');
  const { checkpoints, testAtBest, earlyStopping } = require('inkwell/training/callbacks');
  const { adam } = require('inkwell/training/optimizers');
  const { oneCycle } = require('inkwell/training/schedules');
  const { corners, smallNet, valuesOf } = require('./support');
  (async () => {
    await useEngine();
    const learner = new Learner({ net: smallNet, optimizer: adam(), seed: 7 });
    const file = ${JSON.stringify(checkpoint)};
    const resumed = existsSync(file);
    if (resumed) await resumeFrom(file, learner);
    const first = learner.position.step;
    let steps = 0;
    await learner.fit({
      train: corners(200, 1), validation: corners(60, 2), epochs: 6, batchSize: 32, learningRate: oneCycle(0.05), l2: 1e-3,
      hooks: [testAtBest(corners(60, 3)), earlyStopping({ patience: 5 }), { batchEnd: () => (${endless} && ++steps === 18 ? pause(3.6e6) : undefined) }, checkpoints(file, { everySteps: 5 })],
    });
    const history = learner.history.map(({ durationMs, ...rest }) => rest);
    console.log(JSON.stringify({ resumed, first, history, parameters: valuesOf(learner.weights.parameters), buffers: valuesOf(learner.weights.buffers) }));
  })();`;

interface Outcome {
  readonly resumed: boolean;
  readonly first: number;
  readonly history: object[];
  readonly parameters: object;
  readonly buffers: object;
}

async function run(
  checkpoint: string,
  options: { endless?: boolean; killAt?: () => boolean } = {},
): Promise<string> {
  const { endless = false, killAt } = options;
  const child = spawn(process.execPath, ['-e', script(checkpoint, endless)], { cwd: __dirname });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  while (killAt !== undefined && child.exitCode === null && !killAt()) await setTimeout(10);
  if (killAt !== undefined) child.kill('SIGKILL');
  const status = await ended;
  if (killAt === undefined && status !== 0) throw new Error(stderr);
  return stdout;
}

test('a run that is killed in the middle of an epoch and resumed ends like one that was not', async () => {
  const [straight, broken] = [fileAt('straight.safetensors'), fileAt('broken.safetensors')];
  const expected = JSON.parse(await run(straight)) as Outcome;
  const stepIn = (file: string): number => {
    if (!existsSync(file)) return 0;
    const text = readFileSync(file, 'latin1');
    return Number(/\\"step\\":(\d+),\\"fitStart/.exec(text)?.[1] ?? 0);
  };
  expect(await run(broken, { endless: true, killAt: () => stepIn(broken) >= 15 })).toBe('');
  const killedAt = stepIn(broken);
  expect(killedAt).toBeGreaterThanOrEqual(15);
  expect(killedAt).toBeLessThan(42);
  const actual = JSON.parse(await run(broken)) as Outcome;
  expect([actual.resumed, actual.first]).toEqual([true, killedAt]);
  expect([expected.resumed, expected.first]).toEqual([false, 0]);
  expect(actual.history).toEqual(expected.history);
  expect(actual.parameters).toEqual(expected.parameters);
  expect(actual.buffers).toEqual(expected.buffers);
}, 120_000);

test('a run that is resumed after an epoch takes the same steps, several at a time', async () => {
  const [train, validation] = [corners(330, 1), corners(70, 2)];
  const options = { train, validation, epochs: 4, batchSize: 8, learningRate: cosine(0.05) };
  const file = fileAt('epoch.safetensors');
  const straight = new Learner({ net: smallNet, optimizer: momentum(), seed: 9 });
  await straight.fit(options);
  const first = new Learner({ net: smallNet, optimizer: momentum(), seed: 9 });
  const halt: Hooks = {
    epochEnd: ({ record }) => {
      if (record.epoch === 1) throw new Error('the power fails');
    },
  };
  await expect(first.fit({ ...options, hooks: [checkpoints(file), halt] })).rejects.toThrow(
    'the power fails',
  );
  const second = new Learner({ net: smallNet, optimizer: momentum(), seed: 9 });
  await resumeFrom(file, second);
  await second.fit(options);
  expect(valuesOf(second.state.parameters)).toEqual(valuesOf(straight.state.parameters));
  expect(valuesOf(second.state.optimizer)).toEqual(valuesOf(straight.state.optimizer));
  const scores = ({ history }: Learner): object[] => history.map((record) => record.scores);
  expect(scores(second)).toEqual(scores(straight));
  for (const learner of [straight, first, second]) learner.dispose();
  disposeExamples(train);
  disposeExamples(validation);
});

test('a run that had stopped early and is resumed stays stopped', async () => {
  const [train, validation] = [corners(50, 1), corners(50, 2)];
  const file = fileAt('stopped.safetensors');
  const run = async (learner: Learner): Promise<number> => {
    // A rate of 0 makes nothing better.
    const hooks = [earlyStopping({ patience: 2 }), checkpoints(file)];
    await learner.fit({ train, validation, epochs: 9, learningRate: 0, hooks });
    learner.dispose();
    return learner.history.length;
  };
  const net = { inputShape: [6, 6, 1], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 4 }] } as const;
  expect(await run(new Learner({ net }))).toBe(3);
  const again = new Learner({ net });
  await resumeFrom(file, again);
  expect(await run(again)).toBe(3);
  disposeExamples(train);
  disposeExamples(validation);
});

test('a fit with other options or data does not finish one that was cut off', async () => {
  const [train, validation, other] = [corners(50, 1), corners(50, 2), corners(50, 3)];
  const file = fileAt('half.safetensors');
  const options = { train, validation, epochs: 4, batchSize: 16, learningRate: cosine(0.1), l2: 1e-4 };
  const first = new Learner({ net: smallNet });
  const halt: Hooks = {
    batchEnd: ({ moment: { step } }) => {
      if (step === 5) throw new Error('the power fails');
    },
  };
  const hooks = [checkpoints(file, { everySteps: 2 }), halt];
  await expect(first.fit({ ...options, hooks })).rejects.toThrow('the power fails');

  const second = new Learner({ net: smallNet });
  await resumeFrom(file, second);
  const differing = async (changed: object): Promise<string> => {
    const error = await second.fit({ ...options, ...changed }).then(
      () => new Error('it went on'),
      (thrown: unknown) => thrown as Error & { code?: string },
    );
    expect(error).toMatchObject({ code: 'CHECKPOINT_OTHER' });
    return error.message.split('\n')[0] ?? '';
  };
  const said = 'fit: this is not the fit that was cut off: ';
  await withoutLeaks(async () => {
    expect(await differing({ batchSize: 8, epochs: 5, learningRate: cosine(0.1, 0.01) })).toMatch(
      /epochs was 4 and is 5; batchSize was 16 and is 8; learningRate was a schedule from 0.1 to 0 \(\w+\) and is a schedule from 0.1 to 0.01/,
    );
    expect(await differing({ l2: 0 })).toBe(`${said}l2 was 0.0001 and is 0.`);
    expect(await differing({ dropoutRate: 0.2 })).toBe(`${said}dropoutRate was none and is 0.2.`);
    expect(await differing({ augment: (xs: tf.Tensor) => xs })).toBe(`${said}augment was none and is some.`);
    expect(await differing({ train: other })).toMatch(
      /cut off: train was 50 examples of 6 × 6 × 1 \(\w+\) and is 50 examples of 6 × 6 × 1 \(\w+\)\.$/,
    );
    expect(await differing({ validation: undefined })).toMatch(
      /validation was 50 examples of .* and is none/,
    );
  });
  await second.fit(options); // the refusals have changed nothing
  expect(second.history).toHaveLength(4);
  await second.fit({ ...options, epochs: 1, batchSize: 10 }); // a fit of its own
  for (const learner of [first, second]) learner.dispose();
  for (const examples of [train, validation, other]) disposeExamples(examples);
});

describe('a file that does not fit', () => {
  const codeAndMessage = async (work: Promise<unknown>): Promise<string> => {
    const error = (await work.then(
      () => new Error('nothing was thrown'),
      (thrown: unknown) => thrown,
    )) as Error & { code?: string };
    return `${error.code}: ${error.message.split('\n')[0]?.replaceAll(folder, '…')}`;
  };

  test('no file, or one of something else', async () => {
    const file = fileAt('other.safetensors');
    expect(await codeAndMessage(loadNet(file))).toBe(
      'TENSORS_MISSING: There is no file …/other.safetensors.',
    );
    await writeTensors(file, { tensors: {}, metadata: {} });
    expect(await codeAndMessage(loadNet(file))).toBe(
      'CHECKPOINT_FORMAT: …/other.safetensors holds tensors, but no net.',
    );
  });

  test('a checkpoint of another net, optimizer or seed; one with a tensor missing or of another shape', async () => {
    const file = fileAt('some.safetensors');
    const learner = new Learner({ net: smallNet });
    await saveCheckpoint(file, learner);
    const others: [string, Learner][] = [
      ['another net', new Learner({ net: { inputShape: [2], layers: [] } })],
      [
        'optimizer sgd, and this learner has adam(beta1 0.9, beta2 0.999, epsilon 1e-8)',
        new Learner({ net: smallNet, optimizer: adam() }),
      ],
      ['seed 1, and this learner has 2', new Learner({ net: smallNet, seed: 2 })],
    ];
    for (const [what, other] of others) {
      expect(await codeAndMessage(resumeFrom(file, other))).toBe(
        `CHECKPOINT_OTHER: …/some.safetensors is a checkpoint of ${what}.`,
      );
      other.dispose();
    }
    const { tensors, metadata } = await readTensors(file);
    const { 'parameters/layers.5.biases': biases, ...rest } = tensors;
    await writeTensors(file, { tensors: rest, metadata });
    expect(await codeAndMessage(resumeFrom(file, learner))).toBe(
      'CHECKPOINT_FORMAT: …/some.safetensors: layers.5.biases must be 4, but it is not there.',
    );
    const wrong = { type: 'float32', shape: [2, 2], values: biases?.values as Float32Array } as const;
    await writeTensors(file, { tensors: { ...rest, 'parameters/layers.5.biases': wrong }, metadata });
    expect(await codeAndMessage(loadNet(file))).toBe(
      'CHECKPOINT_FORMAT: …/some.safetensors: layers.5.biases must be 4, but it is 2 × 2.',
    );
    learner.dispose();
  });

  test('saving leaves no tensor and no temporary file, also where it fails', async () => {
    const learner = new Learner({ net: smallNet });
    const before = valuesOf(learner.weights.parameters);
    await withoutLeaks(async () => {
      await saveCheckpoint(fileAt('a.safetensors'), learner);
      await resumeFrom(fileAt('a.safetensors'), learner);
    });
    expect(valuesOf(learner.weights.parameters)).toEqual(before);
    writeFileSync(fileAt('plain'), '');
    expect(await codeAndMessage(saveCheckpoint(fileAt('plain/a.safetensors'), learner))).toMatch(
      /^(DATA_READ_ONLY|EEXIST)/,
    );
    expect(readdirSync(folder).filter((name) => /^a\./.test(name))).toEqual(['a.safetensors']);
    learner.dispose();
  });
});
