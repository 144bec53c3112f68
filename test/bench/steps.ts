/**
 * Whether a long run grows: 100,000 compiled steps with Adam, engine tensors and
 * resident memory before, halfway and after. Too long for every test run; the
 * tests of `runSteps` do the same for 10,000.
 *
 *     node build/test/bench/steps.js [count]
 */
import { compile } from 'inkwell/engine/compile/compile';
import { runSteps } from 'inkwell/engine/compile/run-steps';
import { useEngine } from 'inkwell/engine/engine';
import { nativeBinding } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { randomKey } from 'inkwell/layers/random';
import { mlp } from 'inkwell/models/mlp';
import { softmaxCrossEntropy } from 'inkwell/training/losses';
import { adam } from 'inkwell/training/optimizers';
import { createState } from 'inkwell/training/state';
import { createStep, type StepInputs } from 'inkwell/training/step';

function report(done: number): void {
  const held = (nativeBinding() as unknown as { getNumOfTensors(): number }).getNumOfTensors();
  const rss = (process.memoryUsage.rss() / 2 ** 20).toFixed(1);
  console.log(`${done} steps: tfjs knows ${tf.memory().numTensors} tensors, TensorFlow ${held}; ${rss} MB`);
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 100_000);
  console.log((await useEngine()).description);
  const net = mlp({ hidden: [30], dropout: 0.5 });
  const optimizer = adam();
  const state = createState(net, optimizer, { seed: 1 });
  const step = compile(createStep({ net, loss: softmaxCrossEntropy, optimizer }, state));
  const xs = tf.randomUniform([1000, 784], 0, 1, 'float32', 1);
  const ys = tf.tensor1d(
    Int32Array.from({ length: 1000 }, (_, i) => i % 10),
    'int32',
  );
  const inputs = (i: number): [StepInputs] => {
    const indices = tf.range(i % 900, (i % 900) + 64, 1, 'int32');
    return [{ xs, ys, indices, learningRate: tf.scalar(1e-3 / (1 + i)), key: randomKey(1, i) }];
  };
  await runSteps(step, 2000, inputs);
  report(0);
  const start = performance.now();
  for (const done of [count / 2, count]) {
    await runSteps(step, count / 2, inputs);
    report(done);
  }
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}

void main();
