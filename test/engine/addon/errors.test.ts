/** What the operations say to inputs and attributes that do not fit; a process must not end by them. */
import { dataTypes, type GraphBinding, type NativeBackend } from 'inkwell/engine/compile/native-backend';
import { withoutLeaks } from 'inkwell/engine/memory';
import { nativeBinding } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from '../compile/native';

beforeAll(useNative);

/** Runs an operation as it is, on floats of these shapes, each number a 1; the numbers of its results that are floats. */
function execute(
  name: string,
  shapes: readonly (readonly number[])[],
  outputs: number,
  geometry?: number[],
): number[][] {
  return tf.tidy(() => {
    const backend = tf.backend() as unknown as NativeBackend;
    const binding = nativeBinding() as unknown as GraphBinding;
    const attributes =
      geometry === undefined ? [] : [{ name: 'geometry', type: binding.TF_ATTR_INT, value: geometry }];
    const ids = backend.getInputTensorIds(shapes.map((shape) => tf.ones([...shape])));
    return binding
      .executeOp(name, attributes, ids, outputs)
      .map((info) => ({
        tensor: backend.createOutputTensor(info),
        isFloat: info.dtype === dataTypes.float32,
      }))
      .flatMap(({ tensor, isFloat }) => (isFloat ? [Array.from(tensor.dataSync())] : []));
  });
}

type Five = [number, number, number, number, number];

const convolution = [[2, 6, 6, 1], [3, 3, 1, 2], [2]];

test('a shape that does not fit: which operation, which input', () =>
  withoutLeaks(() => {
    const run = (logits: number[], labels: number[]) => () =>
      execute('InkwellCrossEntropy', [logits, labels], 2);
    expect(run([2, 3], [2, 2])).toThrow('InkwellCrossEntropy: labels is [2,2], expected [2,3]');
    expect(run([2], [2])).toThrow('InkwellCrossEntropy: logits is [2], expected 2 axes');
    const lstm = [[4, 2, 3], [3, 8], [2, 9], [8]];
    expect(() => execute('InkwellLstm', lstm, 3)).toThrow('InkwellLstm: recurrent is [2,9], expected [2,8]');
    const step = [[3, 2], [], [5, 4], [5, 2]];
    expect(() => execute('InkwellDescent', step, 1)).toThrow(
      'InkwellDescent: weights is [3,2], expected [4,2]',
    );
    expect(() => execute('InkwellConvPool', convolution, 2, [6, 7, 3, 3, 0, 0, 0, 0])).toThrow(
      'InkwellConvPool: x is [2,6,6,1], expected [2,6,7,1]',
    );
    const wide = [1, 4, 4, 16];
    expect(() => execute('InkwellConvGradFilter', [wide, wide], 1, [4, 4, 3, 3, 0, 0, 0, 0])).toThrow(
      'InkwellConvGradFilter: dy is [1,4,4,16], expected [1,2,2,16]',
    );
    expect(() => execute('InkwellMaxPool', [wide], 2, [4, 5, 2, 2, 2, 2, 0, 0, 2, 2])).toThrow(
      'InkwellMaxPool: x is [1,4,4,16], expected [1,4,5,16]',
    );
    expect(() => execute('InkwellScale', [[2, 3], [4], [4]], 1)).toThrow(
      'InkwellScale: x is [2,3], expected a last axis of 4, above 0',
    );
    expect(() => execute('InkwellScale', [[2, 0], [0], [0]], 1)).toThrow(
      'expected a last axis of 0, above 0',
    );
    expect(() => execute('InkwellBatchNormGrad', [[2, 3], [3], [3], [3], [1, 3]], 3)).toThrow(
      'InkwellBatchNormGrad: dy should be as large as x',
    );
  }));

test('another data type is refused by TensorFlow', () => {
  const backend = tf.backend() as unknown as NativeBackend;
  tf.tidy(() => {
    const ids = backend.getInputTensorIds([tf.ones([2, 2], 'int32'), tf.ones([2, 2])]);
    expect(() => nativeBinding()?.executeOp('InkwellCrossEntropy', [], ids, 2)).toThrow(
      'input #0(zero-based) was expected to be a float tensor',
    );
  });
});

test.each([
  ['too few numbers', [6, 6, 3, 3], 'InkwellConvPool: geometry has 4 numbers, expected 8'],
  ['too many', [6, 6, 3, 3, 0, 0, 0, 0, 0], 'geometry has 9 numbers, expected 8'],
  ['filters larger than the picture', [6, 6, 7, 3, 0, 0, 0, 0], 'filters that fit into the picture'],
  ['a border that takes away', [6, 6, 3, 3, -1, 0, 0, 0], 'zeros above, below'],
  ['a border wider than the filters', [6, 6, 3, 3, 0, 0, 3, 0], 'fewer of these than filters are wide'],
  ['no picture', [0, 6, 3, 3, 2, 2, 0, 0], 'InkwellConvPool: geometry should be height, width'],
])('a geometry with %s', (_, geometry, said) => {
  expect(() => execute('InkwellConvPool', convolution, 2, geometry)).toThrow(said);
});

