/**
 * The operations whose gradients every engine must get right: those that the
 * chapters train with, each on a small input with some asymmetry (height is not
 * width, channels differ), so that a swapped axis shows.
 */
import * as tf from 'inkwell/engine/tf';

/**
 * How an input is drawn. `spaced` values lie further apart than the step of the
 * finite difference, and away from 0, so that no maximum changes hands and no
 * kink is crossed.
 */
export type Draw = 'normal' | 'positive' | 'spaced';

export interface GradientCase {
  readonly name: string;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly draw?: Draw }[];
  readonly f: (...xs: tf.Tensor[]) => tf.Tensor;
}

type Pad = 'same' | 'valid';

const t4 = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;
const t2 = (x: tf.Tensor): tf.Tensor2D => x as tf.Tensor2D;
const t1 = (x: tf.Tensor): tf.Tensor1D => x as tf.Tensor1D;

function one(
  name: string,
  shape: readonly number[],
  f: (x: tf.Tensor) => tf.Tensor,
  draw: Draw = 'normal',
): GradientCase {
  return { name, inputs: [{ shape, draw }], f: f as GradientCase['f'] };
}

function two(
  name: string,
  a: readonly number[],
  b: readonly number[],
  f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): GradientCase {
  return { name, inputs: [{ shape: a }, { shape: b }], f: f as GradientCase['f'] };
}

function conv(
  batch: number,
  size: [number, number],
  filter: [number, number],
  strides: number | [number, number],
  pad: Pad,
  dilations = 1,
): GradientCase {
  const name = `conv2d ${batch}×${size.join('×')}, filter ${filter.join('×')}, strides ${strides}, pad ${pad}, dilations ${dilations}`;
  return two(name, [batch, ...size, 2], [...filter, 2, 3], (x, w) =>
    tf.conv2d(t4(x), t4(w), strides, pad, 'NHWC', dilations),
  );
}

function depthwise(strides: number, pad: 'same' | 'valid', dilations = 1): GradientCase {
  const name = `depthwiseConv2d, strides ${strides}, pad ${pad}, dilations ${dilations}`;
  return two(name, [2, 5, 6, 2], [3, 2, 2, 2], (x, w) =>
    tf.depthwiseConv2d(t4(x), t4(w), strides, pad, 'NHWC', dilations),
  );
}

function pool(
  kind: 'max' | 'avg',
  size: number | [number, number],
  strides: number,
  pad: 'same' | 'valid',
): GradientCase {
  const f = kind === 'max' ? tf.maxPool : tf.avgPool;
  return one(
    `${kind}Pool ${size}, strides ${strides}, pad ${pad}`,
    [2, 5, 6, 2],
    (x) => f(t4(x), size, strides, pad),
    'spaced',
  );
}

const convolutions: readonly GradientCase[] = [
  conv(2, [5, 6], [3, 2], 1, 'valid'),
  conv(2, [5, 6], [3, 2], 1, 'same'),
  conv(2, [6, 7], [3, 3], 2, 'valid'),
  conv(2, [6, 7], [3, 3], 2, 'same'),
  conv(2, [7, 6], [3, 2], [2, 1], 'valid'),
  conv(2, [5, 7], [2, 3], [3, 2], 'same'),
  conv(2, [7, 8], [3, 2], 1, 'valid', 2),
  conv(2, [7, 8], [3, 2], 1, 'same', 2),
  conv(1, [5, 6], [3, 2], 1, 'valid'),
  conv(1, [3, 4], [1, 1], 1, 'valid'),
  conv(2, [4, 5], [1, 1], 2, 'same'),
  conv(2, [3, 3], [3, 3], 1, 'valid'), // the filter is as large as the image
  depthwise(1, 'valid'),
  depthwise(1, 'same'),
  depthwise(2, 'same'),
  depthwise(1, 'valid', 2),
  two('separableConv2d', [2, 4, 4, 2], [3, 3, 2, 2], (x, w) =>
    tf.separableConv2d(t4(x), t4(w), tf.ones([1, 1, 4, 3]), 1, 'same'),
  ),
  two('conv2dTranspose, strides 1', [2, 3, 4, 3], [3, 2, 2, 3], (x, w) =>
    tf.conv2dTranspose(t4(x), t4(w), [2, 5, 5, 2], 1, 'valid'),
  ),
  two('conv2dTranspose, strides 2', [2, 3, 4, 3], [3, 3, 2, 3], (x, w) =>
    tf.conv2dTranspose(t4(x), t4(w), [2, 6, 8, 2], 2, 'same'),
  ),
  two('conv1d, strides 2', [2, 7, 2], [3, 2, 3], (x, w) =>
    tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 2, 'same'),
  ),
  pool('max', 2, 2, 'valid'),
  pool('max', [3, 2], 1, 'same'),
  pool('max', 3, 2, 'valid'), // windows that overlap
  pool('avg', 2, 2, 'valid'),
  pool('avg', [3, 2], 1, 'same'),
  pool('avg', 3, 2, 'same'),
  one(
    'L2 pooling',
    [2, 4, 4, 2],
    (x) =>
      tf
        .avgPool(t4(tf.square(x)), 2, 2, 'valid')
        .mul(4)
        .sqrt(),
    'spaced',
  ),
  one('local response normalization', [2, 2, 3, 6], (x) =>
    tf.localResponseNormalization(t4(x), 2, 1, 0.5, 0.75),
  ),
];

