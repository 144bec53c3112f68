import { compile } from 'inkwell/engine/compile/compile';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from '../compile/native';
import { operations } from '../compile/rewritten';
import { evaluateInNode } from '../nodeProcess';
import { type DescentCase, type DescentNet, descentCases, descentNet, nameOf, train } from './descent';
import { withThreads } from './withThreads';

beforeAll(useNative);

const named = descentCases.map((sizes) => [nameOf(sizes), sizes] as const);
const [large, uneven] = descentCases as [DescentCase, DescentCase];

function expectSame(sizes: DescentCase, numbers: number[][]): void {
  train(sizes, { compiled: false }).forEach((expected, i) => {
    expectClose(numbers[i] as number[], expected, 1e-5); // a step moves weights by 1e-3 and more
  });
}

test.each(named)('%s: the steps that TensorFlow takes', async (_, sizes) => {
  await withoutLeaks(() => expectSame(sizes, train(sizes, { compiled: true })));
});

test.each(['4', '8'])('vectors of %s numbers, for processors that have no wider ones', async (vectors) => {
  const numbers = await evaluateInNode<number[][]>(
    `const { descentCases, train } = require('./addon/descent');
     await require('./compile/native').useNative();
     return train(descentCases[1], { compiled: true });`,
    { INKWELL_VECTORS: vectors },
  );
  expectSame(uneven, numbers);
});

test('the same to the bit with one thread and with several', () => {
  const [one, three] = [1, 3].map((threads) => withThreads(threads, () => train(uneven, { compiled: true })));
  expect(three).toEqual(one);
});

test('the operations in the graph: with the gradient of the inputs, where there is one', () => {
  const net = descentNet(large);
  const found = operations(() => [net.step(...net.inputs())]);
  expect(found.filter((name) => name.startsWith('Inkwell'))).toEqual(['InkwellDenseBack', 'InkwellDescent']);
  expect(found.filter((name) => name === 'MatMul')).toHaveLength(2);
  tf.dispose([...net.weights]);
});

test('small layers are left to TensorFlow', () => {
  const net = descentNet({ batch: 2, inputs: 511, units: 511, outputs: 3 });
  expect(operations(() => [net.step(...net.inputs())]).join()).not.toContain('Inkwell');
  tf.dispose([...net.weights]);
});

describe('weights that somebody else holds', () => {
  test('are not written over', () => {
    const net = descentNet(uneven);
    const step = compile(net.step);
    tf.tidy(() => {
      const inputs = net.inputs();
      step(...inputs);
      const held = net.weights.map((variable) => tf.clone(variable));
      const numbers = held.map((tensor) => tensor.dataSync().slice());
      step(...inputs);
      expect(held.map((tensor) => tensor.dataSync())).toEqual(numbers);
      expect(net.weights[0].dataSync()).not.toEqual(numbers[0]);
    });
    step.dispose();
    tf.dispose([...net.weights]);
  });

  test('as a result of the step are those from before it', () => {
    const [net, same] = [descentNet(uneven), descentNet(uneven)];
    const step = compile((x: tf.Tensor, y: tf.Tensor, rate: tf.Tensor) => {
      const before = net.weights.map((variable) => tf.clone(variable));
      return [net.step(x, y, rate), ...before];
    });
    tf.tidy(() => {
      const inputs = net.inputs();
      for (let i = 0; i < 2; i++) {
        const [, first, second] = step(...inputs) as [tf.Tensor, tf.Tensor, tf.Tensor];
        const expected = same.weights.map((variable) => variable.dataSync());
        expectClose(first.dataSync(), expected[0] as Float32Array, 1e-5);
        expectClose(second.dataSync(), expected[1] as Float32Array, 1e-5);
        same.step(...inputs);
      }
    });
    step.dispose();
    tf.dispose([...net.weights, ...same.weights]);
  });
});

test('several steps in a row', () => {
  const [one, all] = [descentNet(large), descentNet(large)];
  const [single, several] = [compile(one.step), compile(all.step)];
  tf.tidy(() => {
    const inputs = one.inputs();
    const expected = Array.from({ length: 10 }, () => single(...inputs).dataSync()[0]);
    const losses = [
      ...several.many([inputs, inputs]),
      ...several.many(Array.from({ length: 8 }, () => inputs)),
    ];
    expect(losses.map((loss) => loss.dataSync()[0])).toEqual(expected);
    expect(all.weights[0].dataSync()).toEqual(one.weights[0].dataSync());
  });
  single.dispose();
  several.dispose();
  tf.dispose([...one.weights, ...all.weights]);
});

