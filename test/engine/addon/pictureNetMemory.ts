/** What steps of training a residual net leave in memory; to be run in a process of its own. */
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { randomKey } from 'inkwell/layers/random';
import { resNet } from 'inkwell/models/residual';
import { softmaxCrossEntropy } from 'inkwell/training/losses';
import { adam } from 'inkwell/training/optimizers';
import { createState } from 'inkwell/training/state';
import { createStep } from 'inkwell/training/step';
import { growthPerRound } from '../../measure/growth';
import { useNative } from '../compile/native';

export const stepsPerRound = 100;
const batchSize = 8;

/** The smallest of a batch's activations in the first stage, in MB. */
export const activationsMb: number = (batchSize * 8 * 8 * 16 * 4) / 2 ** 20;

/** What a round of steps adds to the memory of the process, in MB. */
export async function growthMb(): Promise<number> {
  await useNative();
  const net = resNet({ inputShape: [8, 8, 1], blocks: 1, classes: 2 });
  const optimizer = adam();
  const state = createState(net, optimizer, { seed: 1 });
  const step = compile(createStep({ net, loss: softmaxCrossEntropy, optimizer }, state));
  const xs = tf.randomNormal([batchSize, 8, 8, 1], 0, 1, 'float32', 1);
  const ys = tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1], 'int32');
  const indices = tf.range(0, batchSize, 1, 'int32');
  const learningRate = tf.scalar(1e-3);
  let taken = 0;
  return growthPerRound(() => {
    for (let i = 0; i < stepsPerRound; i++) {
      const key = randomKey(1, taken++);
      tf.dispose([key, step({ xs, ys, indices, learningRate, key })]);
    }
  });
}
