/**
 * The host of the sessions: there is one at a time, started ahead of the first
 * cell and again after a crash. It knows which run belongs to which request,
 * so that late output finds its cell, and turns what sessions report into
 * messages.
 */
import type { Header, JsonObject } from '../../core/jupyter/message';
import type {
  Answer,
  BridgeMessage,
  Command,
  CommMessage,
  EvaluateCommand,
  Outcome,
  Question,
  SessionEvent,
} from '../session/channel';
import { reportCrash } from './crash';
import type { InputDesk } from './input';
import type { Iopub } from './iopub';
import { type SessionEnd, type SessionProcess, startSession } from './session';

/** A request that runs code, as far as output and input need it. */
export interface RunRequest {
  readonly parent: Header;
  readonly identities: readonly Buffer[];
  /** Nothing is broadcast. */
  readonly silent: boolean;
  readonly allowStdin: boolean;
  readonly executionCount: number;
  /** Aborted when an interrupt comes. */
  readonly signal: AbortSignal;
  /** The text of the result, for the history. */
  readonly onResult?: (text: string) => void;
}

export type EvaluateRequest = Omit<EvaluateCommand, 'op' | 'run' | 'allowStdin'>;

export interface Host {
  evaluate(request: RunRequest, cell: EvaluateRequest): Promise<Outcome>;
  comm(request: RunRequest, message: CommMessage): Promise<Outcome>;
  /** Stops the run under way; resolves when it stopped, false where it would not. */
  interrupt(): Promise<boolean>;
  /** Posts to the inspector of the session; rejects where it refuses. */
  inspector(method: string, params: JsonObject): Promise<JsonObject>;
  onInspectorEvent: ((method: string, params: JsonObject) => void) | undefined;
  /** Awaited before a cell is evaluated. */
  beforeEvaluate: ((cell: EvaluateRequest) => Promise<void>) | undefined;
  /** Called when an imported file was compiled for the session, before that has it. */
  onCompiled: ((file: string, sourceMap: string) => void) | undefined;
  /** Called when a session ended by itself. */
  onCrash: (() => void) | undefined;
  /** Open comms: id → target. */
  readonly comms: Readonly<Record<string, string>>;
  readonly pid: number | undefined;
  dispose(): void;
}

interface OpenRun {
  readonly id: number;
  readonly settle: (outcome: Outcome) => void;
}

/** Requests whose late output can still be placed. */
const REMEMBERED_RUNS = 2000;

export interface HostOptions {
  readonly directory: string;
  readonly iopub: Iopub;
  readonly desk: InputDesk;
}

