/**
 * TypeScript's native language server, as the type service uses it: started
 * when it is first needed, started again when it dies. Every document lives in
 * its memory only; what was opened is opened again in a new process, so that
 * nothing is lost but time.
 */
import { InkwellError } from '../../core/errors';
import { Conversation, RefusedError } from './conversation';
import { hasEnded, hasOutgrown, MEMORY_LIMIT_MB, spawnServer } from './process';

export { uriOf } from './conversation';

/** A server that dies, or says nothing, this often over one request is not asked again. */
const ATTEMPTS = 3;

export interface LanguageServerOptions {
  /** How long an answer may take before the server is taken for hung and ended, ms; default one minute. */
  readonly patienceMs?: number;
  /** What a server may hold before it goes on in one without a limit, MiB; default `MEMORY_LIMIT_MB`. */
  readonly memoryLimitMb?: number;
}

export class LanguageServer {
  readonly #documents = new Map<string, string>();
  readonly #patienceMs: number;
  readonly #memoryLimitMb: number;
  #isLimited = true;
  #running: Conversation | undefined;
  #disposed = false;

  constructor({ patienceMs = 60_000, memoryLimitMb = MEMORY_LIMIT_MB }: LanguageServerOptions = {}) {
    this.#patienceMs = patienceMs;
    this.#memoryLimitMb = memoryLimitMb;
  }

  /** The process id of the running server; undefined where none runs. */
  get processId(): number | undefined {
    return this.#running?.alive === true ? this.#running.process.pid : undefined;
  }

  /** Sets the text of a document at an absolute path, which need not exist on disk; returns whether it changed. */
  setDocument(path: string, text: string): boolean {
    if (this.#documents.get(path) === text) return false;
    this.#documents.set(path, text);
    if (this.#running?.alive === true) this.#running.setDocument(path, text);
    return true;
  }

  /** Has the server work on something whose answer nobody needs. Loads nothing, and waits for nothing. */
  prepare(method: string, parameters: object): void {
    this.#start().prepare(method, parameters);
  }

  /** Asks the server; where it dies meanwhile, a new one. Errors: InkwellError `TYPES_SERVER`. */
  async request<Result>(method: string, parameters: object): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const running = this.#start();
      try {
        const answer = running.request<Result>(method, parameters);
        return await within(this.#patienceMs, Promise.race([answer, running.closed]));
      } catch (cause) {
        if (!(cause instanceof RefusedError)) await running.end();
        if (running.alive || this.#disposed || attempt === ATTEMPTS) throw serverError(method, cause);
      }
    }
  }

  /** Tells a running server that files changed on disk. */
  filesChanged(paths: readonly string[]): void {
    if (this.#running?.alive === true) this.#running.filesChanged(paths);
  }

  /** Ends the running server; the next request starts another. */
  restart(): void {
    this.#running?.stop();
    this.#running = undefined;
  }

  /** Ends the server for good; resolves when its process is gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const child = this.#running?.process;
    this.restart();
    this.#documents.clear();
    if (child === undefined || hasEnded(child)) return;
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  }

  #start(): Conversation {
    if (this.#disposed) throw new InkwellError('TYPES_SERVER', 'the type service was disposed of');
    if (this.#running?.alive === true && !this.#outgrew(this.#running)) return this.#running;
    const running = new Conversation(spawnServer({ limited: this.#isLimited }));
    for (const [path, text] of this.#documents) running.setDocument(path, text);
    this.#running = running;
    return running;
  }

  /** Whether the running server needs more memory than it may have; if so it is ended, and the next may have more. */
  #outgrew({ process: child }: Conversation): boolean {
    if (!this.#isLimited || !hasOutgrown(child, this.#memoryLimitMb)) return false;
    this.#isLimited = false;
    this.restart();
    return true;
  }
}

function serverError(method: string, cause: unknown): Error {
  if (cause instanceof InkwellError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new InkwellError(
    'TYPES_SERVER',
    `TypeScript's language server did not answer ${method}: ${detail}`,
    {
      hint: 'Restart the kernel; where that does not help, reinstall the packages.',
      cause,
    },
  );
}

/** An answer, or an error where it takes longer. */
async function within<Result>(patienceMs: number, answer: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
