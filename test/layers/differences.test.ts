/** Gradients of every layer, dropout and activations among them, against central finite differences. */

import { createRandom } from 'inkwell/core/random';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forwardTraining, initialize, type Weights } from 'inkwell/layers/net';
import { randomKey } from 'inkwell/layers/random';
import type { LayerSpec } from 'inkwell/layers/spec';
import { expectClose } from '../fixtures/close';

/** Half the distance between the two points of a difference. */
const STEP = 1e-2;

beforeAll(async () => {
  await useEngine();
});

const picture = [4, 4, 4];
const cases: [string, number[], LayerSpec[]][] = [
  ['dense on rows', [5], [{ kind: 'dense', units: 3, biases: 'normal' }]],
  ['dense on a sequence', [3, 4], [{ kind: 'dense', units: 2 }]],
  ['conv with groups', picture, [{ kind: 'conv', filters: 4, size: 3, stride: 2, padding: 1, groups: 2 }]],
  ['conv without biases', picture, [{ kind: 'conv', filters: 2, size: [1, 2], biases: 'none' }]],
  ['max pool', picture, [{ kind: 'pool', method: 'max', size: 2 }]],
  ['max pool, same', picture, [{ kind: 'pool', method: 'max', size: 3, stride: 2, padding: 'same' }]],
  ['average pool, same', picture, [{ kind: 'pool', method: 'average', size: 3, stride: 2, padding: 'same' }]],
  ['l2 pool, same', picture, [{ kind: 'pool', method: 'l2', size: 3, stride: 2, padding: 'same' }]],
  ['upsample', [2, 3, 2], [{ kind: 'upsample', factor: 3 }]],
  ['local response', picture, [{ kind: 'local-response', channels: 3, alpha: 0.3 }]],
  ['batch norm', [3, 2], [{ kind: 'batch-norm' }]],
  ['dropout', [40], [{ kind: 'dropout', rate: 0.4 }]],
  ['flatten and reshape', picture, [{ kind: 'flatten' }, { kind: 'reshape', shape: [2, 32] }]],
  ...(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'elu', 'gelu', 'softplus', 'softmax'] as const).map(
    (name): [string, number[], LayerSpec[]] => [name, [12], [{ kind: 'activation', name }]],
  ),
  [
    'residual with a shortcut',
    [3],
    [
      {
        kind: 'residual',
        body: [
          { kind: 'dense', units: 2 },
          { kind: 'activation', name: 'tanh' },
        ],
        shortcut: [{ kind: 'dense', units: 2, biases: 'none' }],
      },
    ],
  ],
  [
    'parallel',
    picture,
    [
      {
        kind: 'parallel',
        branches: [
          [{ kind: 'conv', filters: 2, size: 1 }],
          [{ kind: 'pool', method: 'average', size: 3, stride: 1, padding: 'same' }],
        ],
      },
    ],
  ],
  [
    'branches that are added',
    [4],
    [
      {
        kind: 'parallel',
        join: 'add',
        branches: [
          [
            { kind: 'select', at: [3, 0] },
            { kind: 'dense', units: 2 },
          ],
          [{ kind: 'dense', units: 2 }],
          [{ kind: 'select', at: [1, 1] }],
        ],
      },
    ],
  ],
  [
    'branches whose dot product is taken',
    [3, 4],
    [
      {
        kind: 'parallel',
        join: 'dot',
        branches: [[{ kind: 'dense', units: 3 }], [{ kind: 'select', at: [0, 2, 3] }]],
      },
    ],
  ],
  [
    'select one place',
    [3, 4],
    [
      { kind: 'select', at: 2 },
      { kind: 'dense', units: 2 },
    ],
  ],
  ['sigmoid in a range', [12], [{ kind: 'sigmoid-range', low: -1, high: 2.5 }]],
  ['recurrent', [4, 3], [{ kind: 'recurrent', units: 3, returns: 'sequence' }]],
  ['lstm', [4, 3], [{ kind: 'lstm', units: 3 }]],
  ['gru', [4, 3], [{ kind: 'gru', units: 3, returns: 'sequence' }]],
  ['recurrent, one step', [1, 3], [{ kind: 'recurrent', units: 3 }]],
  ['lstm, one step', [1, 3], [{ kind: 'lstm', units: 3 }]],
  ['gru, one step', [1, 3], [{ kind: 'gru', units: 3, returns: 'sequence' }]],
];

