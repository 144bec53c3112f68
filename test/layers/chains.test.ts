/** A batch that goes through time in two halves side by side: the same numbers as in one piece. */
import { compile } from 'inkwell/engine/compile/compile';
import { useEngine } from 'inkwell/engine/engine';
import * as tf from 'inkwell/engine/tf';
import { disposeWeights, forwardTraining, initialize } from 'inkwell/layers/net';
import { randomKey } from 'inkwell/layers/random';
import type { LayerSpec, NetSpec } from 'inkwell/layers/spec';
import { expectClose } from '../fixtures/close';

const before = process.env['INKWELL_THREADS'];

beforeAll(async () => {
  await useEngine();
});

afterEach(() => {
  if (before === undefined) delete process.env['INKWELL_THREADS'];
  else process.env['INKWELL_THREADS'] = before;
});

const layers: [string, LayerSpec][] = [
  ['lstm', { kind: 'lstm', units: 3 }],
  ['lstm', { kind: 'lstm', units: 3, returns: 'sequence' }],
  ['gru', { kind: 'gru', units: 3 }],
  ['recurrent', { kind: 'recurrent', units: 3, returns: 'sequence' }],
];

/** The outputs and all gradients, with so many threads. */
function trained(net: NetSpec, threads: number): Float32Array[] {
  process.env['INKWELL_THREADS'] = String(threads);
  const weights = initialize(net);
  const key = randomKey(1, 1);
  const xs = tf.randomNormal([37, ...net.inputShape], 0, 1, 'float32', 5);
  const names = Object.keys(weights.parameters);
  const run = compile((input: tf.Tensor) => {
    const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
      const parameters = Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
      const { outputs } = forwardTraining(net, { parameters, buffers: {} }, input, { key });
      return tf.sum(tf.square(outputs)) as tf.Scalar;
    })(Object.values(weights.parameters));
    return [value, ...grads];
  });
  const tensors = run(xs);
  const values = tensors.map((tensor) => tensor.dataSync() as Float32Array);
  run.dispose();
  tf.dispose([xs, key, tensors]);
  disposeWeights(weights);
  return values;
}

test.each(layers)('%s', (_, layer) => {
  const net = { inputShape: [5, 4], layers: [layer, { kind: 'flatten' } as const] };
  const [one, two] = [trained(net, 1), trained(net, 2)];
  expect(two).toHaveLength(one.length);
  two.forEach((values, i) => {
    expectClose(values, one[i] as Float32Array, 1e-4);
  });
});