test.each<[string, string, number[][], number[], string]>([
  [
    'other filters',
    'InkwellConvGradFilter',
    [
      [1, 4, 4, 1],
      [1, 2, 2, 1],
    ],
    [4, 4, 2, 3, 0, 0, 0, 0],
    'should be 3 x 3',
  ],
  [
    'a window beside the picture',
    'InkwellMaxPool',
    [[1, 4, 4, 1]],
    [4, 4, 2, 2, 2, 2, 0, 0, 3, 2],
    'something in them',
  ],
  [
    'a step of nothing',
    'InkwellMaxPool',
    [[1, 4, 4, 1]],
    [4, 4, 2, 2, 0, 2, 0, 0, 2, 2],
    'geometry should be height',
  ],
  [
    'too many places',
    'InkwellMaxPool',
    [[1, 20, 20, 1]],
    [20, 20, 17, 16, 1, 1, 0, 0, 4, 5],
    'at most 256 places',
  ],
])('a geometry with %s, of others', (_, name, shapes, geometry, said) => {
  expect(() => execute(name, shapes, name === 'InkwellMaxPool' ? 2 : 1, geometry)).toThrow(said);
});

test('memory that there is not', () => {
  const room = 2 ** 44; // for rows of so many classes there is none, even if there are no rows
  const run = () =>
    execute(
      'InkwellCrossEntropy',
      [
        [0, room],
        [0, room],
      ],
      2,
    );
  expect(run).toThrow('InkwellCrossEntropy: there is not enough memory to work in');
});

describe('sizes of nothing', () => {
  test.each<[string, number[][], number, number[][]]>([
    [
      'InkwellCrossEntropy',
      [
        [0, 3],
        [0, 3],
      ],
      2,
      [[], []],
    ],
    [
      'InkwellCrossEntropy',
      [
        [2, 0],
        [2, 0],
      ],
      2,
      [[0, 0], []],
    ],
    ['InkwellDescent', [[2, 1], [], [0, 2], [0, 1]], 1, [[1, 1]]],
    ['InkwellDenseBack', [[2, 0], [], [1, 2], [1, 0]], 2, [[], [0, 0]]],
    ['InkwellLstm', [[1, 0, 3], [3, 8], [2, 8], [8]], 3, [[], [0, 0], []]],
    ['InkwellLstm', [[0, 2, 3], [3, 8], [2, 8], [8]], 3, [[], [], []]],
    ['InkwellLstm', [[2, 2, 3], [3, 0], [0, 0], [0]], 3, [[], [], []]],
    [
      'InkwellLstmGradWeights',
      [
        [0, 2, 1],
        [0, 2, 1],
        [0, 2, 4],
      ],
      3,
      [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    ],
  ])('%s of %j', (name, shapes, outputs, expected) => {
    execute(name, shapes, outputs).forEach((numbers, i) => {
      expectClose(numbers, expected[i] as number[], 0);
    });
  });

  const geometry = [3, 3, 2, 2, 0, 0, 0, 0];
  test.each<[string, number[][], number[][]]>([
    ['no filters', [[2, 3, 3, 1], [2, 2, 1, 0], [0]], [[], []]],
    ['no pictures', [[0, 3, 3, 1], [2, 2, 1, 1], [1]], [[], []]],
    ['no channels', [[2, 3, 3, 0], [2, 2, 0, 1], [1]], [[1, 1]]],
  ])('InkwellConvPool with %s', (_, shapes, expected) => {
    execute('InkwellConvPool', shapes, 2, geometry).forEach((numbers, i) => {
      expectClose(numbers, expected[i] as number[], 0);
    });
  });

  test.each<[string, 'Input' | 'Filter', number[], number[], number[]]>([
    ['no filters', 'Input', [2, 2, 1, 0], [2, 1, 1, 0], Array<number>(18).fill(0)],
    ['no filters', 'Filter', [2, 3, 3, 1], [2, 1, 1, 0], []],
    ['no pictures', 'Input', [2, 2, 1, 1], [0, 1, 1, 1], []],
    ['no pictures', 'Filter', [0, 3, 3, 1], [0, 1, 1, 1], [0, 0, 0, 0]],
    ['no channels', 'Input', [2, 2, 0, 1], [2, 1, 1, 1], []],
    ['no channels', 'Filter', [2, 3, 3, 0], [2, 1, 1, 1], []],
  ])('its gradient with %s: %s', (_, of, first, pooled, expected) => {
    const [dx] = tf.tidy(() => {
      const backend = tf.backend() as unknown as NativeBackend;
      const binding = nativeBinding() as unknown as GraphBinding;
      const filters = pooled[3] as number;
      const shape = of === 'Input' ? [pooled[0] as number, 3, 3, first[2] as number] : first;
      const channels = shape[3] as number;
      const attributes = [{ name: 'geometry', type: binding.TF_ATTR_INT, value: geometry }];
      const ones = [shape, [2, 2, channels, filters], [filters], first, pooled].map((sizes) =>
        tf.ones(sizes),
      );
      const [x, weights, biases, given, dpooled] = backend.getInputTensorIds(ones) as Five;
      const [, places] = binding
        .executeOp('InkwellConvPool', attributes, [x, weights, biases], 2)
        .map((info) => info.id);
      const inputs = [given, places as number, dpooled];
      return binding
        .executeOp(`InkwellConvPoolGrad${of}`, attributes, inputs, 1)
        .map((info) => Array.from(backend.createOutputTensor(info).dataSync()));
    });
    expect(dx).toEqual(expected);
  });
});