test.each(cases)('%s', async (_, inputShape, layers) => {
  const net = { inputShape, layers };
  const weights = initialize(net);
  const names = Object.keys(weights.parameters);
  const key = randomKey(3, 1);
  const xs = tf.tensor(spaced([2, ...inputShape]), [2, ...inputShape]);
  const sumOf = (input: tf.Tensor, tensors: tf.Tensor[]): tf.Scalar => {
    const parameters = Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
    const { outputs } = forwardTraining(
      net,
      { parameters, buffers: weights.buffers } satisfies Weights,
      input,
      { key },
    );
    return tf.sum(tf.mul(outputs, probeOf(outputs.shape)));
  };
  const inputs = [xs, ...Object.values(weights.parameters)];
  await withoutLeaks(() =>
    tf.tidy(() => {
      const analytic = tf.grads((input: tf.Tensor, ...rest: tf.Tensor[]) => sumOf(input, rest))(inputs);
      for (const [i, gradient] of analytic.entries()) {
        const valueAt = (moved: tf.Tensor): number => {
          const [input, ...rest] = inputs.with(i, moved);
          return sumOf(input as tf.Tensor, rest).dataSync()[0] as number;
        };
        expectClose(gradient.dataSync(), differences(inputs[i] as tf.Tensor, valueAt), 1e-2);
      }
    }),
  );
  disposeWeights(weights);
  tf.dispose([key, xs]);
});

test('embedding: a row that stands in several places gathers their gradients', async () => {
  const net = { inputShape: [3], layers: [{ kind: 'embedding', vocabulary: 4, dimensions: 2 }] } as const;
  const key = randomKey(3, 1);
  const xs = tf.tensor2d([0, 2, 2, 1, 0, 2], [2, 3], 'int32'); // never 3
  const table = tf.tensor(spaced([4, 2]), [4, 2]);
  const sumOf = (weights: tf.Tensor): tf.Scalar => {
    const parameters = { 'layers.0.weights': weights };
    const { outputs } = forwardTraining(net, { parameters, buffers: {} }, xs, { key });
    return tf.sum(tf.mul(tf.square(outputs), probeOf(outputs.shape)));
  };
  await withoutLeaks(() =>
    tf.tidy(() => {
      const gradient = tf.grad(sumOf)(table).dataSync();
      const numeric = differences(table, (moved) => sumOf(moved).dataSync()[0] as number);
      expectClose(gradient, numeric, 1e-3);
      expect([...gradient.slice(6)]).toEqual([0, 0]);
    }),
  );
  tf.dispose([key, xs, table]);
});

/** Values in random order, none within two steps of another or of 0: no kink is crossed. */
function spaced(shape: number[]): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, (_, i) => (i - size / 2 + 0.5) * 3 * STEP);
  return Float32Array.from(createRandom(5).shuffle(values));
}

function probeOf(shape: number[]): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(3 * i + 1)),
    shape,
  );
}

function differences(tensor: tf.Tensor, valueAt: (moved: tf.Tensor) => number): number[] {
  const values = tensor.dataSync() as Float32Array;
  return Array.from(values, (_, i) => {
    const at = (step: number): number =>
      tf.tidy(() =>
        valueAt(
          tf.tensor(
            values.map((value, j) => (j === i ? value + step : value)),
            tensor.shape,
          ),
        ),
      );
    return (at(STEP) - at(-STEP)) / (2 * STEP);
  });
}
