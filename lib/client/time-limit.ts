/** Stopping a cell that takes too long, or that nobody wants any more. */
import { InkwellError } from '../core/errors';

/** After an interrupt, how long a cell may take to end before its kernel is killed. */
const INTERRUPT_GRACE_MS = 10_000;

export interface TimeLimitOptions {
  /** What to call the kernel in the error. */
  readonly kernelName: string;
  /** Undefined: none. */
  readonly timeoutMs: number | undefined;
  /** Stops the cell when it is aborted, at once where it is already. */
  readonly signal: AbortSignal | undefined;
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

/** Interrupts at the time limit or at the signal, and kills the kernel where that does not help within 5 s. */
export function limitTime({ kernelName, timeoutMs, signal, interrupt, kill }: TimeLimitOptions): TimeLimit {
  const timers: NodeJS.Timeout[] = [];
  let timedOut = false;
  let giveUp: () => void = () => {};
  const hangs = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      reject(hanging(kernelName));
      kill();
    };
  });
  hangs.catch(() => {}); // who waits for it hears of it; nobody may wait any more
  const stop = (): void => {
    // An interrupt that cannot be sent is followed by the kill all the same.
    interrupt().catch(() => {});
    timers.push(setTimeout(giveUp, INTERRUPT_GRACE_MS));
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

function hanging(kernelName: string): InkwellError {
  return new InkwellError(
    'KERNEL_HANGS',
    `the kernel "${kernelName}" did not react to an interrupt within ${INTERRUPT_GRACE_MS} ms and was killed`,
    { hint: 'Its variables are gone: run the notebook again from the start.' },
  );
}
