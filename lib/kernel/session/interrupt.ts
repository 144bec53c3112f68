/**
 * Stopping what does not stop by itself.
 *
 * V8 can terminate what runs (`Runtime.terminateExecution`), but not what
 * waits. So an interrupt marks its run as cancelled: timers and callbacks of a
 * cancelled run do nothing when they fire, and where a promise would go on with
 * a cancelled run's code, a promise hook terminates that continuation before its
 * first statement. Loops that never come back to the event loop are terminated
 * at the bridge thread's request, from a call on top of them.
 *
 * Termination runs no `finally`, so Node's own stack of async ids would stay
 * pushed and fail an assertion; it is cleared first.
 */
import { createHook, executionAsyncResource } from 'node:async_hooks';
import type { Session } from 'node:inspector';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import { promisify } from 'node:util';
import { cancelAhead, currentRun, latestRun, type Run } from './context';
import { mustNotEnd, setTerminating } from './critical';

interface AsyncWrap {
  clearAsyncIdStack(): void;
}

/** `process.binding` is Node's only way to that stack; it warns when first used. */
function asyncWrap(): AsyncWrap {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return (process as unknown as { binding(name: string): AsyncWrap }).binding('async_wrap');
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}

type Callback = (this: unknown, ...args: unknown[]) => unknown;

/** The same callback, inert once its run is cancelled. */
export function guarded(callback: Callback, cancel?: (handle: unknown) => void): Callback {
  const run = currentRun();
  return function guardedCallback(this: unknown, ...args) {
    if (run.cancelled) return cancel?.(this);
    return callback.apply(this, args);
  };
}

/** Wraps the functions that call back later; everything else about them stays. */
export function guardTimers(): void {
  const host = globalThis as unknown as Record<string, Callback>;
  const module = timers as unknown as Record<string, Callback>;
  const cancels: Record<string, (handle: never) => void> = {
    setTimeout: clearTimeout,
    setInterval: clearInterval,
    setImmediate: clearImmediate,
  };
  for (const [name, cancel] of Object.entries(cancels)) {
    const original = host[name] as Callback;
    const wrapped = wrap(original, cancel as (handle: unknown) => void);
    Object.defineProperty(wrapped, 'name', { value: name });
    const custom = (original as unknown as Record<symbol, unknown>)[promisify.custom];
    if (custom !== undefined) Object.defineProperty(wrapped, promisify.custom, { value: custom });
    host[name] = wrapped;
    module[name] = wrapped;
  }
  host['queueMicrotask'] = wrap(queueMicrotask as unknown as Callback);
  process.nextTick = wrap(process.nextTick as unknown as Callback) as typeof process.nextTick;
  syncBuiltinESMExports();
}

function wrap(original: Callback, cancel?: (handle: unknown) => void): Callback {
  return function (this: unknown, callback, ...rest) {
    const inner = typeof callback === 'function' ? guarded(callback as Callback, cancel) : callback;
    return original.call(this, inner, ...rest);
  };
}

export interface Interrupter {
  /** Marks the run as cancelled. True where JavaScript is running right now, below this call. */
  cancel(runId: number): boolean;
  /** Ends the cancelled run where nothing runs any more: true; false while JavaScript is running below this call. */
  settle(runId: number): boolean;
  /** Terminates the JavaScript that is running right now, below this call; false where there is none, or not now. */
  terminate(): boolean;
}

/**
 * @param session an inspector session of this very thread
 * @param settle reports the end of a cancelled run
 */
export function createInterrupter(session: Session, settle: (runId: number) => void): Interrupter {
  const wrapBinding = asyncWrap();
  let hooked = false;

  /**
   * Takes effect at the next call or turn of a loop of what is running now. To be requested from within
   * JavaScript only: V8 forgets it when the outermost call ends, whether it took effect or not, whereas one
   * that came between two calls would end whatever is called next, Node's own functions among it.
   */
  function requestTermination(): void {
    wrapBinding.clearAsyncIdStack();
    setTerminating(true);
    session.post('Runtime.terminateExecution', (refused) => {
      // It is refused while an earlier one is under way, whose end is reported to that one.
      if (refused === null) setTerminating(false);
    });
  }

  function terminateHere(): void {
    requestTermination();
    // A loop that ends by itself might be optimised away, its check for terminations too.
    for (;;) {}
  }

  function watchPromises(): void {
    if (hooked) return;
    hooked = true;
    createHook({
      before() {
        if (currentRun().cancelled && executionAsyncResource() instanceof Promise) terminateHere();
      },
    }).enable();
  }

  const interrupter: Interrupter = {
    cancel(runId) {
      const run: Run = latestRun();
      if (run.id < runId) cancelAhead(runId);
      if (run.id === runId && !run.finished) {
        run.cancelled = true;
        watchPromises();
      }
      return nested(interrupter.cancel);
    },
    settle(runId) {
      if (nested(interrupter.settle)) return false;
      settle(runId);
      return true;
    },
    terminate() {
      if (mustNotEnd() || !nested(interrupter.terminate)) return false;
      requestTermination();
      return true;
    },
  };
  return interrupter;
}

/** Called by the inspector on top of running JavaScript, the stack is deeper than the call itself. */
function nested(caller: (...args: never[]) => unknown): boolean {
  const holder: { stack?: unknown } = {};
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 5;
  Error.prepareStackTrace = (_, sites) => sites.length;
  try {
    Error.captureStackTrace(holder, caller);
    // One frame is the inspector's own expression.
    return (holder.stack as number) > 1;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace === undefined) delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    else Error.prepareStackTrace = prepareStackTrace;
  }
}
