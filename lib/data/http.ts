/**
 * One GET, with the limits that a download needs: how long to wait for an
 * answer, how long for the next bytes. The body comes as the server sends it;
 * `fetch` would undo a `Content-Encoding`, and a file that is half undone
 * cannot be resumed.
 */
import http from 'node:http';
import https from 'node:https';
import { codeOf, InkwellError, messageOf } from '../core/errors';
import { dataError } from './errors';

const MAX_REDIRECTS = 5;

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Name look-up, connection, TLS and the first line of the answer together; default 10,000. */
  readonly answerTimeoutMs?: number;
  /** The longest silence while the body comes; default 15,000. */
  readonly stallTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The head of an answer, and its body to read or to `destroy()`. */
export interface Answer {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: http.IncomingMessage;
}

/**
 * Asks for an address and follows redirects.
 *
 * @param url `http:` or `https:`; TypeError otherwise.
 * @throws InkwellError `DATA_OFFLINE` where no answer comes, `DATA_HTTP` where redirects go round
 *   or lead nowhere. Reading the body may throw what `asConnectionError` makes plain.
 */
export async function get(url: string, options: GetOptions = {}): Promise<Answer> {
  let address = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const body = await ask(new URL(address), options);
    const status = body.statusCode ?? 0;
    const { location } = body.headers;
    if (![301, 302, 303, 307, 308].includes(status))
      return { url: address, status, headers: body.headers, body };
    body.destroy();
    if (location === undefined) throw dataError('DATA_HTTP', `${address} redirects (${status}) to nowhere`);
    address = redirected(address, location);
  }
  throw dataError('DATA_HTTP', `${url} redirects more than ${MAX_REDIRECTS} times`);
}

function redirected(from: string, location: string): string {
  const target = URL.canParse(location, from) ? new URL(location, from) : undefined;
  if (target?.protocol === 'http:' || target?.protocol === 'https:') return target.href;
  throw dataError('DATA_HTTP', `${from} redirects to ${location}, which is no web address`);
}

function ask(url: URL, options: GetOptions): Promise<http.IncomingMessage> {
  const { headers = {}, answerTimeoutMs = 10_000, stallTimeoutMs = 15_000, signal } = options;
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: { 'User-Agent': 'inkwell', 'Accept-Encoding': 'identity', ...headers },
      // No connection is kept: an idle one would keep the process from ending.
      agent: false,
      ...(signal && { signal }),
    });
    const timer = setTimeout(
      () => asked.destroy(new Error(`no answer within ${answerTimeoutMs} ms`)),
      answerTimeoutMs,
    );
    asked.on('response', (body) => {
      clearTimeout(timer);
      body.setTimeout(stallTimeoutMs, () =>
        body.destroy(dataError('DATA_CONNECTION', `${url.host} sent nothing for ${stallTimeoutMs} ms`)),
      );
      resolve(body);
    });
    asked.on('error', (error) => {
      clearTimeout(timer);
      reject(signal?.aborted ? signal.reason : unreachable(url, error));
    });
    asked.end();
  });
}

function unreachable(url: URL, error: unknown): InkwellError {
  // Happy eyeballs: one error for each address that was tried, and no message of its own.
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  return dataError('DATA_OFFLINE', `${url.host} cannot be reached: ${messageOf(cause)}`, {
    hint: 'Check the connection, or set INKWELL_DATA to a folder that holds the data.',
    cause: error,
  });
}

/**
 * What an error while reading a body means.
 *
 * @returns `DATA_CONNECTION` for whatever the network did; others as they are.
 */
export function asConnectionError(thrown: unknown, url: string): unknown {
  if (thrown instanceof InkwellError) return thrown;
  const code = codeOf(thrown) ?? '';
  const isNetwork = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code);
  if (!isNetwork && !code.startsWith('HPE_')) return thrown;
  return dataError(
    'DATA_CONNECTION',
    `the connection to ${new URL(url).host} was cut: ${messageOf(thrown)}`,
    {
      hint: 'What has come is kept; the next try goes on from there.',
      cause: thrown,
    },
  );
}
