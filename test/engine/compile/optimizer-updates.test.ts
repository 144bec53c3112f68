import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import type { Tensors } from 'inkwell/layers/layer';
import { adam, adamw, momentum, nesterov, type Optimizer, rmsprop, sgd } from 'inkwell/training/optimizers';
import { expectClose } from '../../fixtures/close';
import { take, useNative } from './native';
import { operations } from './rewritten';

beforeAll(useNative);

// With several threads small parameters do not take Adam's operation.
const asked = process.env['INKWELL_THREADS'];
const threads = (count: string | undefined): void => {
  if (count === undefined) delete process.env['INKWELL_THREADS'];
  else process.env['INKWELL_THREADS'] = count;
};
beforeEach(() => threads('1'));
afterAll(() => threads(asked));

type Variables = Record<string, tf.Variable>;

const variablesOf = (tensors: Tensors): Variables =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.variable(tensor)]));

/** Parameters of three shapes, one a scalar, in a step that fits them to a target. */
function training(optimizer: Optimizer): {
  step: (target: tf.Tensor, rate: tf.Scalar) => tf.Tensor;
  variables: Variables;
} {
  const parameters = variablesOf({
    w: tf.tensor2d([
      [1, -2, 3],
      [0.5, 0, -1],
    ]),
    b: tf.tensor1d([0.1, 0, -0.1]),
    c: tf.scalar(2),
  });
  const state = variablesOf(optimizer.init(parameters));
  const names = Object.keys(parameters);
  const loss =
    (target: tf.Tensor) =>
    (...[w, b, c]: tf.Tensor[]): tf.Scalar =>
      tf.sum(tf.square(tf.sub(tf.mul(tf.add(w as tf.Tensor, b as tf.Tensor), c as tf.Tensor), target)));
  const step = (target: tf.Tensor, rate: tf.Scalar): tf.Tensor => {
    const { value, grads } = tf.valueAndGrads(loss(target))(Object.values(parameters));
    const gradients = Object.fromEntries(names.map((name, i) => [name, grads[i] as tf.Tensor]));
    const next = optimizer.update(parameters, gradients, state, rate);
    for (const [name, tensor] of Object.entries(next.parameters)) parameters[name]?.assign(tensor);
    for (const [name, tensor] of Object.entries(next.state)) state[name]?.assign(tensor);
    return value;
  };
  return { step, variables: { ...parameters, ...state } };
}

const call = (i: number): [tf.Tensor, tf.Scalar] => [
  tf.tensor1d([i % 3, 1, -1]),
  tf.scalar(0.02 / (1 + i / 10)),
];

describe('a step of an optimizer', () => {
  const cases: [string, Optimizer, string[]][] = [
    ['SGD', sgd(), ['ResourceApplyGradientDescent']],
    ['momentum', momentum(), ['ResourceApplyMomentum']],
    ['Nesterov', nesterov({ momentum: 0.8 }), ['ResourceApplyMomentum']],
    ['Adam', adam(), ['ResourceApplyAdam']],
    ['Adam of other numbers', adam({ beta1: 0.5, beta2: 0.99, epsilon: 1e-3 }), ['ResourceApplyAdam']],
    ['AdamW', adamw({ weightDecay: 0.1 }), ['AssignVariableOp', 'ResourceApplyAdam']],
    ['RMSprop', rmsprop(), ['AssignVariableOp', 'AssignSubVariableOp']],
  ];

  test.each(cases)('of %s is done in place, one operation for each parameter', (_, optimizer, expected) => {
    const { step } = training(optimizer);
    const names = operations(() => [step(...call(0))]).filter((name) => /^(Resource|Assign)/.test(name));
    const powers = optimizer.name.startsWith('adam') ? ['AssignVariableOp', 'AssignVariableOp'] : [];
    expect(names.sort()).toEqual([...expected, ...expected, ...expected, ...powers].sort());
  });

  test.each(cases)('of %s changes parameters and state as the eager one does', (_, optimizer) => {
    const [eager, compiled] = [training(optimizer), training(optimizer)];
    const step = compile(compiled.step);
    const calls = Array.from({ length: 30 }, (_, i) => call(i));
    const expected = calls.flatMap((args) => take(tf.tidy(() => eager.step(...args))));
    const alone = calls.slice(0, 3).flatMap((args) => take(step(...args)));
    const losses = [...alone, ...step.many(calls.slice(3)).flatMap(take)];
    expectClose(losses, expected, 1e-4);
    for (const [name, variable] of Object.entries(compiled.variables)) {
      expectClose(variable.dataSync(), (eager.variables[name] as tf.Variable).dataSync(), 1e-4);
    }
    step.dispose();
  });
});

