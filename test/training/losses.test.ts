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

test('targets of another shape are an error', () => {
  tf.tidy(() => {
    expect(() => losses.softmaxCrossEntropy(tf.zeros([5, 3]), tf.zeros([4]))).toThrow(
      new RangeError('loss: targets must have shape 5 × 3 or class numbers of shape 5, got 4'),
    );
  });
});