test('what reads the weights after the gradient of the inputs still finds the old ones', () => {
  const { weights, inputs } = descentNet(uneven);
  const [w] = weights;
  const step = (x: tf.Tensor, dy: tf.Tensor, rate: tf.Tensor): tf.Tensor => {
    const back = tf.matMul(dy as tf.Tensor2D, w, false, true);
    const late = tf.matMul(back, w);
    const gradient = tf.matMul(x as tf.Tensor2D, dy as tf.Tensor2D, true, false);
    w.assign(tf.sub(w, tf.mul(rate, gradient)));
    return tf.concat([tf.sum(late).reshape([1]), tf.sum(back).reshape([1])]);
  };
  tf.tidy(() => {
    const [x, , rate] = inputs();
    const dy = tf.randomNormal<tf.Rank.R2>([uneven.batch, uneven.units], 0, 1, 'float32', 8);
    const start = w.dataSync().slice();
    const expected = [step(x, dy, rate).dataSync(), w.dataSync().slice()];
    w.assign(tf.tensor2d(start, w.shape));
    const compiled = compile(step);
    const results = [compiled(x, dy, rate).dataSync(), w.dataSync()];
    expectClose(results[0] as Float32Array, expected[0] as Float32Array, 1e-4);
    expectClose(results[1] as Float32Array, expected[1] as Float32Array, 1e-5);
    compiled.dispose();
  });
  tf.dispose([...weights]);
});

describe('a step that fails', () => {
  /** Two layers of which the rows `picked` come first into the loss, or, of the input, into the first layer. */
  function pickingStep(net: DescentNet, pickFrom: 'outputs' | 'inputs') {
    return (x: tf.Tensor2D, picked: tf.Tensor1D, rate: tf.Scalar): tf.Tensor => {
      const lossOf = (embedding: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Scalar => {
        const rows = pickFrom === 'inputs' ? tf.gather(embedding, picked) : embedding;
        const outputs = tf.matMul(
          tf.relu(tf.matMul(rows as tf.Tensor2D, a as tf.Tensor2D)),
          b as tf.Tensor2D,
        );
        return tf.sum(tf.square(pickFrom === 'outputs' ? tf.gather(outputs, picked) : outputs));
      };
      const { value, grads } = tf.valueAndGrads((...[embedding, a, b]: tf.Tensor[]) =>
        lossOf(embedding as tf.Tensor, a as tf.Tensor, b as tf.Tensor),
      )([x, ...net.weights]);
      net.weights.forEach((variable, i) => {
        variable.assign(tf.sub(variable, tf.mul(rate, grads[i + 1] as tf.Tensor)));
      });
      return tf.stack([value, tf.sum(tf.abs(grads[0] as tf.Tensor))]);
    };
  }

  test.each(['outputs', 'inputs'] as const)(
    'because of a row that %s lack leaves the weights',
    (pickFrom) => {
      const net = descentNet(large);
      const step = compile(pickingStep(net, pickFrom));
      tf.tidy(() => {
        const [x, , rate] = net.inputs() as [tf.Tensor2D, tf.Tensor, tf.Scalar];
        step(x, tf.tensor1d([0, 5], 'int32'), rate);
        const before = net.weights.map((variable) => variable.dataSync().slice());
        for (let i = 0; i < 5; i++) {
          expect(() => step(x, tf.tensor1d([0, 64], 'int32'), rate)).toThrow(
            'indices[1] = 64 is not in [0, 64)',
          );
          expect(net.weights.map((variable) => variable.dataSync())).toEqual(before);
        }
        step(x, tf.tensor1d([0, 5], 'int32'), rate);
        expect(net.weights[0].dataSync()).not.toEqual(before[0]);
      });
      step.dispose();
      tf.dispose([...net.weights]);
    },
  );

  test('may come to it after the gradient of the inputs: then that is left to TensorFlow', () => {
    const net = descentNet(large);
    const [x, , rate] = net.inputs() as [tf.Tensor2D, tf.Tensor, tf.Scalar];
    const step = pickingStep(net, 'inputs');
    const found = operations(() => [step(x, tf.tensor1d([0, 5], 'int32'), rate)]);
    expect(found.filter((name) => name.startsWith('Inkwell'))).toEqual(['InkwellDescent', 'InkwellDescent']);
    tf.dispose([...net.weights]);
  });
});

test('a step that needs the gradient of the inputs is taken after it', () => {
  const run = (compiled: boolean): ArrayLike<number> => {
    const weights = tf.variable(tf.randomNormal([512, 512], 0, 0.05, 'float32', 1));
    const rows = tf.randomNormal<tf.Rank.R2>([4, 512], 0, 1, 'float32', 2);
    const step = (): tf.Tensor => {
      const inputs = tf.matMul(rows, weights as unknown as tf.Tensor2D, false, true);
      weights.assign(tf.sub(weights, tf.mul(0.01, tf.matMul(inputs, rows, true, false))));
      return inputs;
    };
    (compiled ? compile(step) : step)();
    return weights.dataSync();
  };
  expectClose(run(true), run(false), 1e-4);
});
