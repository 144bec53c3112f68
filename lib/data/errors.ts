/**
 * What can go wrong with data, one stable code each.
 *
 * Every failure of this folder that comes from outside the program is an
 * `InkwellError` with one of these codes; wrong arguments are `RangeError`s.
 * An aborted `AbortSignal` throws the signal's own reason.
 */
import { codeOf, InkwellError, messageOf } from '../core/errors';

/** The codes, and what each means. */
export type DataErrorCode =
  /** The manifest is not JSON or does not hold what it must. */
  | 'DATA_MANIFEST'
  /** An environment variable holds a value that means nothing. */
  | 'DATA_SETTING'
  /** No data set of that name. */
  | 'DATA_UNKNOWN'
  /** The data set is nowhere to be found. */
  | 'DATA_MISSING'
  /** Some files of the data set are there, others are not. */
  | 'DATA_INCOMPLETE'
  /** A file is there but cannot be read. */
  | 'DATA_UNREADABLE'
  /** A file ends before its header says, or in the middle of its gzip stream. */
  | 'DATA_TRUNCATED'
  /** What reads pictures has no binary for this machine. */
  | 'DATA_DECODER'
  /** The first bytes are not those of an IDX file. */
  | 'DATA_MAGIC'
  /** Not what it should hold in another way: damaged gzip, a wrong shape or type, a label that is no class. */
  | 'DATA_FORMAT'
  /** There are not as many labels as images. */
  | 'DATA_COUNTS'
  /** The SHA-256 of the uncompressed bytes is not the manifest's. */
  | 'DATA_CHECKSUM'
  /** A web page stands in place of the data (a log-in page, an error page). */
  | 'DATA_HTML'
  /** A server refused: an HTTP status of 4xx, or a redirect to nowhere. */
  | 'DATA_HTTP'
  /** A server failed or was busy: an HTTP status of 5xx, 408 or 429, which may pass. */
  | 'DATA_SERVER'
  /** No mirror could be reached, or `INKWELL_OFFLINE` forbids it. */
  | 'DATA_OFFLINE'
  /** A connection was made but cut, or nothing came for too long. */
  | 'DATA_CONNECTION'
  /** The folder cannot be written. */
  | 'DATA_READ_ONLY'
  /** The disk, or the user's share of it, is full. */
  | 'DATA_DISK_FULL';

/** An `InkwellError` whose code is one of this folder's. */
export function dataError(
  code: DataErrorCode,
  message: string,
  options: { readonly hint?: string; readonly cause?: unknown } = {},
): InkwellError {
  return new InkwellError(code, message, options);
}

/** True where the thrown thing is this folder's error of that code. */
export function isDataError(thrown: unknown, code: DataErrorCode): boolean {
  return thrown instanceof InkwellError && thrown.code === code;
}

const READ_ONLY: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR']);
const DISK_FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * What a failed write means: `DATA_READ_ONLY`, `DATA_DISK_FULL`, or the error itself.
 *
 * @param thrown what the write threw.
 * @param target the file or folder that was written, for the message.
 */
export function asWriteError(thrown: unknown, target: string): unknown {
  const code = codeOf(thrown) ?? '';
  const cause = { cause: thrown };
  if (READ_ONLY.has(code)) {
    const hint =
      'Set INKWELL_CACHE to a folder that you may write, or INKWELL_DATA to one that holds the data.';
    return dataError('DATA_READ_ONLY', `${target} cannot be written: ${messageOf(thrown)}`, {
      hint,
      ...cause,
    });
  }
  if (DISK_FULL.has(code)) {
    const hint = 'Free some space, or set INKWELL_CACHE to a folder on another disk.';
    return dataError('DATA_DISK_FULL', `the disk is full at ${target}: ${messageOf(thrown)}`, {
      hint,
      ...cause,
    });
  }
  return thrown;
}
