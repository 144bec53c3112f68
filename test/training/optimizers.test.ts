import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import * as optimizers from 'inkwell/training/optimizers';
import { expectClose } from '../fixtures/close';
import { asTensor, type OptimizerCase, readCases } from '../fixtures/read';

beforeAll(async () => {
  await useEngine();
});

const makers = optimizers as unknown as Record<string, (options: object) => optimizers.Optimizer>;

test.each(readCases<OptimizerCase>('optimizers'))('$name takes PyTorch’s steps', async (stored) => {
  const rule = (makers[stored.name] as (options: object) => optimizers.Optimizer)(stored.options);
  await withoutLeaks(() =>
    tf.tidy(() => {
      const steps = stored.gradients.shape[0] as number;
      const gradients = tf.unstack(asTensor(stored.gradients));
      const rate = tf.scalar(stored.learningRate);
      let parameters: { readonly [name: string]: tf.Tensor } = { w: asTensor(stored.start) };
      let state = rule.init(parameters);
      for (let step = 0; step < steps; step++) {
        const updated = rule.update(parameters, { w: gradients[step] as tf.Tensor }, state, rate);
        ({ parameters, state } = updated);
        expectClose(
          (parameters['w'] as tf.Tensor).dataSync(),
          stored.after.values.slice(4 * step, 4 * step + 4),
          1e-5,
        );
      }
    }),
  );
});

test('L2 pulls weights, and nothing else', () => {
  tf.tidy(() => {
    const parameters = {
      'layers.0.weights': tf.tensor1d([1, -2]),
      'layers.0.recurrentWeights': tf.tensor1d([3]),
      'layers.0.biases': tf.tensor1d([5]),
      'layers.1.scale': tf.tensor1d([7]),
    };
    const gradients = Object.fromEntries(
      Object.entries(parameters).map(([name, p]) => [name, tf.zerosLike(p)]),
    );
    const pulled = optimizers.addL2(gradients, parameters, tf.scalar(0.5));
    expect(Object.values(pulled).map((g) => [...g.dataSync()])).toEqual([[0.5, -1], [1.5], [0], [0]]);
  });
});

test('numbers out of range and missing gradients are errors', () => {
  expect(() => optimizers.momentum({ momentum: 1 })).toThrow(
    new RangeError('momentum(1): momentum must be in [0, 1), got 1'),
  );
  expect(() => optimizers.adam({ beta2: -1 })).toThrow(
    new RangeError('adam: beta2 must be in [0, 1), got -1'),
  );
  tf.tidy(() => {
    expect(() => optimizers.sgd().update({ w: tf.zeros([1]) }, {}, {}, tf.scalar(1))).toThrow(
      new RangeError('optimizer: there is no tensor w beside the parameters'),
    );
  });
});