const linear: readonly GradientCase[] = [
  two('matMul', [3, 4], [4, 2], (a, b) => tf.matMul(a, b)),
  two('matMul, first transposed', [4, 3], [4, 2], (a, b) => tf.matMul(a, b, true)),
  two('matMul, second transposed', [3, 4], [2, 4], (a, b) => tf.matMul(a, b, false, true)),
  two('matMul, a batch of matrices', [2, 3, 4], [2, 4, 2], (a, b) => tf.matMul(a, b)),
  two('matMul, one matrix for the batch', [2, 3, 4], [1, 4, 2], (a, b) => tf.matMul(a, b)),
  two('dot', [4], [4], (a, b) => tf.dot(a, b)),
  two('outerProduct', [3], [4], (a, b) => tf.outerProduct(t1(a), t1(b))),
];

const elementwise: readonly GradientCase[] = [
  two('add, broadcast over rows', [3, 4], [4], (a, b) => a.add(b)),
  two('sub, broadcast over columns', [3, 4], [3, 1], (a, b) => a.sub(b)),
  two('mul, broadcast', [2, 3, 4], [3, 1], (a, b) => a.mul(b)),
  {
    name: 'div',
    inputs: [{ shape: [3, 4] }, { shape: [4], draw: 'positive' }],
    f: (a, b) => (a as tf.Tensor).div(b as tf.Tensor),
  },
  {
    name: 'pow',
    inputs: [{ shape: [3, 4], draw: 'positive' }, { shape: [3, 4] }],
    f: (a, b) => tf.pow(a as tf.Tensor, b as tf.Tensor),
  },
  two('squaredDifference', [3, 4], [4], (a, b) => tf.squaredDifference(a, b)),
  {
    name: 'maximum',
    inputs: [{ shape: [12], draw: 'spaced' }],
    f: (x) => tf.maximum(x as tf.Tensor, tf.scalar(0.05)),
  },
  {
    name: 'minimum',
    inputs: [{ shape: [12], draw: 'spaced' }],
    f: (x) => tf.minimum(x as tf.Tensor, tf.scalar(0.05)),
  },
  one('neg', [7], (x) => x.neg()),
  one('abs', [7], (x) => x.abs(), 'spaced'),
  one('square', [7], (x) => x.square()),
  one('sqrt', [7], (x) => x.sqrt(), 'positive'),
  one('rsqrt', [7], (x) => x.rsqrt(), 'positive'),
  one('reciprocal', [7], (x) => x.reciprocal(), 'positive'),
  one('exp', [7], (x) => x.exp()),
  one('expm1', [7], (x) => x.expm1()),
  one('log', [7], (x) => x.log(), 'positive'),
  one('log1p', [7], (x) => x.log1p(), 'positive'),
  one('sin', [7], (x) => x.sin()),
  one('cos', [7], (x) => x.cos()),
  one('atan', [7], (x) => x.atan()),
  one('erf', [7], (x) => x.erf()),
  one('sigmoid', [7], (x) => x.sigmoid()),
  one('logSigmoid', [7], (x) => x.logSigmoid()),
  one('tanh', [7], (x) => x.tanh()),
  one('relu', [7], (x) => x.relu(), 'spaced'),
  one('relu6', [7], (x) => x.mul(9).relu6(), 'spaced'),
  one('leakyRelu', [7], (x) => x.leakyRelu(0.2), 'spaced'),
  {
    name: 'prelu',
    inputs: [{ shape: [3, 4], draw: 'spaced' }, { shape: [4] }],
    f: (x, a) => tf.prelu(x as tf.Tensor, a as tf.Tensor),
  },
  one('elu', [7], (x) => x.elu(), 'spaced'),
  one('selu', [7], (x) => x.selu(), 'spaced'),
  one('softplus', [7], (x) => x.softplus()),
  one('gelu, by tanh', [7], (x) =>
    x
      .mul(
        x
          .add(x.pow(3).mul(0.044715))
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
          .add(1),
      )
      .mul(0.5),
  ),
  one('clipByValue', [9], (x) => x.clipByValue(-0.55, 0.55), 'spaced'),
  {
    name: 'where',
    inputs: [{ shape: [6] }, { shape: [6] }],
    f: (a, b) => tf.where(tf.tensor1d([1, 0, 0, 1, 1, 0], 'bool'), a as tf.Tensor, b as tf.Tensor),
  },
];

