/** Convolutions after Winograd, batch normalisation and max pooling of our own: as TensorFlow's, gradients too. */
import { compile } from 'inkwell/engine/compile/compile';
import { withoutLeaks } from 'inkwell/engine/memory';
import { hasOwnOperations } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forward, forwardTraining, initialize } from 'inkwell/layers/net';
import { randomKey } from 'inkwell/layers/random';
import type { LayerSpec, NetSpec } from 'inkwell/layers/spec';
import { residualBlock } from 'inkwell/models/residual';
import { expectClose } from '../../fixtures/close';
import { useNative } from '../compile/native';
import { operations } from '../compile/rewritten';
import { evaluateInNode } from '../nodeProcess';
import { activationsMb, stepsPerRound } from './pictureNetMemory';
import {
  allNumbers,
  batchNormShapes,
  batchOf,
  compiledNumbers,
  composed,
  inputsOf,
  normalised,
  numbersOf,
  own,
  type PictureCase,
  pictureCases,
  withGradients,
} from './pictureNets';
import { withThreads } from './withThreads';

beforeAll(useNative);

const named = pictureCases.map((each) => [each.name, each] as const);

/** In units of the largest number of each tensor: what Winograd's sums leave is a few millionths of that. */
function expectSame(numbers: number[][], expected: number[][], tolerance = 1e-5): void {
  expect(numbers.length).toBe(expected.length);
  expected.forEach((wanted, i) => {
    const scale = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
    const inUnits = (values: number[]): number[] => values.map((value) => value / scale);
    expectClose(inUnits(numbers[i] as number[]), inUnits(wanted), tolerance);
  });
}

test.each(named)('%s: as TensorFlow, gradients too', async (_, each) => {
  expect(hasOwnOperations()).toBe(true);
  const inputs = () => inputsOf(each);
  await withoutLeaks(() =>
    expectSame(compiledNumbers(withGradients(each), inputs), numbersOf(withGradients(each), inputs)),
  );
});

test.each(named.filter(([name]) => name.startsWith('pooling')))(
  '%s: of equal numbers in a window the first gets the gradient',
  (_, each) => {
    const inputs = () => inputsOf(each, { whole: true });
    expectSame(compiledNumbers(withGradients(each), inputs), numbersOf(withGradients(each), inputs));
  },
);

test.each(batchNormShapes.map((shape) => [`${shape}`, shape] as const))(
  'batch normalisation of [%s]: as composed of operations',
  async (_, shape) => {
    const inputs = () => batchOf(shape);
    const expected = numbersOf((...args) => normalised(composed, ...args), inputs);
    const run = (...args: tf.Tensor[]): tf.Tensor[] => normalised(own, ...args);
    await withoutLeaks(() => expectSame(numbersOf(run, inputs), expected));
    await withoutLeaks(() => expectSame(compiledNumbers(run, inputs), expected));
  },
);

test('means far from zero lose no digits of the variance', () => {
  const [xs, ...others] = batchOf([50, 4, 4, 16]) as [tf.Tensor, ...tf.Tensor[]];
  const [near] = normalised(own, xs, ...others) as [tf.Tensor];
  const [far] = normalised(own, tf.add(xs, 1000), ...others) as [tf.Tensor];
  expectClose(far.dataSync(), near.dataSync(), 1e-3);
});

test.each(['4', '8'])('vectors of %s numbers, for processors that have no wider ones', async (vectors) => {
  const numbers = await evaluateInNode<number[][][]>(
    `await require('./compile/native').useNative();
     return require('./addon/pictureNets').allNumbers();`,
    { INKWELL_VECTORS: vectors },
  );
  allNumbers().forEach((expected, i) => {
    expectSame(numbers[i] as number[][], expected);
  });
});

test('the same to the bit with one thread and with several', () => {
  const [one, three] = [1, 3].map((threads) => withThreads(threads, allNumbers));
  expect(three).toEqual(one);
});

describe('the operations in the graph', () => {
  const live = (each: PictureCase): string[] => operations(() => withGradients(each)(...inputsOf(each)));

  test('a convolution with biases and ReLU is one; so is each gradient', () => {
    expect(live(pictureCases[0] as PictureCase).sort()).toEqual([
      'BiasAddGrad',
      'InkwellConv',
      'InkwellConvGradFilter',
      'InkwellConvGradInput',
      'ReluGrad',
    ]);
  });

  test('a residual block: what goes around it is added by the convolutions', () => {
    const found = live(pictureCases.find(({ shapes }) => shapes.length === 4) as PictureCase);
    expect(found.filter((name) => name === 'InkwellConv')).toHaveLength(2);
    expect(found).not.toContain('Add');
    expect(found.filter((name) => name === 'ReluGrad')).toHaveLength(1); // that of the last ReLU
  });

  test('what comes back through convolutions with steps is added and goes through ReLU at once', () => {
    const found = live(pictureCases.find(({ name }) => name.startsWith('steps')) as PictureCase);
    expect(found.filter((name) => name === 'InkwellConvGradInput')).toHaveLength(2);
    expect(found).not.toContain('ReluGrad');
    expect(found.filter((name) => name === 'Add')).toHaveLength(1); // that of the results
  });

  test('the gradient of pooled activations goes through ReLU first', () => {
    const found = live(pictureCases.find(({ name }) => name.startsWith('pooling')) as PictureCase);
    expect(found).toEqual(['Add', 'Relu', 'InkwellMaxPool', 'ReluGrad', 'InkwellMaxPoolGrad']);
  });

  test('what is needed elsewhere, too, is not joined', () => {
    const [x, filters] = inputsOf(pictureCases[0] as PictureCase) as [tf.Tensor4D, tf.Tensor4D];
    const both = (): tf.Tensor[] => {
      const sums = tf.conv2d(x, filters, 1, 'same');
      return [sums, tf.relu(sums)];
    };
    expect(operations(both)).toEqual(['InkwellConv', 'Relu']);
  });
});

