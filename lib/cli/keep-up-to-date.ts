/**
 * Keeps a file up to date with a notebook that is being executed, so that a
 * run which is killed loses the running cell at most.
 */
import type { Notebook } from '../notebook/format';
import { writeNotebook } from '../notebook/write';

/** Writes shorter than this are made as each cell ends, whatever they come to. */
const CHEAP_MS = 50;

/** After a longer one the next waits for so many times its length: a notebook of 100 MB is not written for every cell. */
const PAUSE = 10;

export interface Keeper {
  /** Brings the file up to date; done before the next cell begins, or, after a long write, while it runs. */
  update(notebook: Notebook): Promise<void>;
  /** Waits for a write under way; none comes after it. */
  done(): Promise<void>;
}

/** A keeper of a file. What cannot be written on the way is no error: whoever writes the whole is told. */
export function keepUpToDate(file: string): Keeper {
  let waiting: NodeJS.Timeout | undefined;
  let pausedUntilMs = 0;
  let writing: Promise<void> = Promise.resolve();

  async function write(notebook: Notebook): Promise<void> {
    const startMs = performance.now();
    await writeNotebook(file, notebook).catch(() => {});
    const endMs = performance.now();
    pausedUntilMs = endMs - startMs <= CHEAP_MS ? 0 : endMs + PAUSE * (endMs - startMs);
  }

  return {
    async update(notebook) {
      clearTimeout(waiting);
      await writing;
      const leftMs = pausedUntilMs - performance.now();
      const begin = (): void => {
        writing = write(notebook);
      };
      if (leftMs <= 0) {
        begin();
        await writing;
      } else {
        waiting = setTimeout(begin, leftMs);
        waiting.unref();
      }
    },
    async done() {
      clearTimeout(waiting);
      await writing;
    },
  };
}
