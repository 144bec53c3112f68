import { normaliseBatch } from 'inkwell/engine/batch-norm';
import { compile } from 'inkwell/engine/compile/compile';
import * as tf from 'inkwell/engine/tf';
import { composedBatchNorm } from 'inkwell/layers/batch-norm';
import { take, useNative } from './native';
import { convNet, lstm, mlp, type Net, normalised, residual } from './nets';

beforeAll(useNative);

type Step = (xs: tf.Tensor, ys: tf.Tensor, rate: tf.Scalar) => tf.Scalar;

function sgdStep({ variables, logits }: Net): Step {
  return (xs, ys, rate) => {
    const { value, grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(ys, logits(xs)) as tf.Scalar,
      [...variables],
    );
    for (const variable of variables) {
      variable.assign(variable.sub((grads[variable.name] as tf.Tensor).mul(rate)));
    }
    return value;
  };
}

function adamStep({ variables, logits }: Net): Step {
  const optimizer = tf.train.adam(0.01);
  return (xs, ys) =>
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(ys, logits(xs)) as tf.Scalar, true, [
      ...variables,
    ]) as tf.Scalar;
}

/** Losses over steps with full and partial batches in turn, and a learning rate that falls. */
function train(step: Step, { inputShape }: Net, steps: number): number[] {
  return Array.from({ length: steps }, (_, i) => {
    const batchSize = i % 5 === 4 ? 3 : 8;
    const [xs, ys, rate] = tf.tidy(() => {
      const x = tf.randomNormal([batchSize, ...inputShape], 0, 1, 'float32', 1000 + (i % 20));
      const label = x.reshape([batchSize, -1]).slice([0, 0], [-1, 4]).argMax(1);
      return [
        x,
        tf.oneHot(label.toInt() as tf.Tensor1D, 4).toFloat(),
        tf.scalar(0.1 / (1 + i / 100)),
      ] as const;
    });
    const [loss] = take(tf.tidy(() => step(xs, ys, rate)));
    tf.dispose([xs, ys, rate]);
    return loss as number;
  });
}

describe('a compiled training step has the losses of an eager one', () => {
  const cases: [string, () => Net, (net: Net) => Step][] = [
    ['dense, SGD', mlp, sgdStep],
    ['dense, Adam', mlp, adamStep],
    ['convolutions, max-pooling and dropout, SGD', () => convNet('max'), sgdStep],
    ['convolutions, average pooling and dropout, Adam', () => convNet('avg'), adamStep],
    ['LSTM unrolled, SGD', lstm, sgdStep],
    ['batch normalisation with running statistics, SGD', normalised, sgdStep],
  ];

  test.each(cases)('%s, over 300 steps', (_, makeNet, makeStep) => {
    expectSameLosses(makeNet(), makeNet(), makeStep);
  });

  test.each<[string, (net: Net) => Step]>([
    ['SGD', sgdStep],
    ['Adam', adamStep],
  ])('our own convolutions and batch normalisation against TensorFlow’s operations, %s', (_, makeStep) => {
    expectSameLosses(residual(composedBatchNorm), residual(normaliseBatch), makeStep);
  });
});

/** Trains one net as it is and the other compiled. */
function expectSameLosses(eagerNet: Net, net: Net, makeStep: (net: Net) => Step): void {
  const eager = train(makeStep(eagerNet), eagerNet, 300);
  const compiledStep = compile(makeStep(net));
  const compiled = train(compiledStep, net, 300);
  expect(compiledStep.graphs).toBe(2); // for the two sizes of batch
  const difference = Math.max(...eager.map((loss, i) => Math.abs(loss - (compiled[i] as number))));
  expect(difference).toBeLessThan(1e-3);
  expect(eager.at(-1)).toBeLessThan(0.9 * (eager[0] as number)); // it did learn
  net.variables.forEach((variable, i) => {
    const other = eagerNet.variables[i] as tf.Variable;
    expect(take(variable.sub(other).abs().max())[0]).toBeLessThan(1e-2);
  });
  compiledStep.dispose();
}
