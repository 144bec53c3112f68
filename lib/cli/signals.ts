/**
 * Ctrl-C and its kin. A verb that has something to save takes the first signal
 * as a wish to stop, for as long as it has; the second, and any signal that
 * nobody takes, ends the process at once (kernels' clean-up hangs on `exit`).
 */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that ends programs. */
export type EndingSignal = (typeof SIGNALS)[number];

let stopping: AbortController | undefined;
let deadlineMs = Number.POSITIVE_INFINITY;
let received: EndingSignal | undefined;

/** The exit status of a program that a signal has ended, as shells count. */
export const statusOf = (signal: EndingSignal): number => 128 + constants.signals[signal];

/** Installs the handlers; once, at the start of the command. */
export function listenForSignals(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const end = (): never => process.exit(statusOf(received ?? signal));
      if (stopping === undefined || received !== undefined) return end();
      received = signal;
      stopping.abort();
      if (Number.isFinite(deadlineMs)) setTimeout(end, deadlineMs).unref();
    });
  }
}

export interface StopOptions {
  /** How long the verb may take to stop before the process ends all the same, ms; default as long as it takes. */
  readonly deadlineMs?: number;
}

/** A signal to stop at, which the first of Ctrl-C, SIGTERM and SIGHUP aborts. */
export function stopSignal(options: StopOptions = {}): AbortSignal {
  stopping ??= new AbortController();
  deadlineMs = options.deadlineMs ?? Number.POSITIVE_INFINITY;
  return stopping.signal;
}

/** Nothing is left to save: from here on the first signal ends the process at once. */
export function endAtFirstSignal(): void {
  stopping = undefined;
}

/** The signal that asked to stop; undefined where none did. */
export const stoppedBy = (): EndingSignal | undefined => received;
