/**
 * A mirror on this machine that behaves as badly as a test asks. What it does
 * with a request is a function from a short list, or one of the test's own.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server, what it was asked for, and its end. */
export interface Mirror {
  /** Ends in `/`. */
  readonly url: string;
  /** One line a request: the path and, where there was one, the range. */
  readonly requests: string[];
  /** What to do from now on. */
  answer: Handler;
  close(): Promise<void>;
}

/** Starts a server on a free port of the loopback interface. */
export async function startMirror(answer: Handler): Promise<Mirror> {
  const server = createServer((request, response) => {
    const { range } = request.headers;
    mirror.requests.push(`${request.url}${range === undefined ? '' : ` ${range}`}`);
    mirror.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const mirror: Mirror = {
    url: `http://127.0.0.1:${port}/`,
    requests: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return mirror;
}

/** Serves files as a good mirror does: with ETags and ranges. */
export function serving(files: ReadonlyMap<string, Uint8Array>): Handler {
  return (request, response) => {
    const bytes = files.get((request.url ?? '').slice(1));
    if (bytes === undefined) return status(404)(request, response);
    const etag = etagOf(bytes);
    const start = wantedStart(request, etag);
    if (start >= bytes.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
      return;
    }
    const rest = bytes.subarray(start);
    const range = start > 0 ? { 'Content-Range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    response
      .writeHead(start > 0 ? 206 : 200, { 'Content-Length': rest.length, ETag: etag, ...range })
      .end(rest);
  };
}

export function etagOf(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function wantedStart({ headers }: IncomingMessage, etag: string): number {
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return 0;
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
}

/** Answers everything with a status and no data. */
export function status(code: number, body: string = 'no data'): Handler {
  return (_, response) => {
    response.writeHead(code, { 'Content-Type': 'text/plain' }).end(body);
  };
}

/** Sends so many bytes of what `whole` would send, then cuts the connection. */
export function cutting(whole: ReadonlyMap<string, Uint8Array>, after: number): Handler {
  return (request, response) => {
    const bytes = whole.get((request.url ?? '').slice(1)) ?? new Uint8Array(0);
    const start = wantedStart(request, etagOf(bytes));
    const range = start > 0 ? { 'Content-Range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, {
      'Content-Length': bytes.length - start,
      ETag: etagOf(bytes),
      ...range,
    });
    response.write(bytes.subarray(start, start + after), () => setTimeout(() => response.destroy(), 20));
  };
}

/** The handlers one after the other, a request each; the last one from then on. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  let next = 0;
  return (request, response) => {
    const handler = handlers[Math.min(next++, handlers.length - 1)];
    handler?.(request, response);
  };
}