test.each<[string, (x: tf.Tensor4D, filters: tf.Tensor4D) => tf.Tensor]>([
  ['steps', (x, filters) => tf.conv2d(x, filters, 2, 'same')],
  ['dilation', (x, filters) => tf.conv2d(x, filters, 1, 'same', 'NHWC', 2)],
  ['few channels', (x, filters) => tf.conv2d(narrow(x, 15), tf.slice(filters, 0, [3, 3, 15, 16]), 1, 'same')],
  ['other filters', (x, filters) => tf.conv2d(x, tf.slice(filters, 0, [2, 3, 16, 16]), 1, 'same')],
])('a convolution with %s: left to TensorFlow', (_, run) => {
  const x = tf.ones<tf.Rank.R4>([1, 6, 6, 16]);
  expect(operations(() => [run(x, tf.ones([3, 3, 16, 16]))])).toContain('Conv2D');
});

function narrow(x: tf.Tensor4D, channels: number): tf.Tensor4D {
  return tf.slice(x, 0, [1, 6, 6, channels]);
}

test('what is not a number stays so: through convolution, normalisation and pooling', () => {
  const [x, filters] = [tf.ones<tf.Rank.R4>([1, 4, 4, 16]), tf.ones<tf.Rank.R4>([3, 3, 16, 16])];
  const run = compile((picture: tf.Tensor) => {
    const sums = tf.relu(tf.conv2d(picture as tf.Tensor4D, filters, 1, 'same'));
    return tf.maxPool(tf.mul(tf.relu(tf.add(sums, 1)), 2) as tf.Tensor4D, 2, 2, 'valid');
  });
  const poisoned = tf.mul(x, Number.NaN);
  expect(run(poisoned).dataSync()).toContainEqual(Number.NaN);
  run.dispose();
});

describe('nets of layers', () => {
  const relu: LayerSpec = { kind: 'activation', name: 'relu' };
  const block = (filters: number): LayerSpec[] => [
    { kind: 'conv', filters, size: 3, padding: 'same' },
    { kind: 'batch-norm' },
    relu,
  ];
  const net: NetSpec = {
    inputShape: [8, 8, 16],
    layers: [...block(16), { kind: 'pool', method: 'max', size: 2 }, residualBlock(16), relu, ...block(20)],
  };
  const xs = (): tf.Tensor => tf.randomNormal([24, 8, 8, 16], 0, 1, 'float32', 1);

  test('in training batch normalisation is two operations, ReLU and what goes around a block included', () => {
    const weights = initialize(net);
    const found = operations(() => [
      forwardTraining(net, weights, xs(), { key: randomKey(1, 0) }).outputs,
    ]).filter((name) => !name.startsWith('Random'));
    disposeWeights(weights);
    const pair = ['InkwellConv', 'InkwellMoments', 'InkwellScale'];
    expect(found).toEqual([...pair, 'InkwellMaxPool', ...pair, ...pair, ...pair]);
  });

  test('outside training it is folded into the convolution, ReLU and what goes around a block included', () => {
    const weights = initialize(net);
    const input = xs();
    const large = operations(() => [forward(net, weights, input)]).filter((name) =>
      /Inkwell|Relu/.test(name),
    );
    disposeWeights(weights);
    const convolutions = ['InkwellConv', 'InkwellConv', 'InkwellConv'];
    expect(large).toEqual(['InkwellConv', 'InkwellMaxPool', ...convolutions]);
  });

  test('what it answers with averages is the same, folded or not', () => {
    const weights = initialize(net, { seed: 3 });
    const changed = tf.tidy(() =>
      Object.fromEntries(
        Object.entries(weights.buffers).map(([name, buffer], i) => [
          name,
          tf.keep(tf.add(buffer, tf.randomUniform(buffer.shape, 0, 1, 'float32', i))),
        ]),
      ),
    );
    const answer = (x: tf.Tensor): tf.Tensor =>
      forward(net, { parameters: weights.parameters, buffers: changed }, x);
    const run = compile(answer);
    expectSame([Array.from(run(xs()).dataSync())], [Array.from(answer(xs()).dataSync())]);
    run.dispose();
    disposeWeights({ parameters: weights.parameters, buffers: { ...weights.buffers, ...changed } });
    tf.dispose(Object.values(weights.buffers));
  });
});

test('steps of training leave nothing in memory', async () => {
  const grown = await evaluateInNode<number>(`return require('./addon/pictureNetMemory').growthMb();`);
  expect(grown).toBeLessThan((stepsPerRound * activationsMb) / 4); // of what one tensor a step would be
});
