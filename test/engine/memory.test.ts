import { memoryReport, withoutLeaks } from 'inkwell/engine/memory';
import * as tf from 'inkwell/engine/tf';
import { onEngine } from '../fixtures/engine';

describe('memory', () => {
  onEngine('cpu');

  test('memoryReport counts tensors and their bytes', () => {
    const before = memoryReport();
    const x = tf.zeros([10, 10]);
    const after = memoryReport();
    expect(after.tensors - before.tensors).toBe(1);
    expect(after.bytes - before.bytes).toBe(400);
    expect(after.rssBytes).toBeGreaterThan(1e7);
    x.dispose();
    expect(memoryReport().tensors).toBe(before.tensors);
  });

  test('withoutLeaks returns what the work returns', async () => {
    expect(await withoutLeaks(() => tf.tidy(() => tf.ones([3]).sum().dataSync()[0]))).toBe(3);
    const kept = await withoutLeaks(async () => tf.ones([3]), { kept: 1 });
    kept.dispose();
  });

  test('withoutLeaks counts what was forgotten and what was taken away', async () => {
    const forgotten: tf.Tensor[] = [];
    await expect(withoutLeaks(() => forgotten.push(tf.ones([3]), tf.ones([3])))).rejects.toThrow(
      'expected 0 more tensors afterwards, found 2',
    );
    await expect(withoutLeaks(() => tf.dispose(forgotten))).rejects.toThrow('found -2');
  });
});
