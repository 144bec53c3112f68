/**
 * Runs: which cell does what happens now belong to?
 *
 * An `AsyncLocalStorage` follows a cell through its awaits, timers and
 * callbacks. What a timer prints later goes to the output of the cell that
 * started it, and what an interrupted cell still tries to print goes nowhere.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { hideTraces } from './traceless';

export interface Run {
  readonly id: number;
  readonly allowStdin: boolean;
  /** Interrupted: its output is dropped, its callbacks do not run any more. */
  cancelled: boolean;
  /** Reported as done. */
  finished: boolean;
  /** Outputs still being made: the run is not done before they are. */
  readonly pending: Set<Promise<unknown>>;
  /** Ends the run with an error that nobody waits for, such as one thrown in a stream's event. */
  fail?: (thrown: unknown) => void;
}

const storage = new AsyncLocalStorage<Run>();
let latest: Run = { id: 0, allowStdin: false, cancelled: false, finished: true, pending: new Set() };
hideTraces(storage, latest);

export interface RunOptions {
  /** Whether the client lets the kernel ask for input; default false. */
  readonly allowStdin?: boolean;
}

let cancelledUpTo = 0;

/** Cancels a run that is still on its way here. */
export function cancelAhead(id: number): void {
  cancelledUpTo = Math.max(cancelledUpTo, id);
}

/** A new run, the latest from now on. */
export function startRun(id: number, { allowStdin = false }: RunOptions = {}): Run {
  latest = { id, allowStdin, cancelled: id <= cancelledUpTo, finished: false, pending: new Set() };
  return latest;
}

/** The run that the code now running belongs to; the latest where that cannot be told. */
export function currentRun(): Run {
  return storage.getStore() ?? latest;
}

/** The run started last. */
export function latestRun(): Run {
  return latest;
}

/** Makes the current run wait for an output, whatever comes of it. */
export function holdRun(output: Promise<unknown>): void {
  const { pending } = currentRun();
  const settled = output.catch(() => {}).finally(() => pending.delete(settled));
  pending.add(settled);
}

/** Calls `action` as part of a run. */
export function within<T>(run: Run, action: () => T): T {
  return storage.run(run, action);
}
