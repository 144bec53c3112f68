/** The least client that can time a kernel: it starts one, runs cells, and stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import { InkwellError } from '../../core/errors';
import { type ConnectionInfo, freshConnection, writeConnection } from '../../core/jupyter/connection';
import { type JsonObject, messageBuilder, parentId } from '../../core/jupyter/message';
import { withFreePorts } from '../../core/jupyter/ports';
import { createCodec } from '../../core/jupyter/wire';

export interface TimedKernel {
  readonly pid: number;
  /** From the start of its process to its first `kernel_info_reply`, ms. */
  readonly startMs: number;
  /** From sending a cell to its reply and `idle`, ms. Errors: InkwellError `BENCH_CELL` where the cell fails. */
  cell(code: string): Promise<number>;
  stop(): void;
}

const PATIENCE_MS = 60_000;

/**
 * Starts a kernel and waits for its `kernel_info_reply`.
 *
 * @param argv as in a kernelspec: `{connection_file}` stands for the file
 */
export async function startTimed(argv: readonly string[], directory: string): Promise<TimedKernel> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-bench-'));
  const file = path.join(folder, 'connection.json');
  const connection = await withFreePorts(freshConnection());
  writeConnection(file, connection);
  const startedMs = performance.now();
  const [command = '', ...args] = argv.map((word) => word.replace('{connection_file}', file));
  const child = spawn(command, args, { cwd: directory, detached: true, stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => {});
  const session = connect(connection);
  const stop = (): void => {
    session.close();
    endGroup(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await withPatience(Promise.race([session.ask('kernel_info_request', {}), failed]), 'kernel_info');
  } catch (thrown) {
    stop();
    throw thrown;
  }
  const startMs = performance.now() - startedMs;
  await subscribed(session);
  return {
    pid: child.pid ?? 0,
    startMs,
    async cell(code) {
      const sentMs = performance.now();
      const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
      const reply = await withPatience(session.ask('execute_request', content), code);
      const tookMs = performance.now() - sentMs;
      if (reply['status'] === 'error')
        throw new InkwellError('BENCH_CELL', `${code}: ${String(reply['evalue'])}`);
      return tookMs;
    },
    stop,
  };
}

/** Waits until broadcasts arrive: a subscription takes a moment longer than a connection. */
async function subscribed(session: Session): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const heard = session.ask('kernel_info_request', {}, true).then(() => true);
    if (await Promise.race([heard, sleep(250, false)])) return;
  }
}

function endGroup(child: ChildProcess): void {
  // Without a process there is no group, and group 0 would be our own.
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function withPatience<T>(answer: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new InkwellError(
      'BENCH_TIMEOUT',
      `no answer within ${PATIENCE_MS / 1000} s: ${what.slice(0, 80)}`,
    );
    timer = setTimeout(() => reject(error), PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

interface Session {
  /** Resolves to the reply's content; with `needsIdle` (default: for cells), when `idle` came too. */
  ask(type: string, content: JsonObject, needsIdle?: boolean): Promise<JsonObject>;
  close(): void;
}

function connect({ key, ports }: ConnectionInfo): Session {
  const codec = createCodec(key);
  const build = messageBuilder(randomUUID(), 'bench');
  // ZeroMQ tries again every 100 ms by default, which is how exact a start would be measured.
  const options = { linger: 0, reconnectInterval: 10 } as const;
  const shell = new Dealer({ ...options, routingId: randomUUID() });
  const iopub = new Subscriber(options);
  shell.connect(`tcp://127.0.0.1:${ports.shell}`);
  iopub.connect(`tcp://127.0.0.1:${ports.iopub}`);
  iopub.subscribe('');
  interface Open {
    reply?: JsonObject;
    idle?: boolean;
    readonly needsIdle: boolean;
    resolve(reply: JsonObject): void;
  }
  const open = new Map<string, Open>();

  function note(id: string, change: Partial<Open>): void {
    const request = open.get(id);
    if (request === undefined) return;
    Object.assign(request, change);
    if (request.reply === undefined || (request.needsIdle && request.idle !== true)) return;
    open.delete(id);
    request.resolve(request.reply);
  }

  async function listen(socket: AsyncIterable<Buffer[]>, isShell: boolean): Promise<void> {
    for await (const frames of socket) {
      const message = codec.decode(frames);
      const { content } = message;
      const id = parentId(message) ?? '';
      if (isShell) note(id, { reply: content });
      else if (content['execution_state'] === 'idle') note(id, { idle: true });
    }
  }
  listen(shell, true);
  listen(iopub, false);

  return {
    ask(type, content, needsIdle = type === 'execute_request') {
      const message = build(type, { content });
      return new Promise((resolve) => {
        // The subscription may not stand yet when the first request is answered.
        open.set(message.header.msg_id, { needsIdle, resolve });
        shell.send(codec.encode(message));
      });
    },
    close() {
      shell.close();
      iopub.close();
    },
  };
}
