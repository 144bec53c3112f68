import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withLock } from 'inkwell/data/lock';
import { daysAgo } from '../measure/clock';
import { temporaryFolders, thrownBy } from './support';

const folder = temporaryFolders();

describe('withLock', () => {
  test('lets one in at a time, and the next after it', async () => {
    const target = path.join(folder(), 'mnist');
    let inside = 0;
    const order: number[] = [];
    const work = (id: number) => async (): Promise<number> => {
      inside++;
      expect(inside).toBe(1);
      await wait(30);
      order.push(id);
      inside--;
      return id;
    };
    expect(await Promise.all([1, 2, 3].map((id) => withLock(target, work(id))))).toEqual([1, 2, 3]);
    expect(order.length).toBe(3);
    expect(existsSync(`${target}.lock`)).toBe(false);
  });

  test('is released where the work fails', async () => {
    const target = folder();
    const failing = (): Promise<never> => Promise.reject(new Error('no'));
    await expect(withLock(target, failing)).rejects.toThrow('no');
    expect(await withLock(target, async () => 'free')).toBe('free');
  });

  test('a dead process’s lock goes stale', async () => {
    const target = folder();
    mkdirSync(`${target}.lock`);
    const longAgo = daysAgo(1);
    utimesSync(`${target}.lock`, longAgo, longAgo);
    expect(await withLock(target, async () => 'free')).toBe('free');
  });

  test('who waits can be told to stop', async () => {
    const target = folder();
    const stop = new AbortController();
    await withLock(target, async () => {
      setTimeout(() => stop.abort(new Error('enough')), 20);
      await expect(withLock(target, async () => 'never', { signal: stop.signal })).rejects.toThrow();
    });
  });

  test('a folder that cannot be made', async () => {
    const file = path.join(folder(), 'file');
    writeFileSync(file, '');
    const error = await thrownBy(withLock(path.join(file, 'mnist'), async () => 'never'));
    expect(error.code).toBe('DATA_READ_ONLY');
  });
});
