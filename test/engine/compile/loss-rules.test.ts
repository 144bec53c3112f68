import { compile } from 'inkwell/engine/compile/compile';
import * as load from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { softmaxCrossEntropy } from 'inkwell/training/losses';
import { expectClose } from '../../fixtures/close';
import { useNative } from './native';
import { operations } from './rewritten';

beforeAll(useNative);

/** What a CPU has for it; elsewhere it is TensorFlow's. */
const fusedName = 'InkwellCrossEntropy';

type Loss = (logits: tf.Tensor, labels: tf.Tensor) => tf.Scalar;

const losses: [string, Loss][] = [
  ["the library's", softmaxCrossEntropy],
  [
    'tf.losses',
    (logits, labels) => tf.losses.softmaxCrossEntropy(labels as tf.Tensor2D, logits as tf.Tensor2D),
  ],
];

const normal = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** The loss and its gradient for the logits. */
function both(loss: Loss): (logits: tf.Tensor, labels: tf.Tensor) => [tf.Tensor, tf.Tensor] {
  return (logits, labels) => {
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => loss(x, labels))(logits);
    return [value, grad];
  };
}

describe.each(losses)('softmax cross-entropy, %s', (_, loss) => {
  afterEach(() => jest.restoreAllMocks());

  const rows: [string, tf.TensorLike, tf.TensorLike][] = [
    [
      'one-hot labels',
      [
        [1, 2, 3],
        [-1, 0.5, 0],
      ],
      [
        [0, 1, 0],
        [1, 0, 0],
      ],
    ],
    [
      'smoothed labels',
      [
        [1, 2, 3],
        [-1, 0.5, 0],
      ],
      [
        [0.1, 0.8, 0.1],
        [0.5, 0.25, 0.25],
      ],
    ],
    [
      'labels that do not sum to one',
      [
        [1, 2, 3],
        [-1, 0.5, 0],
      ],
      [
        [2, 0, -1],
        [0, 0, 0],
      ],
    ],
    [
      'logits that are all the same',
      [
        [4, 4, 4],
        [0, 0, 0],
      ],
      [
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
    [
      'huge logits, right and wrong',
      [
        [1e4, -1e4, 0],
        [-1e4, 1e4, 3],
      ],
      [
        [1, 0, 0],
        [1, 0, 0],
      ],
    ],
    ['one class', [[3], [-7]], [[1], [1]]],
    [
      'as many classes as rows',
      [
        [1, 2],
        [3, 5],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['one row', [[1, -2, 0.5, 3]], [[0, 0, 0, 1]]],
  ];

  test.each(rows)('is one operation, with the same value and gradient: %s', (_name, logits, labels) => {
    const [x, y] = [tf.tensor(logits), tf.tensor(labels)];
    const names = operations(() => both(loss)(x, y));
    expect(names.filter((name) => name === fusedName)).toHaveLength(1);
    for (const part of ['Max', 'Exp', 'Log', 'Neg']) expect(names).not.toContain(part);
    const [value, gradient] = compile(both(loss))(x, y);
    const [expected, expectedGradient] = both(loss)(x, y);
    expectClose(
      value.dataSync(),
      expected.dataSync(),
      1e-6 * Math.max(1, expected.abs().dataSync()[0] as number),
    );
    expectClose(gradient.dataSync(), expectedGradient.dataSync(), 1e-6);
  });

  test.each([
    ['NaN', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['minus infinite', Number.NEGATIVE_INFINITY],
  ])('is NaN where a logit is %s, and so is what is NaN of the gradient', (_name, logit) => {
    const x = tf.tensor2d([
      [1, logit, 2],
      [1, 2, 3],
    ]);
    const y = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const [value, gradient] = compile(both(softmaxCrossEntropy))(x, y);
    const [, expected] = both(softmaxCrossEntropy)(x, y);
    expect(value.dataSync()[0]).toBeNaN();
    const rounded = (tensor: tf.Tensor): number[] =>
      Array.from(tensor.dataSync(), (v) => Number(v.toFixed(6)));
    expect(rounded(gradient)).toEqual(rounded(expected));
  });

  test('is TensorFlow’s where the engine has none of our own', () => {
    jest.spyOn(load, 'hasOwnOperations').mockReturnValue(false);
    const [x, y] = [normal([4, 3], 1), tf.softmax(normal([4, 3], 2))];
    expect(operations(() => both(loss)(x, y))).toContain('SoftmaxCrossEntropyWithLogits');
    const [value, gradient] = compile(both(loss))(x, y);
    const [expected, expectedGradient] = both(loss)(x, y);
    expectClose(value.dataSync(), expected.dataSync(), 1e-6);
    expectClose(gradient.dataSync(), expectedGradient.dataSync(), 1e-6);
  });

  test('its gradient alone is one operation too', () => {
    const [x, y] = [normal([4, 3], 1), tf.oneHot(tf.tensor1d([0, 1, 2, 0], 'int32'), 3).toFloat()];
    const gradient = tf.grad((logits: tf.Tensor) => loss(logits, y));
    expect(operations(() => [gradient(x)])).toContain(fusedName);
    expect(operations(() => [gradient(x)])).not.toContain('Exp');
  });
});

test('class numbers become rows of floats at once; one outside the classes is a row of zeros', () => {
  const logits = normal([4, 3], 2);
  const classes = tf.tensor1d([0, 2, 3, -1], 'int32');
  const run = (x: tf.Tensor, y: tf.Tensor): [tf.Tensor, tf.Tensor] => both(softmaxCrossEntropy)(x, y);
  const names = operations(() => run(logits, classes));
  expect(names.slice(0, 2)).toEqual(['OneHot', fusedName]);
  expect(names).not.toContain('Cast');
  const [value, gradient] = compile(run)(logits, classes);
  const [expected, expectedGradient] = run(logits, classes);
  expectClose(value.dataSync(), expected.dataSync(), 1e-6);
  expectClose(gradient.dataSync(), expectedGradient.dataSync(), 1e-6);
});

describe('what only looks like softmax cross-entropy stays', () => {
  const x = tf.ones([3, 3]);
  const y = tf.ones([3, 3]);
  const lossOf = (parts: {
    shift?: tf.Tensor;
    sums?: (e: tf.Tensor) => tf.Tensor;
    axis?: number;
  }): tf.Tensor => {
    const { shift = x.max(-1, true), sums = (e: tf.Tensor) => e.sum(-1, true), axis = -1 } = parts;
    const shifted = x.sub(shift);
    return y.mul(sums(shifted.exp()).log().sub(shifted)).sum(axis);
  };
  const cases: [string, () => tf.Tensor][] = [
    ['summed over the rows', () => lossOf({ axis: 0 })],
    ['sums of columns', () => lossOf({ sums: (e) => e.sum(0, true) })],
    ['sums that are laid across the columns', () => lossOf({ sums: (e) => e.sum(-1) })],
    ['shifted by the greatest of each column', () => lossOf({ shift: x.max(0, true) })],
    ['shifted by the mean', () => lossOf({ shift: x.mean(-1, true) })],
    ['exponentials of something else', () => lossOf({ sums: () => x.exp().sum(-1, true) })],
    [
      'labels for all rows alike',
      () =>
        x
          .sub(x.max(-1, true))
          .exp()
          .div(y)
          .sub(tf.ones([3])),
    ],
    ['ln softmax of a stack of matrices', () => softmaxCrossEntropy(tf.ones([2, 3, 4]), tf.ones([2, 3, 4]))],
  ];

  test.each(cases)('%s', (_, fn) => {
    expect(operations(() => [fn()])).not.toContain(fusedName);
  });

  test('the pattern of these cases, unchanged, is known', () => {
    expect(operations(() => [lossOf({})])).toEqual([fusedName]);
  });
});
