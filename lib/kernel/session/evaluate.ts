/**
 * Runs a compiled cell in V8's REPL mode and reports how it went.
 *
 * The inspector session belongs to this very thread: an evaluation posted
 * from another thread would hold that thread's later messages back, interrupts
 * among them, until the cell is through.
 */
import { type InspectorNotification, type Runtime, Session } from 'node:inspector';
import type { CommMessage, EvaluateCommand, MimeBundle, Outcome } from './channel';
import { receiveComm } from './comms';
import { type Run, startRun, within } from './context';
import { uninterrupted } from './critical';
import { toBundle } from './display';
import { reportError } from './errors';
import { emit, writeAll } from './pipes';
import { rememberMap } from './stacks';

const TAKE = Symbol.for('Inkwell.take');
const GROUP = 'inkwell-cell';
const INTERRUPTED: Outcome = {
  status: 'interrupted',
  ename: 'Interrupted',
  evalue: 'the cell was interrupted; its variables are kept',
  traceback: ['Interrupted: the cell was interrupted; its variables are kept.'],
};

export interface Evaluator {
  readonly session: Session;
  evaluate(command: EvaluateCommand): void;
  comm(runId: number, message: CommMessage): void;
  /** Ends a run that an interrupt left without an end. */
  settle(runId: number): void;
}

/** @param token what marks, on descriptors 1 and 2, that all native output of a run has been written */
export function createEvaluator(token: string): Evaluator {
  const session = new Session();
  session.connect();
  const take = takerFor(session);
  const running = new Map<number, Run>();

  function finish(run: Run, outcome: Outcome): void {
    if (run.finished) return;
    if (run.pending.size > 0 && !run.cancelled) {
      Promise.all(run.pending).then(() => finish(run, outcome));
      return;
    }
    const mark = Buffer.from(`${token}${run.id};`);
    uninterrupted(() => {
      writeAll(1, mark);
      writeAll(2, mark);
      emit({ type: 'done', run: run.id, outcome });
      run.finished = true;
      running.delete(run.id);
    });
  }

  return {
    session,
    evaluate(command) {
      const { run: id, name, javascript, sourceMap, source, allowStdin } = command;
      const run = startRun(id, { allowStdin });
      if (run.cancelled) {
        finish(run, INTERRUPTED);
        return;
      }
      running.set(id, run);
      run.fail = (thrown) => {
        finish(run, { status: 'error', ...reportError(thrown) });
        // What still waits for an answer must not go on as if there had been one.
        run.cancelled = true;
      };
      rememberMap(name, sourceMap, source);
      const request = { expression: javascript, replMode: true, awaitPromise: true, objectGroup: GROUP };
      within(run, () =>
        session.post('Runtime.evaluate', request, (error, reply) =>
          within(run, () => conclude(run, () => outcomeOf(command, run, error, reply))),
        ),
      );
    },
    comm(id, message) {
      const run = startRun(id);
      running.set(id, run);
      within(run, () => receiveComm(message)).then(
        () => finish(run, { status: 'ok' }),
        (thrown: unknown) => finish(run, { status: 'error', ...reportError(thrown) }),
      );
    },
    settle(id) {
      const run = running.get(id);
      if (run?.cancelled) finish(run, INTERRUPTED);
    },
  };

  /** Reports the outcome, once it is known. */
  function conclude(run: Run, outcome: () => Outcome | Promise<Outcome>): void {
    const fail = (thrown: unknown): void => finish(run, { status: 'error', ...reportError(thrown) });
    try {
      const known = outcome();
      if (known instanceof Promise) known.then((later) => finish(run, later)).catch(fail);
      else finish(run, known);
    } catch (thrown) {
      fail(thrown);
    }
  }

  function outcomeOf(
    command: EvaluateCommand,
    run: Run,
    error: Error | null,
    reply: Partial<Runtime.EvaluateReturnType> = {},
  ): Outcome | Promise<Outcome> {
    const { result, exceptionDetails } = reply;
    // A terminated evaluation has neither a result nor an exception, or fails.
    if (run.cancelled) return INTERRUPTED;
    if (error !== null) throw error;
    if (result === undefined) return INTERRUPTED;
    if (exceptionDetails !== undefined) {
      const thrown = take(exceptionDetails.exception ?? { type: 'undefined' });
      session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
      return { status: 'error', ...reportError(thrown) };
    }
    const value = command.hasResult && command.result !== 'drop' ? take(result) : undefined;
    session.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    if (value === undefined && command.result !== 'return') return { status: 'ok' };
    const bundle = toBundle(value);
    return bundle instanceof Promise
      ? bundle.then((data) => showResult(command, run, data))
      : showResult(command, run, bundle);
  }
}

function showResult(command: EvaluateCommand, run: Run, data: MimeBundle): Outcome {
  if (run.cancelled) return INTERRUPTED;
  if (command.result === 'return') return { status: 'ok', bundle: data, metadata: {} };
  if (Object.keys(data).length > 0) {
    emit({ type: 'display', run: run.id, kind: 'execute_result', data, metadata: {}, transient: {} });
  }
  return { status: 'ok' };
}

/** The value behind what the inspector calls a remote object: it is our own heap. */
function takerFor(session: Session): (remote: Runtime.RemoteObject) => unknown {
  let taken: unknown;
  Object.defineProperty(globalThis, TAKE, {
    value: (value: unknown) => {
      taken = value;
    },
  });
  let context: number | undefined;
  session.on(
    'Runtime.executionContextCreated',
    (note: InspectorNotification<Runtime.ExecutionContextCreatedEventDataType>) => {
      context ??= note.params.context.id;
    },
  );
  session.post('Runtime.enable');
  session.post('Runtime.disable');
  return (remote) => {
    const { objectId, unserializableValue, value, type } = remote;
    if (type === 'undefined') return undefined;
    if (objectId === undefined && unserializableValue === undefined) return value;
    const argument: Runtime.CallArgument =
      objectId !== undefined ? { objectId } : { unserializableValue: unserializableValue ?? '' };
    session.post('Runtime.callFunctionOn', {
      functionDeclaration: "function take(value) { globalThis[Symbol.for('Inkwell.take')](value); }",
      arguments: [argument],
      ...(context === undefined ? {} : { executionContextId: context }),
    });
    const result = taken;
    taken = undefined;
    return result;
  };
}
