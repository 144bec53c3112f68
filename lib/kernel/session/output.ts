/**
 * `process.stdout`, `process.stderr` and `console`, tied to the cell that
 * prints. What native code writes to descriptors 1 and 2 the front reads there.
 */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { currentRun } from './context';
import { emit } from './pipes';

/** Prints as part of the current run; nothing where that run was interrupted. */
export function print(name: 'stdout' | 'stderr', text: string): void {
  const run = currentRun();
  if (run.cancelled || text === '') return;
  emit({ type: 'stream', run: run.id, name, text });
}

function streamFor(name: 'stdout' | 'stderr', fd: number): Writable {
  const decoder = new StringDecoder('utf8');
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      print(name, typeof chunk === 'string' ? chunk : decoder.write(chunk));
      done();
    },
  });
  // As with Node's own, ending it does not end the process's output.
  stream._destroy = (error, done) => done(error);
  return Object.assign(stream, { fd, isTTY: false, columns: 80, rows: 24 });
}

/** Puts the streams in place of Node's. Call before anything prints. */
export function redirectOutput(): void {
  const stdout = streamFor('stdout', 1);
  const stderr = streamFor('stderr', 2);
  Object.defineProperty(process, 'stdout', { value: stdout, configurable: true, enumerable: true });
  Object.defineProperty(process, 'stderr', { value: stderr, configurable: true, enumerable: true });
  // A console of our own: Node's global one also hands every argument to the
  // inspector, which keeps the last thousand alive.
  const ours = new Console({ stdout, stderr, colorMode: false });
  Object.defineProperty(globalThis, 'console', {
    value: Object.assign(ours, { Console }),
    configurable: true,
    writable: true,
  });
}
