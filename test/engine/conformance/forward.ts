/** Forward values against numbers worked out by hand. */
import * as tf from 'inkwell/engine/tf';
import { expectTensor } from './expectClose';

/** An image with one channel, from its rows. */
function image(rows: readonly (readonly number[])[]): tf.Tensor4D {
  return tf.tensor4d(rows.flat(), [1, rows.length, rows[0]?.length ?? 0, 1]);
}

const nine = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const filter2 = (): tf.Tensor4D => tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);

interface ForwardCase {
  readonly name: string;
  readonly make: () => tf.Tensor;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

function of(
  name: string,
  make: () => tf.Tensor,
  shape: readonly number[],
  values: readonly number[],
): ForwardCase {
  return { name, make, shape, values };
}

const convolutions: readonly ForwardCase[] = [
  // 1·1 + 2·2 + 4·3 + 5·4 = 37 and so on: TensorFlow's convolution does not turn the filter.
  of('conv2d, valid', () => tf.conv2d(image(nine), filter2(), 1, 'valid'), [1, 2, 2, 1], [37, 47, 67, 77]),
  of(
    'conv2d, same: zeros below and to the right',
    () => tf.conv2d(image(nine), filter2(), 1, 'same'),
    [1, 3, 3, 1],
    [37, 47, 21, 67, 77, 33, 23, 26, 9],
  ),
  of(
    'conv2d, same with stride 2: the odd zero goes to the end',
    () =>
      tf.conv2d(
        image([
          [1, 2, 3, 4],
          [5, 6, 7, 8],
          [9, 10, 11, 12],
          [13, 14, 15, 16],
        ]),
        tf.ones([3, 3, 1, 1]),
        2,
        'same',
      ),
    [1, 2, 2, 1],
    [54, 45, 72, 54],
  ),
  of(
    'conv2d, dilation 2',
    () => tf.conv2d(image(nine), filter2(), 1, 'valid', 'NHWC', 2),
    [1, 1, 1, 1],
    [64],
  ),
  of(
    'conv2d mixes channels',
    () =>
      tf.conv2d(
        tf.tensor4d([1, 2], [1, 1, 1, 2]),
        tf.tensor4d([1, 2, 3, 10, 20, 30], [1, 1, 2, 3]),
        1,
        'valid',
      ),
    [1, 1, 1, 3],
    [21, 42, 63],
  ),
  of(
    'depthwiseConv2d keeps channels apart',
    () =>
      tf.depthwiseConv2d(
        tf.tensor4d([1, 10, 2, 20], [1, 1, 2, 2]),
        tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]),
        1,
        'valid',
      ),
    [1, 1, 1, 2],
    [7, 100],
  ),
  of(
    'conv2dTranspose spreads each pixel',
    () =>
      tf.conv2dTranspose(
        image([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor4d([1, 0, 0, 5], [2, 2, 1, 1]),
        [1, 4, 4, 1],
        2,
        'valid',
      ),
    [1, 4, 4, 1],
    [1, 0, 2, 0, 0, 5, 0, 10, 3, 0, 4, 0, 0, 15, 0, 20],
  ),
  of(
    'maxPool of negative numbers',
    () =>
      tf.maxPool(
        image([
          [-1, -2],
          [-3, -4],
        ]),
        2,
        2,
        'valid',
      ),
    [1, 1, 1, 1],
    [-1],
  ),
  of(
    'maxPool, windows that overlap',
    () => tf.maxPool(image(nine), 2, 1, 'valid'),
    [1, 2, 2, 1],
    [5, 6, 8, 9],
  ),
  of(
    'avgPool, same: zeros outside do not count',
    () => tf.avgPool(image(nine), 2, 2, 'same'),
    [1, 2, 2, 1],
    [3, 4.5, 7.5, 9],
  ),
  of(
    'L2 pooling',
    () =>
      tf
        .avgPool(
          tf.square(
            image([
              [1, 2],
              [2, 4],
            ]),
          ) as tf.Tensor4D,
          2,
          2,
          'valid',
        )
        .mul(4)
        .sqrt(),
    [1, 1, 1, 1],
    [5],
  ),
  of(
    'local response normalization',
    () => tf.localResponseNormalization(tf.tensor4d([1, 2, 3], [1, 1, 1, 3]), 1, 1, 1, 1),
    [1, 1, 1, 3],
    [1 / 6, 2 / 15, 3 / 14],
  ),
  of('resizeBilinear', () => tf.image.resizeBilinear(image([[0, 1]]), [1, 4]), [1, 1, 4, 1], [0, 0.5, 1, 1]),
  of(
    'resizeBilinear, corners aligned',
    () => tf.image.resizeBilinear(image([[0, 3]]), [1, 4], true),
    [1, 1, 4, 1],
    [0, 1, 2, 3],
  ),
];

const arithmetic: readonly ForwardCase[] = [
  of(
    'matMul',
    () =>
      tf.matMul(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ),
    [2, 2],
    [19, 22, 43, 50],
  ),
  of(
    'matMul, first transposed',
    () =>
      tf.matMul(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        true,
      ),
    [2, 2],
    [26, 30, 38, 44],
  ),
  of(
    'matMul, second transposed',
    () =>
      tf.matMul(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        false,
        true,
      ),
    [2, 2],
    [17, 23, 39, 53],
  ),
  of(
    'matMul, both transposed',
    () =>
      tf.matMul(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        true,
        true,
      ),
    [2, 2],
    [23, 31, 34, 46],
  ),
  of(
    'einsum',
    () =>
      tf.einsum(
        'ij,jk->ki',
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor2d([
          [5, 6],
          [7, 8],
        ]),
      ),
    [2, 2],
    [19, 43, 22, 50],
  ),
  of(
    'broadcasting',
    () => tf.tensor2d([[1], [2]]).add(tf.tensor1d([10, 20, 30])),
    [2, 3],
    [11, 21, 31, 12, 22, 32],
  ),
  of(
    'whole-number division',
    () => tf.tensor1d([7, -7], 'int32').floorDiv(tf.scalar(2, 'int32')),
    [2],
    [3, -4],
  ),
  of('mod', () => tf.mod(tf.tensor1d([7, 8, 9]), tf.scalar(4)), [3], [3, 0, 1]),
  of('sigmoid, also far out', () => tf.sigmoid([0, Math.log(3), -100, 100]), [4], [0.5, 0.75, 0, 1]),
  of('tanh', () => tf.tanh([0, Math.log(2)]), [2], [0, 0.6]),
  of('softplus', () => tf.softplus([0, 100]), [2], [Math.LN2, 100]),
  of('elu', () => tf.elu([1, -Math.LN2]), [2], [1, -0.5]),
  of('leakyRelu', () => tf.leakyRelu([2, -2], 0.1), [2], [2, -0.2]),
  of('softmax', () => tf.softmax([0, Math.log(2), Math.log(3)]), [3], [1 / 6, 2 / 6, 3 / 6]),
  of('softmax of large numbers', () => tf.softmax([1000, 1000]), [2], [0.5, 0.5]),
  of('logSoftmax', () => tf.logSoftmax([0, Math.log(3)]), [2], [-Math.log(4), Math.log(3 / 4)]),
  of(
    'softmax cross-entropy, averaged over the batch',
    () =>
      tf.losses.softmaxCrossEntropy(
        [
          [0, 1],
          [1, 0],
        ],
        [
          [0, Math.log(3)],
          [0, 0],
        ],
      ),
    [],
    [(Math.log(4 / 3) + Math.LN2) / 2],
  ),
  of(
    'batchNorm',
    () =>
      tf.batchNorm(
        tf.tensor2d([
          [1, 2],
          [3, 6],
        ]),
        tf.tensor1d([2, 4]),
        tf.tensor1d([1, 4]),
        tf.tensor1d([0, 10]),
        tf.tensor1d([2, 1]),
        0,
      ),
    [2, 2],
    [-2, 9, 2, 11],
  ),
  of('moments', () => tf.stack(Object.values(tf.moments(tf.tensor1d([1, 2, 3, 6])))), [2], [3, 3.5]),
  of(
    'where',
    () => tf.where(tf.tensor1d([1, 0], 'bool'), tf.tensor1d([1, 2]), tf.tensor1d([3, 4])),
    [2],
    [1, 4],
  ),
];

const reductionsAndShapes: readonly ForwardCase[] = [
  of(
    'sum along rows',
    () =>
      tf.sum(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    [2],
    [3, 7],
  ),
  of(
    'mean, axis kept',
    () =>
      tf.mean(
        [
          [1, 2],
          [3, 4],
        ],
        0,
        true,
      ),
    [1, 2],
    [2, 3],
  ),
  of(
    'argMax, the first of equals',
    () =>
      tf.argMax(
        [
          [1, 5, 5],
          [9, 0, 0],
        ],
        1,
      ),
    [2],
    [1, 0],
  ),
  of('argMin', () => tf.argMin([[1, 5, 0]], 1), [1], [2]),
  of(
    'all and any',
    () => tf.stack([tf.all(tf.tensor1d([1, 0], 'bool')), tf.any(tf.tensor1d([1, 0], 'bool'))]),
    [2],
    [0, 1],
  ),
  of(
    'cumsum',
    () =>
      tf.cumsum(
        [
          [1, 2],
          [3, 4],
        ],
        0,
      ),
    [2, 2],
    [1, 2, 4, 6],
  ),
  of('cumsum, exclusive and reversed', () => tf.cumsum([1, 2, 3], 0, true, true), [3], [5, 3, 0]),
  of('topk values', () => tf.topk([3, 9, 1, 7], 2).values, [2], [9, 7]),
  of('topk indices', () => tf.topk([3, 9, 1, 7], 2).indices, [2], [1, 3]),
  of(
    'gather',
    () =>
      tf.gather(
        tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
        tf.tensor1d([2, 0, 2], 'int32'),
      ),
    [3, 2],
    [5, 6, 1, 2, 5, 6],
  ),
  of(
    'gatherND',
    () =>
      tf.gatherND(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
        tf.tensor2d(
          [
            [1, 0],
            [0, 1],
          ],
          [2, 2],
          'int32',
        ),
      ),
    [2],
    [3, 2],
  ),
  of(
    'scatterND adds up',
    () => tf.scatterND(tf.tensor2d([[1], [1], [3]], [3, 1], 'int32'), tf.tensor1d([1, 2, 4]), [4]),
    [4],
    [0, 3, 0, 4],
  ),
  of(
    'unsortedSegmentSum leaves negative segments out',
    () => tf.unsortedSegmentSum(tf.tensor1d([1, 2, 4, 8]), tf.tensor1d([1, 0, -1, 1], 'int32'), 3),
    [3],
    [2, 9, 0],
  ),
  of('oneHot', () => tf.oneHot(tf.tensor1d([2, 0, 5], 'int32'), 3), [3, 3], [0, 0, 1, 1, 0, 0, 0, 0, 0]),
  of(
    'oneHot in floats, with label smoothing',
    () => tf.oneHot(tf.tensor1d([1], 'int32'), 3, 0.8, 0.1, 'float32'),
    [1, 3],
    [0.1, 0.8, 0.1],
  ),
  of('tile', () => tf.tile([[1, 2]], [2, 2]), [2, 4], [1, 2, 1, 2, 1, 2, 1, 2]),
  of('slice', () => tf.slice(tf.tensor2d(nine), [1, 0], [2, 2]), [2, 2], [4, 5, 7, 8]),
  of('slice of whole numbers', () => tf.slice(tf.tensor1d([1, 2, 3, 4], 'int32'), 1, 2), [2], [2, 3]),
  of(
    'slice of truth values',
    () =>
      tf.slice(
        tf.tensor2d(
          [
            [1, 0, 1],
            [0, 0, 1],
          ],
          [2, 3],
          'bool',
        ),
        [0, 1],
        [2, 2],
      ),
    [2, 2],
    [0, 1, 0, 1],
  ),
  of(
    'slice in the middle of five axes',
    () => tf.slice(tf.range(0, 24).reshape([2, 1, 3, 2, 2]), [0, 0, 1, 0, 1], [2, 1, 2, 2, 1]),
    [2, 1, 2, 2, 1],
    [5, 7, 9, 11, 17, 19, 21, 23],
  ),
  of(
    'stridedSlice of whole numbers, backwards',
    () => tf.stridedSlice(tf.tensor1d([1, 2, 3, 4, 5], 'int32'), [4], [0], [-2]),
    [2],
    [5, 3],
  ),
  of('concat', () => tf.concat([tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]])], 1), [1, 4], [1, 2, 3, 4]),
  of('stack', () => tf.stack([tf.tensor1d([1, 2]), tf.tensor1d([3, 4])], 1), [2, 2], [1, 3, 2, 4]),
  of(
    'pad',
    () =>
      tf.pad(
        [[1, 2]],
        [
          [1, 0],
          [0, 1],
        ],
        9,
      ),
    [2, 3],
    [9, 9, 9, 1, 2, 9],
  ),
  of(
    'mirrorPad, reflect',
    () => tf.mirrorPad(tf.tensor1d([1, 2, 3]), [[2, 1]], 'reflect'),
    [6],
    [3, 2, 1, 2, 3, 2],
  ),
  of(
    'mirrorPad, symmetric',
    () => tf.mirrorPad(tf.tensor1d([1, 2, 3]), [[2, 1]], 'symmetric'),
    [6],
    [2, 1, 1, 2, 3, 3],
  ),
  of(
    'reverse',
    () =>
      tf.reverse(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    [2, 2],
    [2, 1, 4, 3],
  ),
  of(
    'transpose',
    () =>
      tf.transpose([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    [3, 2],
    [1, 4, 2, 5, 3, 6],
  ),
  of('cast to whole numbers', () => tf.cast([1.9, -1.9, 0], 'int32'), [3], [1, -1, 0]),
  of('comparison', () => tf.greaterEqual([1, 2, 3], 2), [3], [0, 1, 1]),
];

export function forwardTests(): void {
  describe('forward values are those worked out by hand', () => {
    test.each([...convolutions, ...arithmetic, ...reductionsAndShapes])(
      '$name',
      async ({ make, shape, values }) => {
        await expectTensor(tf.tidy(make), shape, values);
      },
    );

    test('text comes back as it went in', async () => {
      const words = tf.tensor2d(
        [
          ['a', 'ünïcode'],
          ['', 'a longer text than fits in a pointer'],
        ],
        [2, 2],
        'string',
      );
      expect(await words.array()).toEqual([
        ['a', 'ünïcode'],
        ['', 'a longer text than fits in a pointer'],
      ]);
      words.dispose();
    });
  });
}