const reductions: readonly GradientCase[] = [
  one('sum, all', [3, 4], (x) => x.sum()),
  one('sum, axis 0', [3, 4], (x) => x.sum(0)),
  one('mean, axis 1 kept', [3, 4], (x) => x.mean(1, true)),
  one('mean over image', [2, 3, 4, 2], (x) => x.mean([1, 2])),
  one('max, axis 1', [3, 4], (x) => x.max(1), 'spaced'),
  one('min, axis 0', [3, 4], (x) => x.min(0), 'spaced'),
  one('prod, axis 1', [3, 3], (x) => x.prod(1)),
  one('variance by moments', [3, 4], (x) => tf.moments(x, 0).variance),
  one('norm', [3, 4], (x) => x.norm()),
  one('logSumExp', [3, 4], (x) => x.logSumExp(1)),
  one('cumsum', [3, 4], (x) => x.cumsum(1)),
  one('cumsum, exclusive and reversed', [3, 4], (x) => x.cumsum(0, true, true)),
];

const classification: readonly GradientCase[] = [
  one('softmax', [3, 4], (x) => x.softmax()),
  one('logSoftmax', [3, 4], (x) => x.logSoftmax()),
  one('softmax cross-entropy', [3, 4], (x) => tf.losses.softmaxCrossEntropy(tf.oneHot([1, 3, 0], 4), x)),
  one('sigmoid cross-entropy', [6], (x) => tf.losses.sigmoidCrossEntropy(tf.tensor1d([1, 0, 1, 1, 0, 0]), x)),
  one('mean squared error', [6], (x) => tf.losses.meanSquaredError(tf.tensor1d([1, 0, 1, 1, 0, 0]), x)),
  one(
    'mean absolute error',
    [6],
    (x) => tf.losses.absoluteDifference(tf.tensor1d([1, 0, 1, 1, 0, 0]), x),
    'spaced',
  ),
  one('cross-entropy by gather', [3, 4], (x) =>
    tf
      .gatherND(
        x.logSoftmax(),
        tf.tensor2d(
          [
            [0, 1],
            [1, 3],
            [2, 0],
          ],
          [3, 2],
          'int32',
        ),
      )
      .neg()
      .mean(),
  ),
];

const shapes: readonly GradientCase[] = [
  one('gather rows, one of them twice', [4, 3], (x) => x.gather(tf.tensor1d([2, 0, 2], 'int32'))),
  one('gather columns', [2, 4], (x) => x.gather(tf.tensor1d([3, 1], 'int32'), 1)),
  one('embedding of sentences', [5, 3], (x) =>
    x.gather(
      tf.tensor2d(
        [
          [0, 4, 4],
          [2, 0, 1],
        ],
        [2, 3],
        'int32',
      ),
    ),
  ),
  one('reshape', [3, 4], (x) => x.reshape([2, 6])),
  one('transpose', [2, 3, 4], (x) => x.transpose([2, 0, 1])),
  one('expandDims and squeeze', [3, 4], (x) => x.expandDims(1).squeeze([1]).square()),
  one('tile', [2, 3], (x) => x.tile([2, 3])),
  one('broadcastTo', [1, 3], (x) => x.broadcastTo([4, 3])),
  one('slice', [4, 5], (x) => x.slice([1, 2], [2, 3])),
  one('stridedSlice', [5, 6], (x) => x.stridedSlice([0, 1], [5, 6], [2, 2])),
  two('concat', [2, 3], [2, 2], (a, b) => tf.concat([t2(a), t2(b)], 1)),
  two('stack', [2, 3], [2, 3], (a, b) => tf.stack([a, b], 1)),
  one('unstack', [3, 4], (x) => (tf.unstack(x, 1)[2] as tf.Tensor).square()),
  one('split', [3, 6], (x) => (tf.split(x, 3, 1)[1] as tf.Tensor).square()),
  one('pad', [2, 3], (x) =>
    x.pad([
      [1, 0],
      [2, 1],
    ]),
  ),
  one('mirrorPad', [3, 4], (x) =>
    tf.mirrorPad(
      x,
      [
        [1, 1],
        [2, 0],
      ],
      'reflect',
    ),
  ),
  one('reverse', [3, 4], (x) => x.reverse(1)),
  one('resizeBilinear', [1, 3, 4, 2], (x) => tf.image.resizeBilinear(t4(x), [5, 7])),
  one('resizeBilinear, corners aligned', [1, 3, 4, 2], (x) => tf.image.resizeBilinear(t4(x), [5, 7], true)),
  one('resizeNearestNeighbor', [1, 3, 4, 2], (x) => tf.image.resizeNearestNeighbor(t4(x), [6, 8])),
  one('spaceToBatch and back', [1, 4, 4, 1], (x) =>
    tf.batchToSpaceND(
      tf
        .spaceToBatchND(
          x,
          [2, 2],
          [
            [0, 0],
            [0, 0],
          ],
        )
        .square(),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ),
  one('topk values', [2, 5], (x) => tf.topk(x, 3).values, 'spaced'),
  one('cast', [4], (x) => x.cast('float32').square()),
  two('einsum', [2, 3, 4], [4, 5], (a, b) => tf.einsum('ijk,kl->ijl', a, b)),
  two('einsum, summed', [3, 4], [3, 4], (a, b) => tf.einsum('ij,ij->i', a, b)),
  one('unsortedSegmentSum', [4, 3], (x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1, 2], 'int32'), 3)),
];

