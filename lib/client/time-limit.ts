/** Stopping a cell that takes too long, or that nobody wants any more. */
import { InkwellError } from '../core/errors';

export interface TimeLimitOptions {
  /** What to call the kernel in the error. */
  readonly kernelName: string;
  /** Undefined: none. */
  readonly timeoutMs: number | undefined;
  /** Stops the cell when it is aborted, at once where it is already. */
  readonly signal: AbortSignal | undefined;
  /** After an interrupt, how long the cell may take to end before its kernel is killed, ms; default 10,000. */
  readonly graceMs?: number | undefined;
  readonly interrupt: () => Promise<void>;
  readonly kill: () => void;
}

/** A limit that runs from its creation until `clear`. */
export interface TimeLimit {
  /** Rejects with InkwellError `KERNEL_HANGS` where the interrupt does not end the cell; never resolves. */
  readonly hangs: Promise<never>;
  /** Whether the time was up (not: whether the signal came). */
  timedOut(): boolean;
  clear(): void;
}

/** Interrupts at the time limit or at the signal, and kills the kernel where that does not help. */
export function limitTime(options: TimeLimitOptions): TimeLimit {
  const { kernelName, timeoutMs, signal, graceMs = 10_000, interrupt, kill } = options;
  const timers: NodeJS.Timeout[] = [];
  let timedOut = false;
  let giveUp: () => void = () => {};
  const hangs = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      reject(hanging(kernelName, graceMs));
      kill();
    };
  });
  hangs.catch(() => {}); // who waits for it hears of it; nobody may wait any more
  const stop = (): void => {
    // An interrupt that cannot be sent is followed by the kill all the same.
    interrupt().catch(() => {});
    timers.push(setTimeout(giveUp, graceMs));
  };
  const timeUp = (): void => {
    timedOut = true;
    stop();
  };
  if (timeoutMs !== undefined) timers.push(setTimeout(timeUp, timeoutMs));
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return {
    hangs,
    timedOut: () => timedOut,
    clear: () => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}

function hanging(kernelName: string, graceMs: number): InkwellError {
  return new InkwellError(
    'KERNEL_HANGS',
    `the kernel "${kernelName}" did not react to an interrupt within ${graceMs} ms and was killed`,
    { hint: 'Its variables are gone: run the notebook again from the start.' },
  );
}
