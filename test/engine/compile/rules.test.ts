import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { expectClose } from '../../fixtures/close';
import { useNative } from './native';
import { operations } from './rewritten';

beforeAll(useNative);

const matrix = (): tf.Tensor2D => tf.ones([2, 3]);

describe('rules', () => {
  test('ReLU and its gradient are one operation each', () => {
    const x = matrix();
    expect(operations(() => [tf.grad((v: tf.Tensor) => v.relu().square())(x)])).toEqual(
      expect.arrayContaining(['Relu', 'ReluGrad']),
    );
    expect(operations(() => [tf.grad((v: tf.Tensor) => v.relu())(x)])).toEqual(['Relu', 'ReluGrad']);
  });

  test('so are those of sigmoid and tanh', () => {
    const x = matrix();
    expect(operations(() => [tf.grad((v: tf.Tensor) => v.sigmoid())(x)])).toEqual(['Sigmoid', 'SigmoidGrad']);
    expect(operations(() => [tf.grad((v: tf.Tensor) => v.tanh())(x)])).toEqual(['Tanh', 'TanhGrad']);
  });

  test('a step function of its own stays', () => {
    const x = matrix();
    expect(operations(() => [tf.step(x).mul(x)])).toEqual(['ReluGrad']); // x · step(x) is one too
    expect(operations(() => [tf.step(x, 0.5).mul(x)])).not.toContain('ReluGrad');
  });

  test('a dense layer is MatMul and BiasAdd, its gradient BiasAddGrad', () => {
    const [x, w, b] = [matrix(), tf.ones([3, 4]), tf.ones([4])];
    const dense = (weights: tf.Tensor, bias: tf.Tensor): tf.Tensor => x.matMul(weights).add(bias);
    expect(operations(() => [dense(w, b)])).toEqual(['MatMul', 'BiasAdd']);
    expect(operations(() => tf.grads(dense)([w, b]))).toEqual(['BiasAddGrad', 'MatMul']);
  });

  test('the gradient of a bias below a pooling is summed before it spreads out', () => {
    const x = tf.randomNormal<tf.Rank.R4>([2, 5, 5, 3], 0, 1, 'float32', 1);
    const probe = tf.randomNormal([2, 2, 2, 3], 0, 1, 'float32', 2);
    const pooled = (bias: tf.Tensor): tf.Tensor =>
      tf.maxPool(x.add<tf.Tensor4D>(bias), 3, 2, 'valid').mul(probe);
    const gradient = tf.grad(pooled);
    expect(operations(() => [gradient(tf.zeros([3]))])).toEqual(['Mul', 'BiasAddGrad']);
    const compiled = compile((bias: tf.Tensor) => gradient(bias))(tf.zeros([3]));
    expectClose(compiled.dataSync(), gradient(tf.zeros([3])).dataSync(), 1e-5);
  });

  test('the gradients of the biases of concatenated branches are not taken for each other', () => {
    const [x, filters] = [
      [2, 6, 6, 1],
      [3, 3, 1, 1],
    ].map((shape, i) =>
      tf.randomNormal<tf.Rank.R4>(shape as [number, number, number, number], 0, 1, 'float32', i),
    ) as [tf.Tensor4D, tf.Tensor4D];
    const probe = tf.randomNormal([2, 6, 6, 2], 0, 1, 'float32', 3);
    const branches = (...[weights, one, other]: tf.Tensor[]): tf.Tensor => {
      const convolved = tf.conv2d(x, weights as tf.Tensor4D, 1, 'same');
      return tf.mul(
        probe,
        tf.concat([tf.add(convolved, one as tf.Tensor), tf.add(x, other as tf.Tensor)], 3),
      );
    };
    const inputs = [filters, tf.zeros([1]), tf.zeros([1])];
    const gradients = tf.grads(branches);
    const run = compile((...args: tf.Tensor[]) => gradients(args));
    const expected = gradients(inputs);
    run(...inputs).forEach((tensor, i) => {
      expectClose(tensor.dataSync(), (expected[i] as tf.Tensor).dataSync(), 1e-4);
    });
    run.dispose();
  });

  test('weights that are used once a time step get their gradient from one product', () => {
    const [x, w, u] = [tf.ones([3, 4, 2]), tf.ones([2, 5]), tf.ones([5, 5])];
    const run = (wx: tf.Tensor, wh: tf.Tensor): tf.Tensor => {
      const steps = tf.unstack(x.reshape([12, 2]).matMul(wx).reshape([3, 4, 5]));
      return steps.reduce((h, step) => h.matMul(wh).add(step).tanh(), tf.ones([4, 5]));
    };
    const names = operations(() => tf.grads(run)([w, u]));
    // Three forward, two back through time, one for each matrix of weights.
    expect(names.filter((name) => name === 'MatMul')).toHaveLength(1 + 3 + 2 + 2);
    // The states before each step, and their gradients: these are those of the inputs too.
    expect(names.filter((name) => name === 'ConcatV2')).toHaveLength(2);
    expect(names).not.toContain('Pack');
  });

  test('a sum over other axes, or one that keeps them, stays', () => {
    const x = tf.ones([2, 3, 4]);
    expect(operations(() => [x.sum([0, 1])])).toEqual(['BiasAddGrad']);
    for (const fn of [() => x.sum([1, 2]), () => x.sum([0, 1], true), () => x.sum(0), () => x.sum()]) {
      expect(operations(() => [fn()])).toContain('Sum');
    }
  });

  test('casts and reshapes that change nothing fall away, and so does what is computed twice', () => {
    const x = matrix();
    expect(operations(() => [x.toFloat().reshape([2, 3]).exp().add(x.exp())])).toEqual(['Exp', 'Add']);
    expect(operations(() => [x.reshape([3, 2]).toInt()])).toEqual(['Reshape', 'Cast']);
  });

  test('the gradient of weights used several times is one product', () => {
    const x = tf.ones([2, 3]);
    const w = tf.ones([3, 3]);
    const recurrent = (v: tf.Tensor): tf.Tensor => {
      let h: tf.Tensor = x;
      for (let i = 0; i < 4; i++) h = h.matMul(v).tanh();
      return h;
    };
    const names = operations(() => [tf.grad(recurrent)(w)]);
    // Four forward, three back through h, one for the weights.
    expect(names.filter((name) => name === 'MatMul')).toHaveLength(4 + 3 + 1);
    expect(names.filter((name) => name === 'ConcatV2')).toHaveLength(2);
  });
});

