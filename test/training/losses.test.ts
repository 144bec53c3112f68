import { compile } from 'inkwell/engine/compile/compile';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import * as losses from 'inkwell/training/losses';
import { expectClose, expectTensor } from '../fixtures/close';
import { asTensor, type LossCase, readCases } from '../fixtures/read';

beforeAll(async () => {
  await useEngine();
});

const byName = losses as unknown as Record<string, losses.Loss>;

test.each(readCases<LossCase>('losses'))('$name and its gradient are PyTorch’s', async (stored) => {
  const loss = byName[stored.name] as losses.Loss;
  await withoutLeaks(() =>
    tf.tidy(() => {
      const targets = asTensor(stored.targets);
      const { value, grad } = tf.valueAndGrad((outputs: tf.Tensor) => loss(outputs, targets))(
        asTensor(stored.outputs),
      );
      expectClose(value.dataSync(), [stored.value]);
      expectTensor(grad, stored.gradient);
    }),
  );
});

test('every loss is covered', () => {
  const covered = new Set(readCases<LossCase>('losses').map(({ name }) => name));
  expect(Object.keys(losses).filter((name) => name !== 'asTargets' && !covered.has(name))).toEqual([]);
});

test('class numbers of sequences count step by step', () => {
  tf.tidy(() => {
    const logits = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 1);
    const classes = [
      [0, 1, 2],
      [3, 3, 0],
    ];
    const bySteps = losses.softmaxCrossEntropy(logits, tf.tensor2d(classes, [2, 3], 'int32'));
    const inARow = losses.softmaxCrossEntropy(logits.reshape([6, 4]), tf.tensor1d(classes.flat(), 'int32'));
    expectClose(bySteps.dataSync(), inARow.dataSync(), 1e-6);
  });
});

test.each(readCases<LossCase>('losses'))('$name is the same in a graph', (stored) => {
  const loss = byName[stored.name] as losses.Loss;
  const withGradient = ({ outputs, targets }: { outputs: tf.Tensor; targets: tf.Tensor }): tf.Tensor[] => {
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => loss(x, targets))(outputs);
    return [value, grad];
  };
  const compiled = compile(withGradient);
  for (let call = 0; call < 4; call++) {
    tf.tidy(() => {
      const [value, grad] = compiled({
        outputs: asTensor(stored.outputs),
        targets: asTensor(stored.targets),
      });
      expectClose(value?.dataSync() ?? [], [stored.value]);
      expectTensor(grad, stored.gradient);
    });
  }
  compiled.dispose();
});

test('targets of another shape are an error', () => {
  tf.tidy(() => {
    expect(() => losses.softmaxCrossEntropy(tf.zeros([5, 3]), tf.zeros([4]))).toThrow(
      new RangeError('softmaxCrossEntropy: targets must have shape 5 × 3 or class numbers of shape 5, got 4'),
    );
  });
});
