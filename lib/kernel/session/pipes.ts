/**
 * Synchronous reading and writing on the session's own descriptors.
 *
 * Writing blocks while the front is behind: that is the back-pressure. A
 * broken pipe means that the front is gone, and then so must the session be.
 */
import { readSync, writeSync } from 'node:fs';
import { codeOf } from '../../core/errors';
import { ANSWER_FD, type Answer, EVENT_FD, type Question, type SessionEvent, toFrame } from './channel';
import { uninterrupted } from './critical';

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all bytes, waiting as long as it takes. */
export function writeAll(fd: number, bytes: Buffer): void {
  uninterrupted(() => write(fd, bytes));
}

function write(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EAGAIN') leave();
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** Reports something to the front, in order with everything reported before. */
export function emit(event: SessionEvent): void {
  writeAll(EVENT_FD, toFrame(event));
}

/** Asks the front and blocks until it answers. */
export function ask(question: Question): Answer {
  emit({ type: 'ask', question });
  const length = readExactly(ANSWER_FD, 4).readUInt32LE(0);
  return JSON.parse(readExactly(ANSWER_FD, length).toString('utf8')) as Answer;
}

function readExactly(fd: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; ) {
    try {
      const read = readSync(fd, bytes, at, size - at, null);
      if (read === 0) leave();
      at += read;
    } catch (thrown) {
      if (codeOf(thrown) !== 'EAGAIN') leave();
      Atomics.wait(pause, 0, 0, 1);
    }
  }
  return bytes;
}

/** Ends the session and every process it started. */
export function leave(): never {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
  // The signal may reach another thread first: this one must do nothing more.
  Atomics.wait(pause, 0, 0);
  throw new Error('the session outlived its end');
}
