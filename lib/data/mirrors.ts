/**
 * Which mirror to fetch from: all are asked at once for a byte of the
 * smallest file, and the first that gives it wins. Where the network is down
 * this says so in seconds at most, before any patient retrying begins.
 */
import { codeOf, InkwellError, messageOf } from '../core/errors';
import type { DataFile, DataSet } from './data-set';
import { type DataErrorCode, dataError } from './errors';
import { get } from './http';
import { checkAnswer } from './receive';

export interface FindMirrorOptions {
  /** How long to wait for the first answer; default 4,000. */
  readonly probeTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The address of a file at a mirror. */
export function addressOf(mirror: string, file: DataFile): string {
  return file.format === 'as-is' ? `${mirror}${file.name}` : `${mirror}${file.name}.gz`;
}

const sizeOf = ({ bytes = Number.POSITIVE_INFINITY }: DataFile): number => bytes;

/**
 * The mirrors in the order in which to use them: the first to answer, then the others as listed.
 *
 * @throws InkwellError `DATA_OFFLINE` where none can be reached; `DATA_HTTP`, `DATA_SERVER` or
 *   `DATA_HTML` where one can but has not the data. The signal's reason.
 */
export async function orderMirrors(
  dataSet: DataSet,
  options: FindMirrorOptions = {},
): Promise<readonly string[]> {
  const { probeTimeoutMs = 4000, signal } = options;
  const smallest = dataSet.files.reduce((least, file) => (sizeOf(file) < sizeOf(least) ? file : least));
  const enough = new AbortController();
  const limit = AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]);
  const timer = setTimeout(() => enough.abort(noAnswer(probeTimeoutMs)), probeTimeoutMs);
  const probe = async (mirror: string): Promise<string> => {
    const answer = await get(addressOf(mirror, smallest), { headers: { Range: 'bytes=0-0' }, signal: limit });
    answer.body.destroy();
    checkAnswer(answer);
    return mirror;
  };
  try {
    const first = await Promise.any(dataSet.mirrors.map(probe));
    return [first, ...dataSet.mirrors.filter((mirror) => mirror !== first)];
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AggregateError)) throw error;
    throw noMirror(dataSet, error.errors);
  } finally {
    clearTimeout(timer);
    enough.abort(noAnswer(probeTimeoutMs));
  }
}

function noAnswer(timeoutMs: number): InkwellError {
  return dataError('DATA_OFFLINE', `no answer within ${timeoutMs} ms`);
}

/**
 * One error for what went wrong at each mirror. Its code is that of the mirror that came
 * furthest: one that answered says more than one that could not be reached.
 *
 * @param failures one for each mirror of the data set, in their order.
 */
export function noMirror(
  dataSet: Pick<DataSet, 'title' | 'mirrors'>,
  failures: readonly unknown[],
): InkwellError {
  const told = failures.find((failure) => codeOf(failure) !== 'DATA_OFFLINE') ?? failures[0];
  const code = told instanceof InkwellError ? (told.code as DataErrorCode) : 'DATA_CONNECTION';
  const each = dataSet.mirrors.map((mirror, index) => {
    const [line = ''] = messageOf(failures[index]).split('\n', 1);
    const { host } = new URL(mirror);
    return line.includes(host) ? line : `${host}: ${line}`;
  });
  const hint = `Check the connection, or put the files of ${dataSet.title} into a folder and name it in INKWELL_DATA.`;
  // The first line alone says enough for a caption.
  const message = [`${dataSet.title} could be fetched from none of its mirrors`, ...each].join('\n- ');
  return dataError(code, message, { hint, cause: told });
}