describe('tensors without elements', () => {
  const block = (...args: tf.Tensor[]): tf.Tensor => {
    const [x, filters, biases] = args as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D];
    return tf.maxPool(tf.relu(tf.add(tf.conv2d(x, filters, 1, 'same'), biases)), 2, 2, 'valid');
  };
  const inputs = (): [tf.Tensor, tf.Tensor, tf.Tensor] => [
    tf.zeros([0, 6, 6, 2]),
    tf.ones([3, 3, 2, 2]),
    tf.ones([2]),
  ];

  test('are not computed', () => {
    expect(operations(() => [block(...inputs())])).toEqual([]);
  });

  test('pass on gradients as in the eager run: zeros for filters and biases', () => {
    const gradients = (...args: tf.Tensor[]): tf.Tensor[] =>
      tf.grads((...all: tf.Tensor[]) => tf.sum(block(...all)))(args);
    const run = compile(gradients);
    const expected = gradients(...inputs());
    run(...inputs()).forEach((tensor, i) => {
      expect(tensor.shape).toEqual(expected[i]?.shape);
      expectClose(tensor.dataSync(), (expected[i] as tf.Tensor).dataSync());
    });
    run.dispose();
  });

  test('are pooled, and the pooling has a gradient', () => {
    const gradient = (x: tf.Tensor): tf.Tensor =>
      tf.grad((pictures: tf.Tensor) => tf.maxPool(tf.tanh(pictures) as tf.Tensor4D, 3, 2, 'same'))(x);
    const run = compile(gradient);
    expect(run(tf.zeros([0, 5, 5, 1])).shape).toEqual([0, 5, 5, 1]);
    run.dispose();
  });
});

describe('findUpdates', () => {
  const variable = (): tf.Variable => tf.variable(tf.ones([2, 3]));

  test('subtracts gradient times rate in place', () => {
    const w = variable();
    const [g, rate] = [matrix(), tf.scalar(0.1)];
    const update = (fn: () => tf.Tensor): string[] =>
      operations(() => {
        w.assign(fn());
        return [];
      });
    expect(update(() => w.sub(g.exp().mul(rate)))).toEqual(['Exp', 'ResourceApplyGradientDescent']);
    expect(update(() => w.sub(rate.mul(g.exp())))).toEqual(['Exp', 'ResourceApplyGradientDescent']);
    expect(update(() => w.sub(g.exp()))).toEqual(['Exp', 'AssignSubVariableOp']);
    expect(update(() => g.exp().add(w))).toEqual(['Exp', 'AssignAddVariableOp']);
    // What broadcasts is not as large as the variable.
    expect(update(() => w.sub(rate.exp()))).toEqual(['Exp', 'Sub', 'AssignVariableOp']);
    expect(update(() => w.mul(rate))).toEqual(['Mul', 'AssignVariableOp']);
  });

  test('takes a step of whole numbers, which TensorFlow does not descend', () => {
    const whole = tf.variable(tf.tensor1d([5, 6, 7], 'int32'));
    const step = compile((rate: tf.Tensor, gradient: tf.Tensor) => {
      whole.assign(tf.sub(whole, tf.mul(gradient, rate)));
    });
    step(tf.scalar(2, 'int32'), tf.tensor1d([1, 0, -1], 'int32'));
    expect(Array.from(whole.dataSync())).toEqual([3, 6, 9]);
    step.dispose();
  });

  test('assigns where the new value is used further', () => {
    const w = variable();
    const names = operations(() => {
      const next = w.sub(matrix());
      w.assign(next);
      return [next.sum()];
    });
    expect(names).toContain('AssignVariableOp');
  });
});
