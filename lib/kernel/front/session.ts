/**
 * A session process, seen from the front: started, fed with commands, read
 * from with back-pressure, and ended together with everything it started.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { InkwellError } from '../../core/errors';
import {
  ANSWER_FD,
  type Answer,
  type BridgeMessage,
  COMMAND_FD,
  type Command,
  EVENT_FD,
  FrameReader,
  type Question,
  type SessionEvent,
  toFrame,
} from '../session/channel';
import { createNativeScanner } from './native';

/** How a session ended. */
export interface SessionEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What the code gave to `process.exit`; undefined where it did not call it. */
  readonly exitCode: number | undefined;
  /** The last that it wrote to stderr natively: V8 says there why it died. */
  readonly lastWords: string;
}

export interface SessionHandlers {
  /** Awaited before the next event is read: that is the back-pressure. */
  onEvent(event: SessionEvent): Promise<void> | void;
  onNative(name: 'stdout' | 'stderr', text: string): Promise<void>;
  onBridge(message: BridgeMessage): void;
  onQuestion(question: Question): Promise<Answer>;
  /** Called once, after the last event. */
  onEnd(end: SessionEnd): void;
}

export interface SessionProcess {
  readonly pid: number | undefined;
  send(command: Command): void;
  /** Ends it and every process of its group, at once. */
  kill(): void;
  readonly ended: boolean;
}

/** Modules of V8's own are for imported files that await at top level. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
const LAST_WORDS = 4000;
const MARK_PATIENCE_MS = 250;

export interface SessionOptions {
  /** The folder that cells run in. */
  readonly directory: string;
}

/** Starts a session. */
export function startSession(handlers: SessionHandlers, { directory }: SessionOptions): SessionProcess {
  const main = path.join(__dirname, '..', 'session', 'main.js');
  // A process group of its own: a terminal's Ctrl-C does not reach it, and one
  // signal ends it with all its children.
  const child = spawn(process.execPath, [...NODE_FLAGS, main], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  if (child.pid === undefined) {
    // What is missing (open files, processes, memory) is told a moment later, to nobody else.
    child.once('error', () => {});
    throw new InkwellError('SESSION_START', 'the process that runs the cells could not be started', {
      hint: 'Too many files or processes may be open: allow more with `ulimit -n 1024`, or close some programs.',
    });
  }
  // The types know of five descriptors; there are as many as were asked for.
  const pipes = child.stdio as unknown as readonly Socket[];
  const commands = pipes[COMMAND_FD] as Socket;
  const answers = pipes[ANSWER_FD] as Socket;
  // Writing to a session that just died is no error of ours.
  for (const socket of [commands, answers]) socket.on('error', () => {});

  const state = { ended: false, exitCode: undefined as number | undefined, lastWords: '' };
  const reading = readAll(child, handlers, state, answers);
  whenClosed(child, (code, signal) => {
    state.ended = true;
    killGroup(child);
    reading.then(() => {
      const { exitCode, lastWords } = state;
      handlers.onEnd({ code, signal, exitCode, lastWords });
    });
  });
  return {
    pid: child.pid,
    send: (command) => void commands.write(toFrame(command)),
    kill: () => killGroup(child),
    get ended() {
      return state.ended;
    },
  };
}

function whenClosed(
  child: ChildProcess,
  done: (code: number | null, signal: NodeJS.Signals | null) => void,
): void {
  let told = false;
  const once = (code: number | null, signal: NodeJS.Signals | null): void => {
    if (told) return;
    told = true;
    done(code, signal);
  };
  child.on('exit', once);
  child.on('error', () => once(null, null));
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

interface ReadState {
  exitCode: number | undefined;
  lastWords: string;
}

async function readAll(
  child: ChildProcess,
  handlers: SessionHandlers,
  state: ReadState,
  answers: Socket,
): Promise<void> {
  const scanners = {
    stdout: createNativeScanner((text) => handlers.onNative('stdout', text)),
    stderr: createNativeScanner((text) => {
      state.lastWords = (state.lastWords + text).slice(-LAST_WORDS);
      return handlers.onNative('stderr', text);
    }),
  };

  async function onEvent(event: SessionEvent): Promise<void> {
    if (event.type === 'ask') {
      answers.write(toFrame(await handlers.onQuestion(event.question)));
      return;
    }
    if (event.type === 'exiting') state.exitCode = event.code;
    if (event.type === 'ready') {
      for (const scanner of Object.values(scanners)) scanner.setToken(event.token);
    }
    if (event.type === 'done') {
      await Promise.all(
        Object.values(scanners).map((scanner) => scanner.passed(event.run, MARK_PATIENCE_MS)),
      );
    }
    await handlers.onEvent(event);
  }

  const events = new FrameReader<SessionEvent>();
  const bridge = new FrameReader<BridgeMessage>();
  await Promise.all([
    each(child.stdout, (bytes) => scanners.stdout.push(bytes)),
    each(child.stderr, (bytes) => scanners.stderr.push(bytes)),
    each(child.stdio[EVENT_FD] as Readable, async (bytes) => {
      for (const event of events.push(bytes)) await onEvent(event);
    }),
    each(child.stdio[COMMAND_FD] as Readable, async (bytes) => {
      for (const message of bridge.push(bytes)) handlers.onBridge(message);
    }),
  ]);
}

/** Chunks that may wait for the action before them. */
const CHUNKS_AHEAD = 4;

/** Reads a stream to its end, one action after the other; where they are slow, it is not read on. */
function each(stream: Readable | null, action: (bytes: Buffer) => Promise<void>): Promise<void> {
  if (stream === null) return Promise.resolve();
  let waiting = 0;
  let acting: Promise<void> = Promise.resolve();
  const done = (): void => {
    waiting--;
    if (stream.isPaused()) stream.resume();
  };
  stream.on('data', (bytes: Buffer) => {
    if (++waiting > CHUNKS_AHEAD) stream.pause();
    acting = acting.then(() => action(bytes)).then(done, done);
  });
  // The pipe may break with the session: what came before has been read.
  stream.on('error', () => {});
  return new Promise((resolve) => stream.once('close', () => acting.then(resolve)));
}
