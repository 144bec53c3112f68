/**
 * What the front process and a session say to each other, and how it is
 * framed: four bytes of length, little-endian, then JSON.
 *
 * A session has six file descriptors: 0 is empty, 1 and 2 are pipes that the
 * front reads (native code and child processes print there), 3 carries events
 * from the session's main thread, written synchronously, so that a loop that
 * never returns still shows its output and a slow reader slows the writer;
 * 4 carries commands and the bridge's answers, 5 the answers to questions that
 * the main thread blocks on (`prompt`, compiling an imported file).
 */
import type { JsonObject } from '../../core/jupyter/message';

export const EVENT_FD = 3;
export const COMMAND_FD = 4;
export const ANSWER_FD = 5;

/** A MIME bundle, as Jupyter knows it. */
export type MimeBundle = { [mimeType: string]: unknown };

/** An error as a client shows it. */
export interface ErrorReport {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Runs a compiled cell. `run` numbers runs, not cells: it tags whatever the run prints, then and later. */
export interface EvaluateCommand {
  readonly op: 'evaluate';
  readonly run: number;
  /** A file name such as `cell-12.ts`. */
  readonly name: string;
  readonly javascript: string;
  readonly sourceMap: string;
  /** The cell's TypeScript, for the code frame of an error. */
  readonly source: string;
  readonly hasResult: boolean;
  /** What to do with the result: publish it, give it in `done` (user expressions), or drop it. */
  readonly result: 'publish' | 'return' | 'drop';
  readonly allowStdin: boolean;
}

export type Command =
  | EvaluateCommand
  | { readonly op: 'interrupt'; readonly run: number; readonly id: number }
  | { readonly op: 'inspector'; readonly id: number; readonly method: string; readonly params: JsonObject }
  | { readonly op: 'comm'; readonly run: number; readonly message: CommMessage }
  | { readonly op: 'input'; readonly id: number; readonly value: string | null };

/** A comm message, either way. Buffers travel as base64. */
export interface CommMessage {
  readonly kind: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly content: JsonObject;
  readonly metadata: JsonObject;
  readonly buffers: readonly string[];
}

/** How a run ended. */
export type Outcome =
  | { readonly status: 'ok'; readonly bundle?: MimeBundle; readonly metadata?: JsonObject }
  | ({ readonly status: 'error' } & ErrorReport)
  | ({ readonly status: 'interrupted' } & ErrorReport);

/** What the main thread reports, in order, on descriptor 3. */
export type SessionEvent =
  | { readonly type: 'ready'; readonly token: string }
  | {
      readonly type: 'stream';
      readonly run: number;
      readonly name: 'stdout' | 'stderr';
      readonly text: string;
    }
  | {
      readonly type: 'display';
      readonly run: number;
      readonly kind: 'display_data' | 'update_display_data' | 'execute_result';
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
      readonly transient: JsonObject;
    }
  | { readonly type: 'clear'; readonly run: number; readonly wait: boolean }
  | { readonly type: 'comm'; readonly run: number; readonly message: CommMessage }
  | { readonly type: 'targets'; readonly comms: Readonly<Record<string, string>> }
  | {
      readonly type: 'input';
      readonly run: number;
      readonly id: number;
      readonly prompt: string;
      readonly password: boolean;
    }
  | { readonly type: 'ask'; readonly question: Question }
  | { readonly type: 'exiting'; readonly run: number; readonly code: number }
  | { readonly type: 'done'; readonly run: number; readonly outcome: Outcome };

/** What the main thread blocks on until descriptor 5 answers. */
export type Question =
  | { readonly kind: 'input'; readonly run: number; readonly prompt: string; readonly password: boolean }
  | { readonly kind: 'compile'; readonly path: string; readonly format: 'cjs' | 'esm' };

export type Answer =
  | { readonly kind: 'input'; readonly value: string }
  | { readonly kind: 'compiled'; readonly javascript: string; readonly sourceMap: string }
  | { readonly kind: 'refused'; readonly name: string; readonly message: string };

/** What the bridge thread says on descriptor 4. */
export type BridgeMessage =
  | {
      readonly type: 'inspector-reply';
      readonly id: number;
      readonly result?: JsonObject;
      readonly error?: string;
    }
  | { readonly type: 'inspector-event'; readonly method: string; readonly params: JsonObject }
  | { readonly type: 'interrupted'; readonly id: number; readonly stopped: boolean };

const LENGTH_BYTES = 4;

/** A value as a frame. */
export function toFrame(value: unknown): Buffer {
  const text = JSON.stringify(value);
  const size = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + size);
  frame.writeUInt32LE(size, 0);
  frame.write(text, LENGTH_BYTES, 'utf8');
  return frame;
}

/** Cuts a byte stream into frames again. */
export class FrameReader<T> {
  private chunks: Buffer[] = [];
  private size = 0;

  /** The values completed by these bytes, in order. */
  push(bytes: Buffer): T[] {
    this.chunks.push(bytes);
    this.size += bytes.length;
    const values: T[] = [];
    for (let frame = this.take(); frame !== undefined; frame = this.take()) {
      values.push(JSON.parse(frame.toString('utf8')) as T);
    }
    return values;
  }

  private take(): Buffer | undefined {
    if (this.size < LENGTH_BYTES) return undefined;
    // Only a frame that is whole is put together: a large one arrives in many chunks.
    if ((this.chunks[0]?.length ?? 0) < LENGTH_BYTES) this.chunks = [Buffer.concat(this.chunks)];
    const length = this.chunks[0]?.readUInt32LE(0) ?? 0;
    if (this.size < LENGTH_BYTES + length) return undefined;
    const all = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    const rest = all.subarray(LENGTH_BYTES + length);
    this.chunks = rest.length === 0 ? [] : [rest];
    this.size = rest.length;
    return all.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  }
}
