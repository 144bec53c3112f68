/**
 * The bridge: a thread beside the reader's code that can reach it while it
 * is busy. It takes the front's commands, hands the ordinary ones to the main
 * thread, and holds an inspector session on that thread for the others:
 * interrupts and the debugger.
 */
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { type BridgeMessage, COMMAND_FD, type Command, FrameReader, toFrame } from './channel';

/** Where the main thread keeps its `Interrupter`, reachable from the inspector. */
export const INTERRUPTER = "globalThis[Symbol.for('Inkwell.interrupter')]";

/** A microtask loop stops by itself at the promise hook; give it that long before terminating. */
const HOOK_MS = 12;
const RETRY_MS = 25;
const SIGNAL_AFTER_MS = 60;
const GIVE_UP_MS = 10_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function runBridge(port: NonNullable<typeof parentPort>): void {
  const socket = new Socket({ fd: COMMAND_FD, readable: true, writable: true });
  const reader = new FrameReader<Command>();
  const session = new Session();
  session.connectToMainThread();
  const say = (message: BridgeMessage): boolean => socket.write(toFrame(message));

  session.on('inspectorNotification', ({ method, params }: { method: string; params?: object }) =>
    say({ type: 'inspector-event', method, params: { ...params } }),
  );
  // The front is gone: nothing of the session may stay, whatever the cell does.
  const leave = (): void => {
    try {
      process.kill(-process.pid, 'SIGKILL');
    } catch {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  socket.on('end', leave).on('error', leave).on('close', leave);
  socket.on('data', (bytes) => {
    for (const command of reader.push(bytes)) {
      if (command.op === 'inspector') inspect(session, command, say);
      else if (command.op === 'interrupt') interrupt(session, command, say);
      else port.postMessage(command);
    }
  });
}

function inspect(
  session: Session,
  { id, method, params }: Extract<Command, { op: 'inspector' }>,
  say: (message: BridgeMessage) => void,
): void {
  session.post(method, params, (error, result) => {
    if (error === null) say({ type: 'inspector-reply', id, result: { ...(result as object | undefined) } });
    else say({ type: 'inspector-reply', id, error: error.message });
  });
}

/** Resolves to whether the main thread then was free again; undefined where it did not answer. */
function evaluate(session: Session, expression: string): Promise<unknown> {
  const answer = new Promise<unknown>((resolve) => {
    session.post('Runtime.evaluate', { expression, returnByValue: true }, (error, reply) =>
      resolve(
        error === null ? (reply as { result?: { value?: unknown } } | undefined)?.result?.value : undefined,
      ),
    );
  });
  return Promise.race([answer, sleep(RETRY_MS * 2)]);
}

async function interrupt(
  session: Session,
  { id, run }: Extract<Command, { op: 'interrupt' }>,
  say: (message: BridgeMessage) => void,
): Promise<void> {
  const startMs = Date.now();
  let signalled = false;
  let busySinceMs: number | undefined;
  await evaluate(session, `${INTERRUPTER}.cancel(${run})`);
  let settled = await evaluate(session, `${INTERRUPTER}.settle(${run})`);
  while (settled !== true && Date.now() - startMs < GIVE_UP_MS) {
    if (settled === undefined) busySinceMs = undefined;
    else busySinceMs ??= Date.now();
    if (settled === undefined && !signalled && Date.now() - startMs > SIGNAL_AFTER_MS) {
      // Native code waits, perhaps for a child process: give that what a terminal would.
      signalled = true;
      process.kill(-process.pid, 'SIGINT');
    }
    // What is about to return by itself must not be terminated on its way out.
    if (busySinceMs !== undefined && Date.now() - busySinceMs >= HOOK_MS) {
      await evaluate(session, `${INTERRUPTER}.terminate()`);
    }
    await sleep(2);
    settled = await evaluate(session, `${INTERRUPTER}.settle(${run})`);
  }
  say({ type: 'interrupted', id, stopped: settled === true });
}

if (parentPort !== null) runBridge(parentPort);
