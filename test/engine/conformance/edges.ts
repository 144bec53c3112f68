/** Batches of one and of none, and numbers at the edge. */
import * as tf from 'inkwell/engine/tf';
import { expectTensor } from './expectClose';

/** A small classifier of 4×4 images: convolution, pooling, dense. */
function classify(images: tf.Tensor4D, weights: readonly [tf.Tensor4D, tf.Tensor2D]): tf.Tensor2D {
  const features = tf.maxPool(tf.relu(tf.conv2d(images, weights[0], 1, 'same')), 2, 2, 'valid');
  return tf.matMul(features.reshape([images.shape[0], 8]) as tf.Tensor2D, weights[1]);
}

function classifierWeights(): [tf.Tensor4D, tf.Tensor2D] {
  return [tf.randomNormal([3, 3, 1, 2], 0, 1, 'float32', 1), tf.randomNormal([8, 3], 0, 1, 'float32', 2)];
}

export function edgeTests(): void {
  describe('edges', () => {
    test('a batch of one gives what the same example gives in a batch of three', async () => {
      const weights = classifierWeights();
      const images: tf.Tensor4D = tf.randomNormal([3, 4, 4, 1], 0, 1, 'float32', 3);
      const all = classify(images, weights).slice([1, 0], [1, 3]);
      const one = classify(images.slice([1, 0, 0, 0], [1, 4, 4, 1]), weights);
      await expectTensor(one, [1, 3], [...(await all.data())]);
      tf.dispose([...weights, images, all]);
    });

    test('an empty batch stays empty', () => {
      tf.tidy(() => {
        const none = tf.zeros([0, 4]);
        expect(none.add(1).shape).toEqual([0, 4]);
        expect(none.relu().shape).toEqual([0, 4]);
        expect(tf.matMul(none as tf.Tensor2D, tf.ones([4, 2])).shape).toEqual([0, 2]);
        expect(tf.concat([none as tf.Tensor2D, tf.ones([2, 4])], 0).shape).toEqual([2, 4]);
        expect(none.sum().dataSync()[0]).toBe(0);
        expect(tf.tensor2d([[1, 2]]).slice([0, 0], [0, 2]).shape).toEqual([0, 2]);
        expect(tf.gather(tf.ones([3, 2]), tf.tensor1d([], 'int32')).shape).toEqual([0, 2]);
        expect([...none.dataSync()]).toEqual([]);
      });
    });

    test('an empty batch runs through a convolutional net', () => {
      tf.tidy(() => {
        expect(classify(tf.zeros([0, 4, 4, 1]), classifierWeights()).shape).toEqual([0, 3]);
      });
    });

    test('an empty batch has no gradient', () => {
      tf.tidy(() => {
        const none: tf.Tensor2D = tf.zeros([0, 4]);
        const gradient = tf.grad((w: tf.Tensor) =>
          tf
            .matMul(none, w as tf.Tensor2D)
            .square()
            .sum(),
        );
        expect([...gradient(tf.ones([4, 2])).dataSync()]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
        const pictures: tf.Tensor4D = tf.zeros([0, 4, 4, 1]);
        const convolve = tf.grad((w: tf.Tensor) =>
          tf
            .conv2d(pictures, w as tf.Tensor4D, 1, 'same')
            .square()
            .sum(),
        );
        expect([...convolve(tf.ones([2, 2, 1, 1])).dataSync()]).toEqual([0, 0, 0, 0]);
      });
    });

    test('infinities and not-a-number come through', async () => {
      const x = tf.tensor1d([Number.POSITIVE_INFINITY, Number.NaN, -1]);
      await expectTensor(tf.add(x, 1), [3], [Number.POSITIVE_INFINITY, Number.NaN, 0]);
      await expectTensor(tf.isNaN(x), [3], [0, 1, 0]);
      await expectTensor(tf.log(tf.tensor1d([0])), [1], [Number.NEGATIVE_INFINITY]);
      x.dispose();
    });

    test('whole numbers up to 2^31 − 1 keep every digit', async () => {
      await expectTensor(
        tf.tensor1d([2147483647, -2147483648, 16777217], 'int32'),
        [3],
        [2147483647, -2147483648, 16777217],
        0,
      );
    });

    test('an index outside is an error or zeros, never other memory', async () => {
      const rows = tf.tensor2d([
        [1, 2],
        [3, 4],
      ]);
      const outside = tf.tensor1d([7], 'int32');
      let values: number[] = [0, 0];
      try {
        values = [...(await tf.gather(rows, outside).data())];
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(values).toEqual([0, 0]);
      tf.dispose([rows, outside]);
    });
  });
}
