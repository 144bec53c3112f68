/** Every kind of layer, with its gradients, as a graph: the same numbers as operation by operation. */
import { compile } from 'inkwell/engine/compile/compile';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forwardTraining, initialize } from 'inkwell/layers/net';
import { randomKey } from 'inkwell/layers/random';
import type { LayerSpec, NetSpec } from 'inkwell/layers/spec';
import { expectClose } from '../fixtures/close';
import { type LayerCase, readCases } from '../fixtures/read';

beforeAll(async () => {
  await useEngine();
});

const dropout: LayerSpec = { kind: 'dropout', rate: 0.3 };
const half = (at: number): LayerSpec[] => [
  { kind: 'select', at: [at, 3] },
  { kind: 'dense', units: 2 },
];
const cases: [string, NetSpec][] = [
  ...readCases<LayerCase>('layers').map(({ name, net }): [string, NetSpec] => [name, net]),
  [
    'select, dot product, sum, sigmoid in a range',
    {
      inputShape: [4],
      layers: [
        {
          kind: 'parallel',
          join: 'add',
          branches: [
            [{ kind: 'parallel', join: 'dot', branches: [half(0), half(1)] }],
            [{ kind: 'dense', units: 1 }],
          ],
        },
        { kind: 'sigmoid-range', low: 0, high: 5.5 },
      ],
    },
  ],
  ['dropout', { inputShape: [30], layers: [dropout] }],
  [
    'flatten, reshape',
    { inputShape: [2, 3], layers: [{ kind: 'flatten' }, { kind: 'reshape', shape: [3, 2] }] },
  ],
  ['upsample', { inputShape: [2, 3, 2], layers: [{ kind: 'upsample' }] }],
  [
    'l2 pool, same',
    { inputShape: [5, 5, 2], layers: [{ kind: 'pool', method: 'l2', size: 3, stride: 2, padding: 'same' }] },
  ],
];

test.each(cases)('%s', (_, net) => {
  const weights = initialize(net);
  const names = Object.keys(weights.parameters);
  const tensors = Object.values(weights.parameters);
  // An embedding wants numbers below its vocabulary.
  const xs = tf.tidy(() => tf.floor(tf.randomUniform([2, ...net.inputShape], 0, 5.9, 'float32', 1)));
  const gradients = ({ input, key }: { input: tf.Tensor; key: tf.Tensor }): tf.Tensor[] => {
    const sum = (...values: tf.Tensor[]): tf.Scalar => {
      const parameters = Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor]));
      const own = { parameters, buffers: weights.buffers };
      return tf.sum(
        tf.square(forwardTraining(net, own, values.at(-1) as tf.Tensor, { key: key as tf.Tensor1D }).outputs),
      );
    };
    const isEmbedding = net.layers.some(({ kind }) => kind === 'embedding');
    if (isEmbedding) return tf.grads((...values: tf.Tensor[]) => sum(...values, input))(tensors);
    const { value, grads } = tf.valueAndGrads(sum)([...tensors, input]);
    return [value, ...grads];
  };
  const compiled = compile(gradients);
  for (const step of [1, 2, 3, 4]) {
    tf.tidy(() => {
      const inputs = { input: tf.add(xs, step / 7), key: randomKey(1, step) };
      const [graph, eager] = [compiled(inputs), gradients(inputs)];
      for (const [i, tensor] of eager.entries()) {
        expectClose((graph[i] as tf.Tensor).dataSync(), tensor.dataSync(), 1e-4);
      }
    });
  }
  compiled.dispose();
  disposeWeights(weights);
  xs.dispose();
});
