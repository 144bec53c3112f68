import { evaluateInNode } from '../engine/nodeProcess';
import { leastMs, leastRatio, spin, type Watch } from './clock';
import { growthPerRound } from './growth';
import { peakMb, residentMb } from './process';

describe('times', () => {
  test('the least of several counts, and the first that is quick enough ends the search', async () => {
    let rounds = 0;
    const settling = (): void => spin(rounds++ < 3 ? 30 : 0);
    expect(await leastMs(20, settling)).toBeLessThan(20);
    expect(rounds).toBeGreaterThanOrEqual(4);
    expect(await leastMs(5, () => spin(10), { rounds: 3 })).toBeGreaterThanOrEqual(10);
  });

  test('a watch counts from its start to its stop', async () => {
    const work = ({ start, stop }: Watch): void => {
      spin(30);
      start();
      stop();
      spin(30);
    };
    expect(await leastMs(20, work)).toBeLessThan(20);
  });

  test('two kinds of work are compared at their best', async () => {
    expect(
      await leastRatio(
        1,
        () => spin(20),
        () => spin(5),
        { rounds: 20 },
      ),
    ).toBeGreaterThan(2);
    expect(
      await leastRatio(
        1,
        () => spin(5),
        () => spin(20),
      ),
    ).toBeLessThan(1);
  });
});

describe('memory', () => {
  const growth = (bytes: number): Promise<number> =>
    evaluateInNode(`
      const { growthPerRound } = require('../measure/growth');
      const kept = [];
      return growthPerRound(() => {
        kept.push(new Uint8Array(${bytes}).fill(1));
        return Array.from({ length: 1e5 }, (_, i) => ({ i })).length;
      });`);

  test('what each round leaves is seen, what it throws away is not', async () => {
    expect(await growth(4 * 2 ** 20)).toBeGreaterThan(3.5);
    expect(await growth(0)).toBeLessThan(1);
  });

  test('a peak stays', async () => {
    const peak = await evaluateInNode<number>(`
      const { peakMb, residentMb } = require('../measure/process');
      const before = residentMb();
      new Uint8Array(64 * 2 ** 20).fill(1);
      return peakMb() - before;`);
    expect(peak).toBeGreaterThan(60);
  });

  test('is not measured in a process that runs tests', async () => {
    const message = /^measure in a process of its own \(evaluateInNode\), not in one that runs tests$/;
    await expect(growthPerRound(() => {})).rejects.toThrow(message);
    expect(() => peakMb()).toThrow(message);
    expect(() => residentMb(process.pid)).toThrow(message);
  });
});
