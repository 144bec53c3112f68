/**
 * `execute_request`s, one after another: what is broadcast and answered around
 * a cell. When one fails and its client asked to stop on errors, those that
 * wait already are answered `aborted`, no others.
 */
import { messageOf } from '../../core/errors';
import type { CellSource } from '../cells/source';
import type { Outcome } from '../session/channel';
import { type CellRunner, createCellRunner } from './cell';
import type { KernelContext, Request } from './context';
import type { RunRequest } from './host';
import { inspectName } from './pager';

export interface Executor {
  /** Queues an `execute_request`. */
  execute(request: Request): void;
  /** Queues something else behind the cells that wait, though not behind the one that runs. */
  afterWaiting(action: () => Promise<void>): void;
  /** Stops the cell that runs and resolves when it stopped. */
  interrupt(): Promise<boolean>;
  /** The session ended by itself. */
  sessionEnded(): void;
  /** The cell that runs. */
  readonly current: Request | undefined;
  readonly executionCount: number;
}

interface Cell {
  readonly code: string;
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly allowStdin: boolean;
  readonly stopOnError: boolean;
  readonly expressions: Readonly<Record<string, unknown>>;
}

type Job =
  | { readonly kind: 'cell'; readonly request: Request }
  | { readonly kind: 'other'; readonly action: () => Promise<void> };

function readCell({ content }: Request['message']): Cell {
  const flag = (name: string, otherwise: boolean): boolean =>
    typeof content[name] === 'boolean' ? content[name] : otherwise;
  const { code, user_expressions: expressions } = content;
  if (typeof code !== 'string')
    throw new TypeError(`execute_request: code must be a string, got ${typeof code}`);
  const silent = flag('silent', false);
  return {
    code,
    silent,
    storeHistory: !silent && flag('store_history', true),
    allowStdin: flag('allow_stdin', true),
    stopOnError: flag('stop_on_error', true),
    expressions: typeof expressions === 'object' && expressions !== null ? { ...expressions } : {},
  };
}

/** An executor over one kernel. */
export function createExecutor(context: KernelContext): Executor {
  const { iopub, reply, history, host, types, check } = context;
  const runner: CellRunner = createCellRunner(host, types, check);
  const waiting: Job[] = [];
  let current: Request | undefined;
  let count = 0;
  let expressionCount = 0;
  let working = false;
  let interruption = new AbortController();

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      try {
        await (job.kind === 'cell' ? runRequest(job.request) : job.action());
      } catch (thrown) {
        context.log(messageOf(thrown));
      }
    }
    working = false;
  }

  async function runRequest(request: Request): Promise<void> {
    const parent = request.message.header;
    const startedAt = new Date().toISOString();
    current = request;
    interruption = new AbortController();
    iopub.status('busy', parent);
    try {
      const cell = readCell(request.message);
      const { content, failed } = await runCell(request, cell);
      // What waits at this moment was sent before the client could know of the error.
      const aborted = failed && cell.stopOnError ? takeCells() : [];
      await iopub.flush();
      await reply(request, 'execute_reply', content, { started: startedAt, dependencies_met: true });
      current = undefined;
      await iopub.status('idle', parent);
      for (const other of aborted) await abort(other);
    } catch (thrown) {
      current = undefined;
      await reply(request, 'execute_reply', { ...errorContent(thrown), execution_count: count });
      await iopub.status('idle', parent);
    }
  }

  async function runCell(
    request: Request,
    cell: Cell,
  ): Promise<{ content: Record<string, unknown>; failed: boolean }> {
    const { header: parent, identities } = request.message;
    const { code, silent, storeHistory, allowStdin } = cell;
    const blank = code.trim() === '';
    if (storeHistory && !blank) history.add(++count, code);
    const executionCount = count;
    if (!silent) iopub.publish('execute_input', parent, { code, execution_count: executionCount });

    const run: RunRequest = {
      parent,
      identities,
      silent,
      allowStdin,
      executionCount,
      signal: interruption.signal,
      onResult: (text) => history.setOutput(executionCount, text),
    };
    const base = { execution_count: executionCount, user_expressions: {}, payload: [] as unknown[] };
    const page = await inspectName(types, code);
    if (page !== undefined) return { content: { status: 'ok', ...base, payload: [page] }, failed: false };

    const name = storeHistory
      ? `cell-${executionCount}.ts`
      : `cell-${executionCount}-${++expressionCount}.ts`;
    const source = { code, name, directory: context.directory };
    const warn = (text: string): void => {
      if (!silent) iopub.print('stderr', parent, text);
    };
    const outcome: Outcome = blank ? { status: 'ok' } : await runner.run(source, run, warn);
    if (outcome.status === 'ok') {
      const user_expressions = await evaluateAll(cell.expressions, run);
      return { content: { status: 'ok', ...base, user_expressions }, failed: false };
    }
    const { ename, evalue, traceback } = outcome;
    if (!silent) iopub.publish('error', parent, { ename, evalue, traceback });
    return { content: { ...base, status: 'error', ename, evalue, traceback }, failed: true };
  }

  async function evaluateAll(
    expressions: Readonly<Record<string, unknown>>,
    run: RunRequest,
  ): Promise<Record<string, unknown>> {
    const results: Record<string, unknown> = {};
    for (const [key, code] of Object.entries(expressions)) {
      const source: CellSource = {
        code: String(code),
        name: `expression-${++expressionCount}.ts`,
        directory: context.directory,
      };
      const outcome = await runner.expression(source, run);
      if (outcome.status === 'ok') {
        results[key] = { status: 'ok', data: outcome.bundle ?? {}, metadata: outcome.metadata ?? {} };
      } else {
        const { ename, evalue, traceback } = outcome;
        results[key] = { status: 'error', ename, evalue, traceback };
      }
    }
    return results;
  }

  function takeCells(): Request[] {
    const cells = waiting.flatMap((job) => (job.kind === 'cell' ? [job.request] : []));
    const others = waiting.filter((job) => job.kind === 'other');
    waiting.splice(0, waiting.length, ...others);
    return cells;
  }

  async function abort(request: Request): Promise<void> {
    const parent = request.message.header;
    iopub.status('busy', parent);
    await reply(request, 'execute_reply', {
      status: 'aborted',
      execution_count: count,
      user_expressions: {},
      payload: [],
    });
    await iopub.status('idle', parent);
  }

  return {
    execute(request) {
      waiting.push({ kind: 'cell', request });
      work();
    },
    afterWaiting(action) {
      if (waiting.every((job) => job.kind !== 'cell') && working) {
        // Only the running cell is before it, and that may be waiting for this very message.
        action().catch((thrown: unknown) => context.log(messageOf(thrown)));
        return;
      }
      waiting.push({ kind: 'other', action });
      work();
    },
    async interrupt() {
      if (current === undefined) return true;
      interruption.abort();
      return host.interrupt();
    },
    sessionEnded: () => runner.forget(),
    get current() {
      return current;
    },
    get executionCount() {
      return count;
    },
  };
}

/** The content of an error reply for something that the kernel itself found wrong. */
export function errorContent(thrown: unknown): Record<string, unknown> {
  const ename = thrown instanceof Error ? thrown.name : 'Error';
  const evalue = messageOf(thrown);
  return { status: 'error', ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
