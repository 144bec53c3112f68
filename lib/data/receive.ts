/**
 * One try at a file: ask for what is missing of it and write that to its part.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ProgressListener } from '../core/progress';
import { asWriteError, dataError, isDataError } from './errors';
import { type Answer, asConnectionError, type GetOptions, get } from './http';
import { dropPart, notePart, type Part } from './part';

/** What is to come. */
export interface ExpectedFile {
  readonly name: string;
  /** Undefined where no source states it. */
  readonly bytes?: number;
}

export interface ReceiveOptions extends Pick<GetOptions, 'answerTimeoutMs' | 'stallTimeoutMs' | 'signal'> {
  readonly onProgress?: ProgressListener;
}

/** The most that a file whose size the manifest does not state is taken to have: 1 GiB. */
const UNSTATED_BYTES = 2 ** 30;

/**
 * Receives the rest of a file, or, where the server knows no ranges or has another version by
 * now, all of it.
 *
 * @returns true where the part holds the whole file and was begun by an earlier try.
 * @throws InkwellError `DATA_OFFLINE`, `DATA_CONNECTION`, `DATA_HTTP`, `DATA_SERVER`, `DATA_HTML`,
 *   `DATA_FORMAT`, `DATA_READ_ONLY`, `DATA_DISK_FULL`; the signal's reason.
 */
export async function receive(
  url: string,
  file: ExpectedFile,
  part: Part,
  options: ReceiveOptions,
): Promise<boolean> {
  const answer = await get(url, { ...options, headers: rangeHeaders(part) });
  try {
    if (answer.status === 416) return await afterTheEnd(answer, part);
    checkAnswer(answer);
    const start = answer.status === 206 ? rangeStart(answer) : 0;
    if (start !== 0 && start !== part.bytes) {
      await dropPart(part);
      throw dataError('DATA_CONNECTION', `${answer.url} went on from byte ${start}, asked for ${part.bytes}`);
    }
    if (start === 0) {
      await dropPart(part);
      await notePart(part, url, validatorOf(answer));
    }
    await write(answer, file, part, start, options);
    return start > 0;
  } finally {
    answer.body.destroy();
  }
}

function rangeHeaders({ bytes, validator }: Part): Record<string, string> {
  if (bytes === 0) return {};
  return { Range: `bytes=${bytes}-`, ...(validator && { 'If-Range': validator }) };
}

/** `If-Range` takes strong ETags only; a date is the next best. */
function validatorOf({ headers }: Answer): string | undefined {
  const { etag } = headers;
  return etag !== undefined && !etag.startsWith('W/') ? etag : headers['last-modified'];
}

/** "No such range": the part is already whole, or it is not of this file. */
async function afterTheEnd(answer: Answer, part: Part): Promise<boolean> {
  const total = /^bytes \*\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (total !== undefined && Number(total) === part.bytes) return true;
  await dropPart(part);
  throw dataError('DATA_CONNECTION', `${answer.url} does not go on from byte ${part.bytes}`);
}

/** Throws what an answer other than data means: `DATA_HTTP`, `DATA_SERVER` or `DATA_HTML`. */
export function checkAnswer({ status, headers, url }: Answer): void {
  if (status >= 500 || status === 408 || status === 429) {
    throw dataError('DATA_SERVER', `${url} answered with HTTP status ${status}, expected 200`, {
      hint: 'Servers fail for a while; try again later.',
    });
  }
  if (status !== 200 && status !== 206) {
    throw dataError('DATA_HTTP', `${url} answered with HTTP status ${status}, expected 200`);
  }
  if (/^(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) {
    throw dataError('DATA_HTML', `${url} answered with a web page in place of data`, {
      hint: 'The network may ask you to log in; open any page in a browser, then try again.',
    });
  }
}

function rangeStart({ headers }: Answer): number {
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN);
}

async function write(
  answer: Answer,
  file: ExpectedFile,
  part: Part,
  start: number,
  { onProgress, signal }: ReceiveOptions,
): Promise<void> {
  const coming = Number(answer.headers['content-length'] ?? Number.NaN);
  const total = Number.isFinite(coming) ? { total: start + coming } : {};
  try {
    await intoFile(part.path, start === 0 ? 'w' : 'a', async (handle) => {
      let done = start;
      for await (const chunk of arrivals(answer.body)) {
        done += chunk.length;
        checkLength(done, file, answer.url);
        await handle.appendFile(chunk);
        onProgress?.({ label: file.name, done, ...total, unit: 'bytes' });
      }
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const failure = asConnectionError(asWriteError(error, part.path), answer.url);
    // What is too much, or fills the disk, is no use to a later try.
    if (isDataError(failure, 'DATA_DISK_FULL') || isDataError(failure, 'DATA_FORMAT')) await dropPart(part);
    throw failure;
  }
}

/**
 * Opens a file, and closes it whatever happens: `stream.pipeline` would throw what it has not
 * written yet away with the error, and be back before the last write has ended.
 */
async function intoFile(
  file: string,
  flags: 'w' | 'a',
  use: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await open(file, flags);
  await use(handle).finally(() => handle.close());
}

/** The chunks of a body, also those that had come but were not read yet when the connection was cut. */
async function* arrivals(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body as AsyncIterable<Uint8Array>;
  } catch (error) {
    for (let rest: unknown = body.read(); rest instanceof Uint8Array; rest = body.read()) yield rest;
    throw error;
  }
}

function checkLength(
  bytes: number,
  { name, bytes: expected = UNSTATED_BYTES }: ExpectedFile,
  url: string,
): void {
  // Gzip makes what cannot be compressed a little longer, never twice as long.
  if (bytes <= 2 * expected + 1024) return;
  throw dataError('DATA_FORMAT', `${url} sends more than the ${expected} bytes of ${name}`);
}
