/** A small net that trains for thousands of steps, and what that leaves; to be run in a process of its own. */
import { createRandom } from 'inkwell/core/random';
import { type EngineName, useEngine } from 'inkwell/engine/engine';
import { type MemoryReport, memoryReport } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { growthPerRound } from '../../measure/growth';

const batchSize = 16;
const pixels = 20 * 20;

export interface TrainingOutcome {
  readonly losses: readonly number[];
  /** After each round of steps. */
  readonly memory: readonly MemoryReport[];
  /** What a round adds to the memory of the process, in MB. */
  readonly growthMb: number;
}

/** The size of a batch of pictures, in MB. */
export const batchMb: number = (batchSize * pixels * 4) / 2 ** 20;

/** Pictures with a bright left half (class 0) or right half (class 1), and noise. */
function drawBatch(seed: number): { images: tf.Tensor4D; labels: tf.Tensor2D } {
  const random = createRandom(seed);
  const classes = Int32Array.from({ length: batchSize }, () => random.integer(2));
  const images = Float32Array.from({ length: batchSize * pixels }, (_, i) => {
    const bright = i % 20 < 10 ? 0 : 1;
    return (classes[Math.floor(i / pixels)] === bright ? 0.5 : 0) + 0.5 * random.uniform();
  });
  return {
    images: tf.tensor4d(images, [batchSize, 20, 20, 1]),
    labels: tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), 2).toFloat() as tf.Tensor2D),
  };
}

function newNet(): { weights: tf.Variable[]; predict: (images: tf.Tensor4D) => tf.Tensor2D } {
  const variable = (shape: number[]): tf.Variable =>
    tf.variable(tf.randomNormal(shape, 0, 0.1, 'float32', 4));
  const [filter, bias, dense] = [variable([5, 5, 1, 2]), variable([2]), variable([18, 2])];
  const predict = (images: tf.Tensor4D): tf.Tensor2D => {
    const features = tf
      .conv2d(images, filter as unknown as tf.Tensor4D, 3, 'valid')
      .add(bias)
      .leakyRelu(0.1) as tf.Tensor4D;
    const pooled = tf.maxPool(features, 2, 2, 'valid').reshape([-1, 18]);
    return tf.matMul(pooled as tf.Tensor2D, dense as unknown as tf.Tensor2D);
  };
  return { weights: [filter, bias, dense], predict };
}

/** Trains on an engine, in rounds of so many steps. */
export async function trainingRun(engine: EngineName, stepsPerRound: number): Promise<TrainingOutcome> {
  await useEngine({ engine });
  const { weights, predict } = newNet();
  const optimizer = tf.train.momentum(0.005, 0.9);
  const losses: number[] = [];
  const memory: MemoryReport[] = [];
  const step = async (): Promise<void> => {
    const { images, labels } = drawBatch(losses.length);
    const loss = optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(labels, predict(images)) as tf.Scalar,
      true,
      weights,
    ) as tf.Scalar;
    losses.push((await loss.data())[0] as number);
    tf.dispose([images, labels, loss]);
  };
  const growthMb = await growthPerRound(async () => {
    for (let i = 0; i < stepsPerRound; i++) await step();
    memory.push(memoryReport());
  });
  return { losses, memory, growthMb };
}
