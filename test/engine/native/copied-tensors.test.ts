/**
 * The addon that we build copies JavaScript's arrays. TensorFlow letting go of a shared one on
 * another thread ends a process once in a while; that none is shared can be seen every time.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dataTypes, type GraphBinding } from 'inkwell/engine/compile/native-backend';
import { nativeBinding } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { take, useNative } from '../compile/native';

let binding: GraphBinding;
beforeAll(async () => {
  await useNative();
  binding = nativeBinding() as unknown as GraphBinding;
});

/** Arrays of so many numbers as begin at every multiple of 4 bytes: some lie as TensorFlow wants its own. */
function arraysAtEveryPlace(count: number): Float32Array[] {
  const memory = new ArrayBuffer(4 * (count + 64));
  return Array.from({ length: 64 }, (_, i) => new Float32Array(memory, 4 * i, count));
}

test('a tensor keeps its values when the array that it was made of changes', () => {
  for (const count of [1, 7, 16, 100, 5000]) {
    for (const values of arraysAtEveryPlace(count)) {
      values.fill(1);
      const id = binding.createTensor([count], dataTypes.float32, values);
      values.fill(2);
      const kept = binding.tensorDataSync(id);
      binding.deleteTensor(id);
      expect(kept.every((value) => value === 1)).toBe(true);
    }
  }
});

test('arrays of every type, and of nothing, arrive whole', () => {
  expect(take(tf.tensor1d([1.5, -2], 'float32'))).toEqual([1.5, -2]);
  expect(take(tf.add(tf.tensor1d([1, -2, 3], 'int32'), tf.scalar(1, 'int32')))).toEqual([2, -1, 4]);
  expect(take(tf.logicalNot(tf.tensor1d([true, false], 'bool')))).toEqual([0, 1]);
  expect(take(tf.add(tf.zeros([0, 3]), 1))).toEqual([]);
  expect(take(tf.sum(tf.zeros([0, 3])))).toEqual([0]);
});

test('an array that TensorFlow has taken over is free to go', async () => {
  const registry = { gone: 0 };
  const finalization = new FinalizationRegistry(() => registry.gone++);
  const ids = arraysAtEveryPlace(16).map((values) => {
    finalization.register(values, undefined);
    return binding.createTensor([16], dataTypes.float32, values);
  });
  for (let attempt = 0; attempt < 100 && registry.gone < ids.length; attempt++) await collectGarbage();
  expect(registry.gone).toBe(ids.length);
  for (const id of ids) binding.deleteTensor(id);
});

/** Collects garbage, and lets the finalizers run. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
