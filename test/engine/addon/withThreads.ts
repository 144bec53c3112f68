/** Running operations of our own with another number of threads than the machine's. */
import { nativeBinding } from 'inkwell/engine/native/load';
import { threadCount } from 'inkwell/engine/threads';

/** What a function gives with so many threads; afterwards there are as many as before. */
export function withThreads<T>(threads: number, fn: () => T): T {
  const binding = nativeBinding();
  try {
    binding?.setThreads?.(threads);
    return fn();
  } finally {
    binding?.setThreads?.(threadCount());
  }
}
