/**
 * A running kernel as its user sees it: start, execute, interrupt, shut down.
 *
 * Executing waits for both the reply and the `idle` that closes the cell's
 * output, as every Jupyter client does. A kernel that dies is noticed at once,
 * with its exit status and last words; one that hangs is interrupted, then
 * killed.
 */
import { randomUUID } from 'node:crypto';
import { codeOf, InkwellError, messageOf } from '../core/errors';
import { type JsonObject, type Message, messageBuilder, parentId } from '../core/jupyter/message';
import type { Output } from '../notebook/format';
import { type Channels, type Listener, openChannels } from './channels';
import { type ConnectionFile, createConnectionFile } from './connection';
import { type Execution, executionOf } from './execution';
import { deathError, type KernelProcess, startProcess } from './kernel-process';
import type { KernelSpec } from './kernelspecs';
import { type DisplayRegistry, OutputCollector } from './outputs';
import { limitTime } from './time-limit';

export interface StartKernelOptions {
  /** The kernel's working directory. */
  readonly directory: string;
  /** Added to the environment; undefined removes a name. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** How long a kernel may take to answer after its start, in ms (default 60,000). */
  readonly startTimeoutMs?: number;
  /** Gives the start up when it is aborted. */
  readonly signal?: AbortSignal;
}

export interface ExecuteOptions {
  /** Interrupt the cell after so many ms (default: never). */
  readonly timeoutMs?: number;
  /** Called after each change with the outputs so far. */
  readonly onOutput?: (outputs: readonly Output[]) => void;
  /** Interrupts the cell when it is aborted. */
  readonly signal?: AbortSignal;
  /** After an interrupt, how long the cell may take to end before the kernel is killed, ms (default 10,000). */
  readonly interruptGraceMs?: number;
}

/** After the reply, how long a kernel may take to say `idle`. tslab loses it at times. */
const IDLE_GRACE_MS = 4000;

const running = new Set<Kernel>();
let cleaning = false;

/** No kernel outlives this process, however it ends (a SIGKILL aside). */
function cleanOnExit(): void {
  if (cleaning) return;
  cleaning = true;
  process.on('exit', () => {
    for (const kernel of running) kernel.abandon();
  });
}

export class Kernel {
  readonly spec: KernelSpec;
  readonly #process: KernelProcess;
  readonly #file: ConnectionFile;
  readonly #channels: Channels;
  readonly #build = messageBuilder(randomUUID(), 'inkwell');
  readonly #displays: DisplayRegistry = new Map();
  readonly #replies = new Map<string, Listener>();
  readonly #published = new Map<string, Listener>();
  #heard = false;
  /** Why a message of the kernel could not be read; it was killed then. */
  #refused: unknown;

