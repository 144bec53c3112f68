/**
 * Errors that a reader of the book can act on.
 *
 * Wrong arguments throw the built-in `TypeError` and `RangeError`. What goes
 * wrong outside the program (a download, a file, an engine, a kernel) throws
 * an `InkwellError`: its `code` is stable and tested, its `message` says what
 * was expected and what came, its `hint` what to do.
 */

export interface InkwellErrorOptions {
  /** What the reader can do about it, one or two sentences. */
  readonly hint?: string;
  /** The error beneath, if any. */
  readonly cause?: unknown;
}

/** An error with a stable code and, where there is one, a way out. */
export class InkwellError extends Error {
  override readonly name: string = 'InkwellError';
  /** Stable, upper-case, such as `DATA_CHECKSUM` or `KERNEL_DIED`. */
  readonly code: string;
  /** What to do about it; undefined where nothing can be advised. */
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: InkwellErrorOptions = {}) {
    const { hint, cause } = options;
    super(hint === undefined ? message : `${message}\n${hint}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** The message of anything that was thrown, errors or not. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a Node or Inkwell error (`ENOENT`, `DATA_CHECKSUM`), else undefined. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