/** A host, its first session starting. */
export function createHost({ directory, iopub, desk }: HostOptions): Host {
  const requests = new Map<number, RunRequest>();
  const replies = new Map<number, (message: BridgeMessage) => void>();
  let open: OpenRun[] = [];
  let cells: number[] = [];
  let comms: Readonly<Record<string, string>> = {};
  let runs = 0;
  let questions = 0;
  let disposed = false;
  let session: SessionProcess;

  function register(request: RunRequest): { id: number; outcome: Promise<Outcome> } {
    const id = ++runs;
    requests.set(id, request);
    if (requests.size > REMEMBERED_RUNS) requests.delete(id - REMEMBERED_RUNS);
    const outcome = new Promise<Outcome>((settle) => open.push({ id, settle }));
    return { id, outcome };
  }

  function close(id: number, outcome: Outcome): void {
    const run = open.find((candidate) => candidate.id === id);
    open = open.filter((candidate) => candidate.id !== id);
    run?.settle(outcome);
  }

  const requestOf = (run: number): RunRequest | undefined => requests.get(run) ?? requests.get(runs);

  async function onEvent(event: SessionEvent): Promise<void> {
    if (event.type === 'done') return close(event.run, event.outcome);
    if (event.type === 'targets') {
      comms = event.comms;
      return;
    }
    if (event.type === 'ready' || event.type === 'exiting' || event.type === 'ask') return;
    const request = requestOf(event.run);
    if (request === undefined || request.silent) return;
    await broadcast(event, request);
  }

  function broadcast(event: SessionEvent, request: RunRequest): Promise<void> | void {
    const { parent } = request;
    if (event.type === 'stream') return iopub.print(event.name, parent, event.text);
    if (event.type === 'clear') return iopub.publish('clear_output', parent, { wait: event.wait });
    if (event.type === 'input') {
      desk
        .ask(request, event.prompt, event.password)
        .then((value) => session.send({ op: 'input', id: event.id, value }));
      return;
    }
    if (event.type === 'comm') {
      const { kind, content, metadata, buffers } = event.message;
      const bytes = buffers.map((text) => Buffer.from(text, 'base64'));
      return iopub.publish(kind, parent, content, { metadata, buffers: bytes });
    }
    if (event.type === 'display') {
      const { kind, data, metadata, transient } = event;
      if (kind !== 'execute_result') return iopub.publish(kind, parent, { data, metadata, transient });
      const text = data['text/plain'];
      if (typeof text === 'string') request.onResult?.(text);
      return iopub.publish(kind, parent, { data, metadata, execution_count: request.executionCount });
    }
  }

  async function onNative(name: 'stdout' | 'stderr', text: string): Promise<void> {
    const request = requests.get(open[0]?.id ?? runs);
    if (request !== undefined && !request.silent) await iopub.print(name, request.parent, text);
  }

  async function onQuestion(question: Question): Promise<Answer> {
    if (question.kind === 'compile') {
      const { compileImported } = require('./imported') as typeof import('./imported');
      const answer = await compileImported(question.path, question.format);
      if (answer.kind === 'compiled') host.onCompiled?.(question.path, answer.sourceMap);
      return answer;
    }
    const request = requestOf(question.run);
    const value = request === undefined ? null : await desk.ask(request, question.prompt, question.password);
    if (value !== null) return { kind: 'input', value };
    return { kind: 'refused', name: 'Interrupted', message: 'the question was withdrawn' };
  }

  function onBridge(message: BridgeMessage): void {
    if (message.type === 'inspector-event') {
      host.onInspectorEvent?.(message.method, message.params);
      return;
    }
    replies.get(message.id)?.(message);
    replies.delete(message.id);
  }

  function onEnd(end: SessionEnd): void {
    const report = reportCrash(end, cells);
    const interrupted = open;
    open = [];
    cells = [];
    comms = {};
    for (const [id, reply] of replies) reply({ type: 'inspector-reply', id, error: 'the session ended' });
    replies.clear();
    desk.withdraw();
    if (disposed) return;
    session = start();
    host.onCrash?.();
    for (const { settle } of interrupted) settle({ status: 'error', ...report });
  }

  const start = (): SessionProcess =>
    startSession({ onEvent, onNative, onBridge, onQuestion, onEnd }, { directory });

  function askBridge(make: (id: number) => Command): Promise<BridgeMessage> {
    const id = ++questions;
    return new Promise((resolve) => {
      replies.set(id, resolve);
      session.send(make(id));
    });
  }

  const host: Host = {
    onInspectorEvent: undefined,
    beforeEvaluate: undefined,
    onCompiled: undefined,
    onCrash: undefined,
    get comms() {
      return comms;
    },
    get pid() {
      return session.pid;
    },
    async evaluate(request, cell) {
      const { id, outcome } = register(request);
      await host.beforeEvaluate?.(cell);
      if (cell.result === 'publish') cells.push(request.executionCount);
      session.send({ op: 'evaluate', run: id, allowStdin: request.allowStdin, ...cell });
      return outcome;
    },
    comm(request, message) {
      const { id, outcome } = register(request);
      session.send({ op: 'comm', run: id, message });
      return outcome;
    },
    async interrupt() {
      const run = open.at(-1)?.id;
      if (run === undefined) return true;
      desk.withdraw();
      const message = await askBridge((id) => ({ op: 'interrupt', id, run }));
      return message.type === 'interrupted' ? message.stopped : true;
    },
    async inspector(method, params) {
      const message = await askBridge((id) => ({ op: 'inspector', id, method, params }));
      if (message.type !== 'inspector-reply') throw new Error(`${method}: unexpected ${message.type}`);
      if (message.error !== undefined) throw new Error(`${method}: ${message.error}`);
      return message.result ?? {};
    },
    dispose() {
      disposed = true;
      session.kill();
    },
  };
  session = start();
  return host;
}
