/**
 * Works on all items, on so many at a time, in their order.
 *
 * Where work on one fails no other is begun, and the promise is rejected with the
 * first failure once the work that is under way has ended: nothing goes on behind
 * the caller's back.
 *
 * @param most how many at a time, a whole number above 0.
 * @returns what the work on each returned, in the order of the items.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  let failed = false;
  const takeTurns = async (): Promise<void> => {
    for (const [i, item] of left) {
      if (failed) return;
      try {
        results[i] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: most }, takeTurns));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
}