const layers: readonly GradientCase[] = [
  {
    name: 'batch normalization with the batch’s own moments',
    inputs: [{ shape: [4, 3] }, { shape: [3] }, { shape: [3] }],
    f: (x, gamma, beta) => {
      const { mean, variance } = tf.moments(x as tf.Tensor, 0);
      return tf.batchNorm(
        x as tf.Tensor2D,
        t1(mean),
        t1(variance),
        t1(beta as tf.Tensor),
        t1(gamma as tf.Tensor),
        0.01,
      );
    },
  },
  {
    name: 'batch normalization of images with given moments',
    inputs: [
      { shape: [2, 2, 3, 2] },
      { shape: [2] },
      { shape: [2], draw: 'positive' },
      { shape: [2] },
      { shape: [2] },
    ],
    f: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        t4(x as tf.Tensor),
        t1(mean as tf.Tensor),
        t1(variance as tf.Tensor),
        t1(offset as tf.Tensor),
        t1(scale as tf.Tensor),
        0.01,
      ),
  },
  {
    name: 'an LSTM unrolled over three steps',
    inputs: [{ shape: [2, 3, 2] }, { shape: [5, 12] }, { shape: [12] }],
    f: lstm,
  },
  {
    name: 'dropout with a given mask, then dense with fused ReLU',
    inputs: [{ shape: [3, 4], draw: 'spaced' }, { shape: [4, 2] }, { shape: [2] }],
    f: (x, w, b) =>
      tf.fused.matMul({
        a: (x as tf.Tensor).mul(mask()),
        b: w as tf.Tensor,
        bias: b as tf.Tensor,
        activation: 'sigmoid',
      }),
  },
  {
    name: 'fused conv2d with bias and ReLU',
    inputs: [{ shape: [1, 4, 4, 2] }, { shape: [3, 3, 2, 2] }, { shape: [2] }],
    f: (x, w, b) =>
      tf.fused.conv2d({
        x: t4(x as tf.Tensor),
        filter: t4(w as tf.Tensor),
        strides: 1,
        pad: 'same',
        bias: b as tf.Tensor,
        activation: 'linear',
      }),
  },
];

function mask(): tf.Tensor {
  return tf.tensor2d([
    [2, 0, 2, 2],
    [0, 2, 2, 0],
    [2, 2, 0, 2],
  ]);
}

/** Hochreiter and Schmidhuber's cell with a forget gate, three units, from slices of one product. */
function lstm(...[xs, kernel, bias]: tf.Tensor[]): tf.Tensor {
  let hidden: tf.Tensor = tf.zeros([2, 3]);
  let cell: tf.Tensor = tf.zeros([2, 3]);
  for (let t = 0; t < 3; t++) {
    const x = (xs as tf.Tensor).slice([0, t, 0], [2, 1, 2]).reshape([2, 2]);
    const gates = tf
      .concat([x, hidden], 1)
      .matMul(kernel as tf.Tensor)
      .add(bias as tf.Tensor);
    const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    cell = f.sigmoid().mul(cell).add(i.sigmoid().mul(g.tanh()));
    hidden = o.sigmoid().mul(cell.tanh());
  }
  return hidden;
}

export const gradientCases: readonly GradientCase[] = [
  ...convolutions,
  ...linear,
  ...elementwise,
  ...reductions,
  ...classification,
  ...shapes,
  ...layers,
];
