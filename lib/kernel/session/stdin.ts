/**
 * Asking the reader: `prompt`, `confirm` and `alert`, which block as in a
 * browser, and `process.stdin`, which `readline` reads.
 */
import { Readable } from 'node:stream';
import { currentRun, type Run } from './context';
import { ask, emit } from './pipes';

/** What is thrown where the client forbids input. */
export class StdinNotAllowed extends Error {
  override readonly name: string = 'StdinNotAllowed';
  readonly #run: Run;

  constructor(what: string, run: Run) {
    super(`${what}: this client does not let the kernel ask for input (allow_stdin is false)`);
    this.#run = run;
  }

  /**
   * Fails the cell that asked, where it would wait for ever: `readline`'s
   * `question` never answers when its stream ends in an error. False where
   * the cell is through already.
   */
  failCell(): boolean {
    const { finished, fail } = this.#run;
    if (finished || fail === undefined) return false;
    fail(this);
    return true;
  }
}

export interface AskOptions {
  /** Hide what is typed; default false. */
  readonly password?: boolean;
  /** The function that asks, for the error. */
  readonly what?: string;
}

/** Asks and waits. Errors: StdinNotAllowed at once where the client forbids it; Interrupted. */
export function askReader(prompt: string, options: AskOptions = {}): string {
  const { password = false, what = 'prompt' } = options;
  const run = currentRun();
  if (!run.allowStdin) throw new StdinNotAllowed(what, run);
  const answer = ask({ kind: 'input', run: run.id, prompt, password });
  if (answer.kind === 'input') return answer.value;
  const { name, message } = answer.kind === 'refused' ? answer : { name: 'Error', message: 'no answer' };
  throw Object.assign(new Error(message), { name });
}

function prompt(message = '', defaultValue = ''): string | null {
  const text = String(message);
  const answer = askReader(text === '' || /\s$/.test(text) ? text : `${text} `);
  return answer === '' ? String(defaultValue) : answer;
}

function confirm(message = ''): boolean {
  return /^\s*(y|yes)\s*$/i.test(askReader(`${String(message)} [y/N] `, { what: 'confirm' }));
}

function alert(message = ''): void {
  askReader(`${String(message)} [Enter] `, { what: 'alert' });
}

/** Lines typed by the reader, asked for when somebody reads. */
class ReaderInput extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  private pending: number | undefined;
  private count = 0;
  /** Somebody read and then stopped: the next to read asks again. */
  private dormant = false;

  constructor() {
    super();
    const wake = (): void => {
      if (!this.dormant) return;
      this.dormant = false;
      this._read();
    };
    this.on('resume', wake);
    this.on('newListener', (event) => {
      if (event === 'readable' || event === 'data') wake();
    });
  }

  override _read(): void {
    if (this.pending !== undefined) return;
    const run = currentRun();
    this.pending = ++this.count;
    const id = this.pending;
    // Not at once: a line just answered may have been the last one wanted, and
    // the question is printed after the interface is made.
    setTimeout(() => this.request(run, id), 5);
  }

  private request(run: Run, id: number): void {
    if (this.pending !== id) return;
    const wanted = this.readableFlowing === true || this.listenerCount('readable') > 0;
    if (!wanted || run.finished) {
      this.pending = undefined;
      this.dormant = true;
      return;
    }
    if (!run.allowStdin) {
      this.pending = undefined;
      this.destroy(new StdinNotAllowed('process.stdin', run));
      return;
    }
    emit({ type: 'input', run: run.id, id, prompt: '', password: false });
  }

  /** The front's answer; null where there will be none. */
  answer(id: number, value: string | null): void {
    if (this.pending !== id) return;
    this.pending = undefined;
    this.push(value === null ? null : `${value}\n`);
  }
}

let input = new ReaderInput();

/** Gives the reader's answer to whoever reads `process.stdin`. */
export function answerInput(id: number, value: string | null): void {
  input.answer(id, value);
}

/** Puts `process.stdin`, `prompt`, `confirm` and `alert` in place. */
export function redirectInput(): void {
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    enumerable: true,
    get: () => {
      if (input.destroyed || input.readableEnded) input = new ReaderInput();
      return input;
    },
  });
  for (const [name, value] of Object.entries({ prompt, confirm, alert })) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
