import { batches } from 'inkwell/data/batches';

const flat = (list: readonly Int32Array[]): number[] => list.flatMap((batch) => [...batch]);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('batches', () => {
  test('every index once, the last batch smaller', () => {
    const list = batches(10, { batchSize: 4 });
    expect(list.map(({ length }) => length)).toEqual([4, 4, 2]);
    expect(flat(list).sort((a, b) => a - b)).toEqual(upTo(10));
    expect(batches(10, { batchSize: 4, dropLast: true }).map(({ length }) => length)).toEqual([4, 4]);
    expect(batches(8, { batchSize: 4, dropLast: true }).length).toBe(2);
    expect(batches(0)).toEqual([]);
  });

  test('shuffled anew each epoch, the same for the same seed', () => {
    const order = (seed: number, epoch: number): number[] => flat(batches(100, { seed, epoch }));
    expect(order(1, 0)).toEqual(order(1, 0));
    expect(order(1, 0)).not.toEqual(order(1, 1));
    expect(order(1, 0)).not.toEqual(order(2, 0));
    expect(order(1, 0)).not.toEqual(upTo(100));
  });

  test('in order where no shuffling is wanted', () => {
    expect(flat(batches(7, { batchSize: 3, shuffle: false, epoch: 5 }))).toEqual(upTo(7));
  });

  test('each position is as likely for each index', () => {
    const sums = new Float64Array(10);
    for (let epoch = 0; epoch < 4000; epoch++) {
      flat(batches(10, { epoch })).forEach((index, position) => {
        sums[index] = (sums[index] ?? 0) + position;
      });
    }
    // Mean position 4.5, standard deviation of the mean 2.87 / √4000 = 0.045.
    for (const sum of sums) expect(Math.abs(sum / 4000 - 4.5)).toBeLessThan(0.2);
  });

  test('refuses numbers that are none', () => {
    expect(() => batches(-1)).toThrow('count must be a whole number of at least 0, got -1');
    expect(() => batches(5, { batchSize: 0 })).toThrow(
      'batchSize must be a whole number of at least 1, got 0',
    );
    expect(() => batches(5, { epoch: 0.5 })).toThrow('epoch must be a whole number of at least 0, got 0.5');
  });
});
