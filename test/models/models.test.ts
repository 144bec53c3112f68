/** The series' nets: shapes and counts as published or as worked out by hand. */
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forward, initialize, outputShape } from 'inkwell/layers/net';
import type { NetSpec } from 'inkwell/layers/spec';
import { parameterCount, summary } from 'inkwell/layers/summary';
import { alexNet } from 'inkwell/models/alexnet';
import { googLeNet, inceptionModule } from 'inkwell/models/inception';
import { matrixFactorization } from 'inkwell/models/matrix-factorization';
import { bigSimpleDeep, mlp } from 'inkwell/models/mlp';
import { nielsen } from 'inkwell/models/nielsen';
import { resNet } from 'inkwell/models/residual';
import { sequenceClassifier } from 'inkwell/models/sequence';
import { embeddingSize, tableNet } from 'inkwell/models/table-net';
import { bagOfWords, wordWindows } from 'inkwell/models/text';
import { uNet } from 'inkwell/models/u-net';
import { vgg, vggBlocks } from 'inkwell/models/vgg';

beforeAll(async () => {
  await useEngine();
});

test('AlexNet has the layers and the 61 million parameters of the paper', () => {
  const table = summary(alexNet());
  const shapes = table.rows
    .filter(({ layer }) => /conv|dense/.test(layer))
    .map((row) => [...row.outputShape]);
  expect(shapes).toEqual([
    [55, 55, 96],
    [27, 27, 256],
    [13, 13, 384],
    [13, 13, 384],
    [13, 13, 256],
    [4096],
    [4096],
    [1000],
  ]);
  expect(table.parameters).toBe(60_965_224);
  // 105 + 224 + 150 + 112 + 75 million in the convolutions, 59 million in the dense layers.
  expect(table.multiplyAdds).toBe(724_406_816);
});

test.each<[string, NetSpec, number]>([
  ['VGG-11', vgg(vggBlocks.vgg11), 132_863_336],
  ['VGG-16', vgg(vggBlocks.vgg16), 138_357_544],
  ['VGG-19', vgg(vggBlocks.vgg19), 143_667_240],
  ['GoogLeNet', googLeNet(), 6_998_552],
  ['ResNet-20', resNet(), 272_474],
  ['big, simple, deep', bigSimpleDeep(), 11_972_510],
  ['Nielsen’s two convolutions and dense 100', nielsen(), 520 + 20_040 + 64_100 + 1010],
  ['dense 30', mlp({ hidden: [30] }), 23_550 + 310],
  ['LSTM over the rows of a digit', sequenceClassifier(), 4 * 128 * (28 + 128 + 1) + 1290],
])('%s has its number of parameters', (_, net, expected) => {
  expect(parameterCount(net)).toBe(expected);
});

test('GoogLeNet halves the picture five times, and its modules join', () => {
  const shapes = summary(googLeNet()).rows.filter(({ layer }) => layer.startsWith('parallel'));
  expect(shapes.map(({ outputShape: [side, , channels] }) => [side, channels])).toEqual([
    [28, 256],
    [28, 480],
    [14, 512],
    [14, 512],
    [14, 512],
    [14, 528],
    [14, 832],
    [7, 832],
    [7, 1024],
  ]);
  const module = inceptionModule({
    one: 1,
    threeReduce: 1,
    three: 2,
    fiveReduce: 1,
    five: 3,
    poolProjection: 4,
  });
  expect(outputShape({ inputShape: [8, 8, 5], layers: [module] })).toEqual([8, 8, 10]);
});

test.each<[string, NetSpec]>([
  ['mlp', mlp({ inputShape: [28, 28, 1], hidden: [30, 20], activation: 'sigmoid', dropout: 0.5 })],
  ['nielsen', nielsen({ hidden: [30, 30], activation: 'relu', dropout: 0.5 })],
  ['nielsen without convolution', nielsen({ filters: [] })],
  ['alexnet, small', alexNet({ size: 67, classes: 5, widthDivisor: 16 })],
  [
    'vgg, small',
    vgg(
      [
        [1, 4],
        [2, 8],
      ],
      { inputShape: [8, 8, 3], hidden: [16], classes: 4 },
    ),
  ],
  ['resnet, small', resNet({ inputShape: [8, 8, 1], blocks: 1, channels: 4 })],
  ['gru', sequenceClassifier({ cell: 'gru', units: 8 })],
  ['table', tableNet({ categories: [3, 4], numbers: 2, hidden: [5], dropout: 0.2 })],
  ['table of categories alone', tableNet({ categories: [3], numbers: 0 })],
  ['bag of words', bagOfWords({ steps: 6, vocabulary: 9, classes: 3 })],
  ['windows of words', wordWindows({ steps: 6, vocabulary: 9 })],
  ['characters', sequenceClassifier({ steps: 5, vocabulary: 12, units: 8, classes: 3 })],
])('%s computes what its shapes promise', (_, net) => {
  const weights = initialize(net);
  tf.tidy(() => {
    const outputs = forward(net, weights, tf.ones([2, ...net.inputShape]));
    expect(outputs.shape).toEqual([2, ...outputShape(net)]);
    expect([...outputs.dataSync()].every(Number.isFinite)).toBe(true);
  });
  disposeWeights(weights);
});

