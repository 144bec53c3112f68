/** The native engine, for the tests of what only it does. */
import { useEngine } from 'inkwell/engine/engine';
import { nativeBinding } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';

/** Switches on the best native engine there is; `npm test` has prepared one. */
export async function useNative(): Promise<void> {
  const { backend } = await useEngine();
  if (backend !== 'tensorflow') await useEngine({ engine: 'tensorflow' });
}

/** How many tensors tfjs knows, and how many TensorFlow holds for it. */
export function tensorCounts(): { readonly known: number; readonly held: number } {
  const binding = nativeBinding() as unknown as { getNumOfTensors(): number };
  return { known: tf.memory().numTensors, held: binding.getNumOfTensors() };
}

/** The values of a tensor, which is disposed of. */
export function take(tensor: tf.Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}