describe('what only looks like a step of Adam stays', () => {
  interface Parts {
    size?: number;
    rest?: number;
    one?: number;
    wide?: boolean;
    root?(square: tf.Tensor, shift: tf.Scalar): tf.Tensor;
    squared?(gradient: tf.Tensor): tf.Tensor;
    result?(moment: tf.Tensor): tf.Tensor[];
  }

  /** A step of Adam on a vector, with a part of it changed; the operations that it ends with. */
  function updates(parts: Parts = {}): string[] {
    const { size = 3, rest = 1 - 0.999, one = 1, wide = false, result = () => [] } = parts;
    const { squared = tf.square, root = (square, shift) => tf.add(tf.sqrt(square), shift) } = parts;
    const w = tf.variable(tf.ones([size]));
    const [m, s] = [tf.variable(tf.zeros(wide ? [2, size] : [size])), tf.variable(tf.zeros([size]))];
    const [power1, power2] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(1))];
    const [x, rate] = [tf.range(0, size), tf.scalar(0.1)];
    const names = operations(() => {
      const gradient = tf.sin(x);
      const moment = tf.add(tf.mul(m, 0.9), tf.mul(gradient, 1 - 0.9));
      const square = tf.add(tf.mul(s, 0.999), tf.mul(squared(gradient), rest));
      const p1 = tf.mul<tf.Scalar>(power1, 0.9);
      const p2 = tf.mul<tf.Scalar>(power2, 0.999);
      const base = tf.sqrt<tf.Scalar>(tf.sub(one, p2));
      const alpha = tf.div(tf.mul(rate, base), tf.sub(1, p1));
      const direction = wide ? tf.sum(moment, 0) : moment;
      w.assign(tf.sub(w, tf.div(tf.mul(alpha, direction), root(square, tf.mul(base, 1e-8)))));
      m.assign(moment);
      s.assign(square);
      power1.assign(p1);
      power2.assign(p2);
      return result(moment);
    });
    return names.filter((name) => name.startsWith('ResourceApply'));
  }

  const cases: [string, Parts][] = [
    ['the shares do not add up', { rest: 0.01 }],
    ['the correction is of another number', { one: 2 }],
    ['epsilon is within the root', { root: (square, shift) => tf.sqrt(tf.add(square, shift)) }],
    [
      'epsilon is not the same for all',
      { root: (square) => tf.add(tf.sqrt(square), tf.tensor1d([1, 2, 3])) },
    ],
    ['the mean is of other squares', { squared: (gradient) => tf.square(tf.neg(gradient)) }],
    ['it is no square', { squared: tf.abs }],
    ['the moment is wanted too', { result: (moment) => [tf.neg(moment)] }],
    ['the state is larger than the parameter', { wide: true }],
  ];

  test('unchanged, it is one operation', () => {
    expect(updates()).toEqual(['ResourceApplyAdam']);
  });

  test('with several threads it is, where there is enough to divide', () => {
    threads('2');
    expect(updates()).toEqual([]);
    expect(updates({ size: 25_000 })).toEqual(['ResourceApplyAdam']);
  });

  test.each(cases)('%s', (_, parts) => {
    expect(updates(parts)).not.toContain('ResourceApplyAdam');
  });
});

test('momentum whose looking ahead has another share stays', () => {
  const [w, v] = [tf.variable(tf.ones([3])), tf.variable(tf.zeros([3]))];
  const [gradient, rate] = [tf.tensor1d([1, 2, 3]), tf.scalar(0.1)];
  const names = (ahead: number): string[] =>
    operations(() => {
      const velocity = tf.add(tf.mul(0.9, v), gradient);
      w.assign(tf.sub(w, tf.mul(rate, tf.add(gradient, tf.mul(ahead, velocity)))));
      v.assign(velocity);
      return [];
    });
  expect(names(0.9)).toEqual(['ResourceApplyMomentum']);
  expect(names(0.8)).toContain('ResourceApplyGradientDescent');
});

test('results that are old values of what is updated in place keep them, in several calls at once', () => {
  const start = (): tf.Variable => tf.variable(tf.tensor1d([1, 2]));
  const [w, v, alone] = [start(), start(), start()];
  const stepOf = (p: tf.Variable) => (x: tf.Tensor) => {
    const old = p.clone();
    p.assign(p.sub(x.mul(tf.scalar(0.5))));
    return [old, old.mul(2)];
  };
  const step = compile((x: tf.Tensor) => [...stepOf(w)(x), ...stepOf(v)(x.add(1))]);
  const calls = Array.from({ length: 16 }, (_, i) => [tf.tensor1d([i, 1])] as const);
  const results = step.many(calls.slice(0, 1)).concat(step.many(calls.slice(1)));
  results.forEach(([old, doubled], i) => {
    const [expected, twice] = stepOf(alone)((calls[i] as [tf.Tensor])[0]) as [tf.Tensor, tf.Tensor];
    expect([take(old as tf.Tensor), take(doubled as tf.Tensor)]).toEqual([take(expected), take(twice)]);
  });
  expect(take(w.sub(alone).abs().max())).toEqual([0]);
  step.dispose();
});