describe('matrix factorization', () => {
  test('is the dot product of two vectors plus two biases, squeezed into the range', () => {
    const net = matrixFactorization({ users: 4, items: 3, factors: 2, range: [1, 5] });
    const weights = initialize(net);
    const [users, items, mildness, quality] = Object.values(weights.parameters).map((tensor) =>
      tensor.arraySync(),
    ) as number[][][];
    const rowsOf = [users, items, mildness, quality].map((rows) => (rows as number[][]).length);
    expect(rowsOf).toEqual([4, 3, 4, 3]);
    tf.tidy(() => {
      const pairs = [
        [0, 2],
        [3, 0],
        [1, 1],
      ] as const;
      const outputs = forward(
        net,
        weights,
        tf.tensor2d(
          pairs.map((pair) => [...pair]),
          [3, 2],
          'int32',
        ),
      );
      for (const [i, [user, item]] of pairs.entries()) {
        const [u, v] = [users?.[user] as number[], items?.[item] as number[]];
        const agreement = u.reduce((sum, value, k) => sum + value * (v[k] as number), 0);
        const sum = agreement + (mildness?.[user]?.[0] as number) + (quality?.[item]?.[0] as number);
        expect(outputs.dataSync()[i]).toBeCloseTo(1 + 4 / (1 + Math.exp(-sum)), 5);
      }
    });
    disposeWeights(weights);
  });

  test('without factors it is the biases alone, and wrong numbers are named', () => {
    expect(parameterCount(matrixFactorization({ users: 4, items: 3, factors: 0 }))).toBe(7);
    expect(() => matrixFactorization({ users: 4, items: 3, factors: 0.5 })).toThrow(
      'factors must be a whole number of at least 0, got 0.5',
    );
    expect(() => matrixFactorization({ users: 4, items: 3, deviation: 0 })).toThrow(
      'deviation must be above 0, got 0',
    );
  });
});

test('a U-Net answers for every pixel, and says which pictures it cannot halve', () => {
  const net = uNet({ classes: 8 });
  expect(outputShape(net)).toEqual([64, 96, 8]);
  expect(parameterCount(net)).toBe(30_040);
  expect(() => uNet({ inputShape: [60, 96, 3], classes: 8 })).toThrow(
    'uNet: height and width must be multiples of 8 for 3 sizes (at least one), got 60 × 96',
  );
  expect(() => uNet({ classes: 8, channels: [] })).toThrow(RangeError);
});

test('embeddings of categories follow fastai’s rule', () => {
  expect([2, 9, 16, 42, 73, 100, 10 ** 6].map(embeddingSize)).toEqual([2, 5, 8, 13, 18, 21, 600]);
});

test('a bag of words does not see the order, windows of words do', () => {
  for (const [net, sees] of [
    [bagOfWords({ steps: 4, vocabulary: 5 }), false],
    [wordWindows({ steps: 4, vocabulary: 5, window: 2 }), true],
  ] as const) {
    const weights = initialize(net);
    tf.tidy(() => {
      const parameters = Object.fromEntries(
        Object.entries(weights.parameters).map(([name, tensor]) => [
          name,
          tf.add(tensor, tf.randomNormal(tensor.shape, 0, 1, 'float32', 1)),
        ]),
      );
      const [a, b] = forward(
        net,
        { parameters, buffers: {} },
        tf.tensor2d(
          [
            [1, 2, 3, 4],
            [3, 1, 4, 2],
          ],
          [2, 4],
          'int32',
        ),
      ).arraySync() as number[][];
      const differs = Math.abs((a?.[0] as number) - (b?.[0] as number)) > 1e-4;
      expect(differs).toBe(sees);
    });
    disposeWeights(weights);
  }
});
