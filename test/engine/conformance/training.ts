/** Training: losses fall, and memory stays flat over thousands of steps. */
import { createRandom } from 'inkwell/core/random';
import { memoryReport } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';

const steps = 2000;
const batchSize = 16;
const pixels = 20 * 20;

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

export function trainingTests(): void {
  test(`a convolutional net learns, and ${steps} steps leave nothing behind`, async () => {
    const { weights, predict } = newNet();
    const optimizer = tf.train.momentum(0.005, 0.9);
    const step = async (seed: number): Promise<number> => {
      const { images, labels } = drawBatch(seed);
      const loss = optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(labels, predict(images)) as tf.Scalar,
        true,
      );
      const [value] = await (loss as tf.Scalar).data();
      tf.dispose([images, labels, loss as tf.Scalar]);
      return value as number;
    };
    const first = await step(0);
    for (let i = 1; i < steps / 4; i++) await step(i);
    const early = memoryReport();
    let last = 0;
    for (let i = steps / 4; i < steps; i++) last = await step(i);
    const late = memoryReport();
    expect(first).toBeGreaterThan(0.4);
    expect(last).toBeLessThan(0.05);
    expect(late.tensors).toBe(early.tensors);
    expect(late.bytes).toBe(early.bytes);
    // A batch of pictures alone is 26 KB: one a step left behind would be 39 MB.
    expect(late.rssBytes - early.rssBytes).toBeLessThan(30e6);
    tf.dispose(weights);
    optimizer.dispose();
  }, 120_000);
}
