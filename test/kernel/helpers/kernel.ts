/**
 * A kernel process and a client of it for tests: real sockets, real
 * messages, nothing in between.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonObject, type Message, messageBuilder, parentId } from 'inkwell/core/jupyter/message';
import { type Codec, createCodec } from 'inkwell/core/jupyter/wire';
import { Dealer, Subscriber } from 'zeromq';
import { until } from '../../measure/until';

export interface CellRun {
  readonly reply: JsonObject;
  /** Everything broadcast for the cell but its status and its input. */
  readonly outputs: ReadonlyArray<{ readonly type: string; readonly content: JsonObject }>;
  /** The texts on stdout, joined. */
  readonly stdout: string;
  readonly stderr: string;
  /** `text/plain` of the result. */
  readonly result: string | undefined;
  readonly error:
    | { readonly ename: string; readonly evalue: string; readonly traceback: string[] }
    | undefined;
}

export interface TestKernel {
  readonly process: ChildProcess;
  readonly folder: string;
  readonly connectionFile: string;
  readonly codec: Codec;
  readonly ports: Readonly<Record<string, number>>;
  readonly shell: Dealer;
  readonly control: Dealer;
  /** Everything broadcast so far. */
  readonly broadcast: Message[];
  /** Answers `input_request`s in turn. */
  onInput: ((prompt: string) => string) | undefined;
  /** Runs a cell and waits for its reply and its `idle`. */
  run(code: string, content?: JsonObject): Promise<CellRun>;
  /** Sends an `execute_request` without waiting. */
  start(code: string, content?: JsonObject): Promise<Started>;
  request(type: string, content: JsonObject, channel?: 'shell' | 'control'): Promise<Message>;
  /** Sends a message to which no reply comes. */
  tell(type: string, content: JsonObject): Promise<string>;
  waitFor(what: string, found: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface Started {
  readonly id: string;
  done(): Promise<CellRun>;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const KERNEL = path.resolve(path.dirname(require.resolve('inkwell/package.json')), 'bin', 'kernel.js');

/** Starts a kernel in a fresh folder and connects to it. */
export async function startKernel({ args = [], folder, env = {} }: StartOptions = {}): Promise<TestKernel> {
  const home = folder ?? mkdtempSync(path.join(tmpdir(), 'inkwell-kernel-'));
  const connectionFile = path.join(home, `connection-${randomUUID()}.json`);
  const child = spawn(process.execPath, [KERNEL, '-f', connectionFile, ...args], {
    cwd: home,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    log = (log + bytes.toString()).slice(-4000);
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await until('the kernel', () => existsSync(connectionFile) || hasEnded()).catch(() => {});
  if (!existsSync(connectionFile)) {
    child.kill('SIGKILL');
    throw new Error(`the kernel did not start: ${log}`);
  }
  const info = JSON.parse(readFileSync(connectionFile, 'utf8')) as Record<string, number> & {
    key: string;
    ip: string;
  };
  return connect(child, home, connectionFile, info, folder === undefined);
}

async function connect(
  child: ChildProcess,
  folder: string,
  connectionFile: string,
  info: Record<string, number> & { key: string; ip: string },
  ownsFolder: boolean,
): Promise<TestKernel> {
  const codec = createCodec(info.key);
  const build = messageBuilder(randomUUID(), 'test');
  const routingId = randomUUID();
  const shell = new Dealer({ routingId, linger: 0 });
  const control = new Dealer({ routingId: randomUUID(), linger: 0 });
  const stdin = new Dealer({ routingId, linger: 0 });
  const iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  const address = (port: string): string => `tcp://${info.ip}:${info[`${port}_port`]}`;
  shell.connect(address('shell'));
  control.connect(address('control'));
  stdin.connect(address('stdin'));
  iopub.connect(address('iopub'));
  iopub.subscribe('');

  const shared: { onInput?: ((prompt: string) => string) | undefined } = {};
  const broadcast: Message[] = [];
  const replies = new Map<string, Message>();
  const listening = [
    (async () => {
      for await (const frames of iopub) broadcast.push(codec.decode(frames));
    })(),
    ...[shell, control].map(async (socket) => {
      for await (const frames of socket) {
        const message = codec.decode(frames);
        replies.set(parentId(message) ?? '', message);
      }
    }),
    (async () => {
      for await (const frames of stdin) {
        const { header, content } = codec.decode(frames);
        const value = shared.onInput?.(String(content['prompt']));
        if (value !== undefined)
          await stdin.send(codec.encode(build('input_reply', { content: { value }, parent: header })));
      }
    })(),
  ];

  async function send(socket: Dealer, type: string, content: JsonObject): Promise<string> {
    const message = build(type, { content });
    await socket.send(codec.encode(message));
    return message.header.msg_id;
  }

  const isIdle = (id: string) => (message: Message) =>
    parentId(message) === id && message.content['execution_state'] === 'idle';

  async function finished(id: string, code: string): Promise<CellRun> {
    await until(`the reply to ${code}`, () => replies.has(id));
    await until(`idle after ${code}`, () => broadcast.some(isIdle(id)));
    const outputs = broadcast
      .filter((message) => parentId(message) === id)
      .map(({ header, content }) => ({ type: header.msg_type, content }))
      .filter(({ type }) => type !== 'status' && type !== 'execute_input');
    const text = (name: string): string =>
      outputs
        .filter(({ type, content }) => type === 'stream' && content['name'] === name)
        .map(({ content }) => String(content['text']))
        .join('');
    const result = outputs.find(({ type }) => type === 'execute_result')?.content['data'] as
      | JsonObject
      | undefined;
    return {
      reply: replies.get(id)?.content ?? {},
      outputs,
      stdout: text('stdout'),
      stderr: text('stderr'),
      result: result?.['text/plain'] as string | undefined,
      error: outputs.find(({ type }) => type === 'error')?.content as CellRun['error'],
    };
  }

  const kernel: TestKernel = {
    process: child,
    folder,
    connectionFile,
    codec,
    ports: info,
    shell,
    control,
    broadcast,
    get onInput() {
      return shared.onInput;
    },
    set onInput(value) {
      shared.onInput = value;
    },
    waitFor: until,
    async start(code, content = {}) {
      const request = {
        code,
        silent: false,
        store_history: true,
        allow_stdin: true,
        stop_on_error: true,
        ...content,
      };
      const id = await send(shell, 'execute_request', request);
      return { id, done: () => finished(id, code.slice(0, 60)) };
    },
    run: async (code, content) => (await kernel.start(code, content)).done(),
    async request(type, content, channel = 'shell') {
      const id = await send(channel === 'shell' ? shell : control, type, content);
      await until(`the reply to ${type}`, () => replies.has(id));
      return replies.get(id) as Message;
    },
    tell: (type, content) => send(shell, type, content),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) {
        await Promise.race([
          new Promise((resolve) => child.once('exit', resolve)),
          sleep(30_000, undefined, { ref: false }),
        ]);
        // One that does not end would hold the output of the tests open.
        child.kill('SIGKILL');
      }
      for (const socket of [shell, control, stdin, iopub]) socket.close();
      await Promise.allSettled(listening);
      if (ownsFolder) rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await until('the welcome', () => broadcast.some(({ header }) => header.msg_type === 'iopub_welcome'));
  } catch (thrown) {
    await kernel.stop();
    throw thrown;
  }
  return kernel;
}
