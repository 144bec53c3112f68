/** Waiting for what must come. The patience is long: it ends what would never end, and fails nothing on a busy machine. */
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;

/** @throws Error that names what did not come. */
export async function until(what: string, found: () => boolean): Promise<void> {
  for (const startMs = Date.now(); !found(); await sleep(2)) {
    if (Date.now() - startMs > PATIENCE_MS)
      throw new Error(`waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
  }
}
