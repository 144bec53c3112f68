/**
 * What reaches descriptors 1 and 2 of a session: native code, child processes.
 * When a run ends the session writes a mark there; everything before the mark
 * belongs to that run, and `idle` waits for it.
 */
import { StringDecoder } from 'node:string_decoder';

export interface NativeScanner {
  /** Bytes as they come. Text goes to `onText`, marks are taken out. */
  push(bytes: Buffer): Promise<void>;
  /** Sets the mark's prefix, once the session has said it. */
  setToken(token: string): void;
  /** Resolves when the run's mark was seen, or after `patienceMs`. */
  passed(run: number, patienceMs: number): Promise<void>;
}

/** @param onText called in order; awaited before more is read */
export function createNativeScanner(onText: (text: string) => Promise<void>): NativeScanner {
  const decoder = new StringDecoder('utf8');
  let token: string | undefined;
  let held = '';
  let passedRun = 0;
  const waiting = new Set<{ run: number; go: () => void }>();

  function mark(run: number): void {
    passedRun = Math.max(passedRun, run);
    for (const entry of waiting) {
      if (entry.run > passedRun) continue;
      waiting.delete(entry);
      entry.go();
    }
  }

  return {
    setToken(value) {
      token = value;
    },
    async push(bytes) {
      held += decoder.write(bytes);
      const ends: number[] = [];
      let text = '';
      if (token !== undefined) {
        for (let at = held.indexOf(token); at >= 0; at = held.indexOf(token)) {
          const end = held.indexOf(';', at);
          if (end < 0) break;
          text += held.slice(0, at);
          ends.push(Number(held.slice(at + token.length, end)));
          held = held.slice(end + 1);
        }
      }
      const keep = token === undefined ? held.length : pendingFrom(held, token);
      text += held.slice(0, keep);
      held = held.slice(keep);
      if (text !== '') await onText(text);
      for (const run of ends) mark(run);
    },
    passed(run, patienceMs) {
      if (passedRun >= run) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => entry.go(), patienceMs);
        const entry = {
          run,
          go: () => {
            clearTimeout(timer);
            waiting.delete(entry);
            resolve();
          },
        };
        waiting.add(entry);
      });
    },
  };
}

/** Where a mark that is not whole yet may begin; the text's length where none does. */
function pendingFrom(text: string, token: string): number {
  const whole = text.indexOf(token);
  if (whole >= 0) return whole;
  for (let size = Math.min(token.length - 1, text.length); size > 0; size--) {
    if (text.endsWith(token.slice(0, size))) return text.length - size;
  }
  return text.length;
}
