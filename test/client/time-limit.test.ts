import { limitTime } from 'inkwell/client/time-limit';

const sleep = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs));

/** A limit on a cell that notes what is done to it, and whose interrupt cannot be sent. */
function limitOn(options: { timeoutMs?: number; signal?: AbortSignal; graceMs?: number }) {
  const done: string[] = [];
  const limit = limitTime({
    kernelName: 'k',
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    graceMs: options.graceMs,
    interrupt: () => {
      done.push('interrupt');
      return Promise.reject(new Error('the socket is closed'));
    },
    kill: () => done.push('kill'),
  });
  return { limit, done };
}

test('the time limit interrupts, once', async () => {
  const { limit, done } = limitOn({ timeoutMs: 10 });
  expect(limit.timedOut()).toBe(false);
  await sleep(60);
  expect([limit.timedOut(), done]).toEqual([true, ['interrupt']]);
  limit.clear();
});

test('so does the signal, also one that came before; that is no time-out', () => {
  const giveUp = new AbortController();
  const { limit, done } = limitOn({ signal: giveUp.signal });
  giveUp.abort();
  expect([limit.timedOut(), done]).toEqual([false, ['interrupt']]);
  limit.clear();
  const early = limitOn({ signal: AbortSignal.abort() });
  expect(early.done).toEqual(['interrupt']);
  early.limit.clear();
});

test('cleared, nothing happens any more', async () => {
  const giveUp = new AbortController();
  const { limit, done } = limitOn({ timeoutMs: 10, signal: giveUp.signal });
  limit.clear();
  giveUp.abort();
  await sleep(30);
  expect(done).toEqual([]);
});

test('a cell that the interrupt does not end is killed after ten seconds', async () => {
  const { limit, done } = limitOn({ timeoutMs: 0 });
  await expect(limit.hangs).rejects.toMatchObject({
    code: 'KERNEL_HANGS',
    message: expect.stringMatching(/"k" did not react .* within 10000 ms and was killed\n.*from the start/),
  });
  expect(done).toEqual(['interrupt', 'kill']);
  limit.clear();
});

test('how long it may take can be said', async () => {
  const { limit, done } = limitOn({ timeoutMs: 0, graceMs: 20 });
  await expect(limit.hangs).rejects.toThrow('within 20 ms and was killed');
  expect(done).toEqual(['interrupt', 'kill']);
  limit.clear();
});
