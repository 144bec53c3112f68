import { inTurns } from 'inkwell/core/turns';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('so many at a time, and results in order', async () => {
  let running = 0;
  let most = 0;
  const squares = await inTurns([5, 1, 4, 2, 3], 2, async (n) => {
    running++;
    most = Math.max(most, running);
    for (let i = 0; i < n; i++) await soon();
    running--;
    return n * n;
  });
  expect(squares).toEqual([25, 1, 16, 4, 9]);
  expect(most).toBe(2);
});

test('fewer items than turns, and none', async () => {
  expect(await inTurns(['a'], 4, async (text) => text)).toEqual(['a']);
  expect(await inTurns([], 4, async (text) => text)).toEqual([]);
});

test('after a failure nothing is begun, and what is under way ends', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (n: number): Promise<void> => {
    begun.push(n);
    if (n === 1) throw new Error('the second');
    for (let i = 0; i < 5; i++) await soon();
    ended.push(n);
  };
  await expect(inTurns([0, 1, 2, 3], 2, work)).rejects.toThrow('the second');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([0]);
});
