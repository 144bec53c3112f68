/** The native engine, for the tests of what only it does. */

import { Before } from 'inkwell/engine/compile/before';
import { graphEngine } from 'inkwell/engine/compile/native-backend';
import { useEngine } from 'inkwell/engine/engine';
import { nativeBinding } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';

/** Switches on the best native engine there is; `npm test` has prepared one. */
export async function useNative(): Promise<void> {
  const { backend } = await useEngine();
  if (backend !== 'tensorflow') await useEngine({ engine: 'tensorflow' });
}

/**
 * How many tensors tfjs knows, and how many TensorFlow holds for it.
 *
 * A recording hands TensorFlow every variable that there is, also those that other tests
 * left and nobody used yet: here too, so that the count is the same before and after one.
 */
export function tensorCounts(): { readonly known: number; readonly held: number } {
  const engine = graphEngine();
  if (engine !== undefined) new Before(engine).settle();
  const binding = nativeBinding() as unknown as { getNumOfTensors(): number };
  return { known: tf.memory().numTensors, held: binding.getNumOfTensors() };
}

/** The values of a tensor, which is disposed of. */
export function take(tensor: tf.Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}
