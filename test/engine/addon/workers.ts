/** What the threads of a process compute in the test of several. */

import { compile } from 'inkwell/engine/compile/compile';
import { nativeBinding } from 'inkwell/engine/native/load';
import * as tf from 'inkwell/engine/tf';
import { useNative } from '../compile/native';
import { lossAndGradient } from './crossEntropy';

/** The sum of many losses, computed by several threads of the crew. */
export async function lossOf(runs: number): Promise<number> {
  await useNative();
  nativeBinding()?.setThreads?.(3);
  const run = compile(lossAndGradient);
  let sum = 0;
  for (let i = 0; i < runs; i++) {
    sum += tf.tidy(() => {
      const logits = tf
        .range(0, 64_000)
        .reshape([640, 100])
        .mod(i + 2);
      return (run(logits, tf.softmax(logits))[0] as tf.Tensor).dataSync()[0] as number;
    });
  }
  run.dispose();
  return sum;
}
