import { retry } from 'inkwell/data/retry';
import { leastMs } from '../measure/clock';

/** Fails so many times, then gives how often it was asked. */
function failing(times: number): () => Promise<number> {
  let asked = 0;
  return async () => {
    asked++;
    if (asked <= times) throw new Error(`failure ${asked}`);
    return asked;
  };
}

const FAST = { firstDelayMs: 1 };

describe('retry', () => {
  test('tries until it goes, but no more often than was asked for', async () => {
    expect(await retry(failing(0), FAST)).toBe(1);
    expect(await retry(failing(3), FAST)).toBe(4);
    await expect(retry(failing(4), FAST)).rejects.toThrow('failure 4');
    await expect(retry(failing(1), { ...FAST, attempts: 1 })).rejects.toThrow('failure 1');
    await expect(retry(failing(0), { attempts: 0 })).rejects.toThrow(RangeError);
  });

  test('gives up where that is the verdict, and starts counting afresh where that is', async () => {
    await expect(retry(failing(3), { ...FAST, judge: () => 'give up' })).rejects.toThrow('failure 1');
    expect(await retry(failing(20), { ...FAST, attempts: 2, judge: async () => 'afresh' as const })).toBe(21);
  });

  test('waits up to twice as long each time, and no longer than the most', async () => {
    let draws = 0;
    const uniform = (): number => {
      draws++;
      return 1;
    };
    const waiting = (): Promise<number> => {
      draws = 0;
      return retry(failing(4), { attempts: 5, firstDelayMs: 20, maxDelayMs: 70, uniform });
    };
    // 20 + 40 + 70 + 70 ms.
    const spent = await leastMs(250, waiting);
    expect(draws).toBe(4);
    expect(spent).toBeGreaterThan(195);
    expect(spent).toBeLessThan(250);
  });

  test('stops while it waits', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    // An hour: where it did not stop, this test would not end.
    const patient = { firstDelayMs: 3.6e6, maxDelayMs: 3.6e6, uniform: () => 1, signal: stop.signal };
    await expect(retry(failing(9), patient)).rejects.toThrow(/abort/i);
  });
});