  private constructor(spec: KernelSpec, kernelProcess: KernelProcess, file: ConnectionFile) {
    this.spec = spec;
    this.#process = kernelProcess;
    this.#file = file;
    this.#channels = openChannels(file.info, {
      reply: (message) => this.#replies.get(parentId(message) ?? '')?.(message),
      iopub: (message) => {
        this.#heard = true;
        this.#published.get(parentId(message) ?? '')?.(message);
      },
      failed: (error) => {
        this.#refused ??= error;
        this.kill();
      },
    });
    running.add(this);
    cleanOnExit();
  }

  /** The kernel's process id. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Settles when the kernel's process ends. */
  get ended(): KernelProcess['ended'] {
    return this.#process.ended;
  }

  /**
   * Starts a kernel and waits until it answers and its output is heard.
   *
   * @throws InkwellError `KERNEL_DIED` with its last words, `KERNEL_START` where it does not answer in time;
   *   the signal's reason where that is aborted.
   */
  static async start(spec: KernelSpec, options: StartKernelOptions): Promise<Kernel> {
    const { signal, startTimeoutMs = 60_000 } = options;
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const file = await createConnectionFile(spec.name);
      const kernel = new Kernel(spec, startProcess(spec, file.path, options), file);
      try {
        await unlessAborted(kernel.#ready(startTimeoutMs), signal);
        return kernel;
      } catch (error) {
        await kernel.#release();
        // Another program may have taken one of our ports in the meantime.
        const portTaken = codeOf(error) === 'KERNEL_DIED' && /EADDRINUSE|in use/i.test(String(error));
        if (!portTaken || attempt === 3) throw error;
      }
    }
  }

  async #ready(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    // A subscriber that joins late misses the first messages: ask until both sides are heard.
    for (;;) {
      const reply = await this.#ask('shell', 'kernel_info_request', {}, Math.min(500, timeoutMs));
      if (reply !== undefined && this.#heard) return;
      if (Date.now() > deadline) {
        throw new InkwellError(
          'KERNEL_START',
          `the kernel "${this.spec.name}" did not answer in ${timeoutMs} ms`,
          {
            hint: `Its command is: ${this.spec.argv.join(' ')}`,
          },
        );
      }
    }
  }

  /** Sends a request; its reply, or undefined after the time. Throws where the kernel dies. */
  async #ask(
    channel: 'shell' | 'control',
    type: string,
    content: JsonObject,
    timeoutMs: number,
  ): Promise<Message | undefined> {
    const message = this.#build(type, { content });
    const id = message.header.msg_id;
    let timer: NodeJS.Timeout | undefined;
    try {
      const reply = new Promise<Message | undefined>((resolve) => {
        this.#replies.set(id, resolve);
        timer = setTimeout(resolve, timeoutMs, undefined);
      });
      await this.#channels.send(channel, message);
      return await Promise.race([reply, this.#deathDuring('while it started')]);
    } finally {
      clearTimeout(timer);
      this.#replies.delete(id);
    }
  }

  async #deathDuring(during: string): Promise<never> {
    const death = await this.#process.ended;
    if (this.#refused === undefined) throw deathError(this.spec.name, death, during);
    throw new InkwellError(
      'KERNEL_MESSAGE',
      `the kernel "${this.spec.name}" sent what cannot be read ${during}, and was killed: ${messageOf(this.#refused)}`,
      {
        hint: 'This is a fault of that kernel; see whether a newer version of it helps.',
        cause: this.#refused,
      },
    );
  }

  /**
   * Runs a cell's code.
   *
   * @throws InkwellError `KERNEL_DIED` at once where the kernel dies, `KERNEL_HANGS` where it had
   *   to be killed because it did not react to an interrupt.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<Execution> {
    const { timeoutMs, onOutput, signal, interruptGraceMs: graceMs } = options;
    const message = this.#build('execute_request', {
      content: {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
      },
    });
    const id = message.header.msg_id;
    const collector = new OutputCollector(this.#displays);
    const started = performance.now();
    const reply = new Promise<Message>((resolve) => this.#replies.set(id, resolve));
    const idle = this.#collect(id, collector, onOutput);
    const limit = limitTime({
      kernelName: this.spec.name,
      timeoutMs,
      signal,
      graceMs,
      interrupt: () => this.interrupt(),
      kill: () => this.kill(),
    });
    try {
      await this.#channels.send('shell', message);
      const answer = await Promise.race([reply, limit.hangs, this.#deathDuring('while it ran this cell')]);
      const gone = this.#process.ended.then(() => false as const);
      const complete = await Promise.race([idle, after(IDLE_GRACE_MS), gone]);
      const durationMs = performance.now() - started;
      return executionOf(answer, {
        outputs: collector.outputs,
        durationMs,
        complete,
        timedOut: limit.timedOut(),
      });
    } finally {
      limit.clear();
      this.#replies.delete(id);
      this.#published.delete(id);
    }
  }

  /** Collects what the kernel publishes for a request; resolves at its `idle`. */
  #collect(id: string, collector: OutputCollector, onOutput: ExecuteOptions['onOutput']): Promise<true> {
    return new Promise((resolve) => {
      this.#published.set(id, (published) => {
        if (published.header.msg_type === 'status') {
          if (published.content['execution_state'] === 'idle') resolve(true);
        } else if (collector.take(published)) onOutput?.(collector.outputs);
      });
    });
  }

  /** Asks the kernel to stop the running cell, the way its kernelspec says. */
  async interrupt(): Promise<void> {
    if (this.spec.interruptMode === 'signal') {
      this.#process.signal('SIGINT');
      return;
    }
    await this.#channels.send('control', this.#build('interrupt_request', { content: {} }));
  }

  /** Ends the kernel: politely, then (after 3 s) by force. Safe to call twice. */
  async shutdown(): Promise<void> {
    if (this.#process.death === undefined) {
      await this.#channels
        .send('control', this.#build('shutdown_request', { content: { restart: false } }))
        .catch(() => {});
      await Promise.race([this.#process.ended, after(3000)]);
    }
    await this.#release();
  }

  /** Ends the kernel, and takes its connection file along: this process ends. */
  abandon(): void {
    this.kill();
    this.#file.removeAtOnce();
  }

  /** Ends the kernel by force, at once. */
  kill(): void {
    this.#process.signal('SIGKILL');
  }

  async #release(): Promise<void> {
    this.kill();
    this.#channels.close();
    await this.#process.ended;
    running.delete(this);
    await this.#file.remove();
  }
}

/** What comes of some work; the signal's reason as an error as soon as that is aborted. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function after(durationMs: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, durationMs, false).unref());
}
