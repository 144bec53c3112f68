/** A contender: a process of its own that trains what it is told, and says how long steps took. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { InkwellError } from '../../core/errors';
import type { Workload } from './workloads';

/** How to start one. */
export interface ContenderCommand {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a contender says of itself. */
export interface ContenderFacts {
  readonly version: string;
  readonly threads: number;
}

/** What it measured: milliseconds of each step, and the last loss. */
export interface Run {
  readonly stepMs: readonly number[];
  readonly loss: number;
}

/** A compiler may take its time; a hang may not. */
const PATIENCE_MS = 300_000;

/** How much of what a process wrote to stderr is kept for an error. */
const KEPT_LETTERS = 2000;

export class Contender {
  private readonly process: ChildProcess;
  private readonly replies: AsyncIterator<string>;
  private errors = '';

  private constructor({ command, environment }: ContenderCommand) {
    const [program = '', ...args] = command;
    this.process = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.process.on('error', (error) => this.note(error.message));
    this.process.stdin?.on('error', () => {}); // it has ended: the missing reply tells
    this.process.stderr?.on('data', (chunk: Buffer) => this.note(String(chunk)));
    this.replies = createInterface(this.process.stdout as NodeJS.ReadableStream)[Symbol.asyncIterator]();
  }

  /** Starts one and waits until it is ready. Errors: InkwellError `BENCH_CONTENDER` where it ends before. */
  static async start(
    command: ContenderCommand,
  ): Promise<{ readonly contender: Contender; readonly facts: ContenderFacts }> {
    const contender = new Contender(command);
    try {
      return { contender, facts: (await contender.reply()) as ContenderFacts };
    } catch (error) {
      contender.stop();
      throw error;
    }
  }

  /** Makes a net ready and takes its first step. Errors: InkwellError `BENCH_CONTENDER` where it cannot. */
  async prepare(workload: Workload): Promise<void> {
    await this.ask({ do: 'prepare', workload });
  }

  /** Trains for about so long. */
  async run(ms: number): Promise<Run> {
    return (await this.ask({ do: 'run', ms })) as Run;
  }

  stop(): void {
    this.process.kill('SIGKILL');
  }

  private ask(request: object): Promise<object> {
    this.process.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.reply();
  }

  private async reply(): Promise<object> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.failure(`no reply for ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    });
    try {
      return await Promise.race([this.nextReply(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async nextReply(): Promise<object> {
    for (;;) {
      const { value, done } = await this.replies.next();
      if (done) throw this.failure(this.errors.trim().split('\n').at(-1) || 'it ended without a word');
      if (!value.startsWith('@')) continue; // a note that some library prints
      const message = JSON.parse(value.slice(1)) as object;
      if ('error' in message) throw this.failure(String(message.error));
      return message;
    }
  }

  private failure(why: string): InkwellError {
    return new InkwellError('BENCH_CONTENDER', why.split('\n')[0] ?? why);
  }

  private note(text: string): void {
    this.errors = (this.errors + text).slice(-KEPT_LETTERS);
  }
}
