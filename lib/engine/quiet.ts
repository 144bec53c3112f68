/** Keeping TensorFlow.js from advertising its node package on the first tensor. */
import * as tf from './tf';

/**
 * Tells the `cpu` back end that it has been used before. Its greeting hangs on
 * that flag alone; the global switches for it (`PROD`, `IS_TEST`) would silence
 * real warnings too.
 */
export function quietCpu(): void {
  const backend = tf.engine().findBackend('cpu') as unknown as { firstUse: boolean };
  backend.firstUse = false;
}
