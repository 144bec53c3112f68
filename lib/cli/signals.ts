/**
 * Ctrl-C and its kin. A verb that has something to save takes the first signal
 * as a wish to stop; the second, and any signal that nobody takes, ends the
 * process at once (kernels' clean-up hangs on `exit`).
 */
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that ends programs. */
export type EndingSignal = (typeof SIGNALS)[number];

let stopping: AbortController | undefined;
let received: EndingSignal | undefined;

/** The exit status of a program that a signal has ended, as shells count. */
export const statusOf = (signal: EndingSignal): number => 128 + constants.signals[signal];

/** Installs the handlers; once, at the start of the command. */
export function listenForSignals(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stopping === undefined || received !== undefined) process.exit(statusOf(received ?? signal));
      received = signal;
      stopping.abort();
    });
  }
}

/** A signal to stop at, which the first of Ctrl-C, SIGTERM and SIGHUP aborts. */
export function stopSignal(): AbortSignal {
  stopping ??= new AbortController();
  return stopping.signal;
}

/** The signal that asked to stop; undefined where none did. */
export const stoppedBy = (): EndingSignal | undefined => received;
