/**
 * Parsing Markdown in bounded time. The parser's time can grow with the square
 * of a text's length (emphasis that is never closed, thousands of headings), so
 * a text longer than people write into one cell is parsed by a thread that is
 * ended when it takes too long.
 */
import path from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Root } from 'mdast';
import { InkwellError } from '../../core/errors';
import type { CellPlace } from '../problems';
import type { ParseAnswer } from './parse-worker';
import { parseNow } from './parser';

/** Characters that are parsed at once: at most a second or two, whatever they are. */
const SHORT = 6000;

/** How long a thread may take; a novel takes one second. */
export const PARSE_SECONDS = 5;

/** Thrown within a cell; who knows the cell turns it into an error that names it. */
export class TooLong extends Error {
  override readonly name: string = 'TooLong';
}

/** The error for a cell whose Markdown takes too long. */
export function tooLongError(notebook: string, { index, id }: CellPlace, what: string): InkwellError {
  return new InkwellError('PRINT_TOO_LONG', `${notebook}, cell ${index} (${id}): ${what}`, {
    hint: 'Take it apart into several cells, or leave the cell out with the tag remove-cell.',
  });
}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly answered: Int32Array;
}

let thread: Thread | undefined;

function startThread(): Thread {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(path.join(__dirname, 'parse-worker.js'), {
    workerData: { port: port2, answered },
    transferList: [port2],
  });
  worker.unref();
  port1.unref();
  return { worker, port: port1, answered };
}

/** Waits for the thread; this thread sleeps meanwhile. */
function parseInThread(source: string): Root {
  thread ??= startThread();
  const { worker, port, answered } = thread;
  const before = Atomics.load(answered, 0);
  port.postMessage(source);
  const woken = Atomics.wait(answered, 0, before, PARSE_SECONDS * 1000);
  const answer = receiveMessageOnPort(port)?.message as ParseAnswer | undefined;
  if (woken === 'timed-out' || answer === undefined) {
    thread = undefined;
    void worker.terminate();
    port.close();
    throw new TooLong(
      `its ${source.length} characters of Markdown cannot be read within ${PARSE_SECONDS} seconds`,
    );
  }
  if ('error' in answer) throw new RangeError(answer.error);
  return answer.tree as Root;
}

/**
 * Parses a Markdown text.
 *
 * @throws TooLong where that takes longer than `PARSE_SECONDS`.
 */
export function parseMarkdown(source: string): Root {
  return source.length <= SHORT ? parseNow(source) : parseInThread(source);
}
