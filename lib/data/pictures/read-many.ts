/** Many files, a few at a time, so that half a thousand pictures do not all stand in memory at once. */
import type { ProgressListener } from '../../core/progress';

export interface ReadManyOptions {
  /** Files that are read at the same time; default 8. */
  readonly atOnce?: number;
  /** What is read, for the progress: `pictures`. */
  readonly label?: string;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Reads each item; the first failure stops the rest.
 *
 * @returns what was read, in the order of the items.
 * @throws what `read` throws; the signal's reason.
 */
export async function readMany<Item, Result>(
  items: readonly Item[],
  read: (item: Item, index: number) => Promise<Result>,
  options: ReadManyOptions = {},
): Promise<Result[]> {
  const { atOnce = 8, label = 'pictures', onProgress, signal } = options;
  const results: Result[] = Array(items.length);
  let [next, done, failed] = [0, 0, false];
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      signal?.throwIfAborted();
      const index = next++;
      results[index] = await read(items[index] as Item, index);
      onProgress?.({ label, done: ++done, total: items.length, unit: 'steps' });
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, worker);
  try {
    await Promise.all(workers);
  } finally {
    failed = true;
    await Promise.allSettled(workers);
  }
  return results;
}
