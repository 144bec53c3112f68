/** `tf.tidy` for work that ends in plain data, whatever its type. */
import * as tf from '../engine/tf';

/** Runs work and frees every tensor that it made. */
export function scoped<T>(work: () => T): T {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}
