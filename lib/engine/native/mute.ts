/**
 * Silence while TensorFlow is loaded.
 *
 * `TF_CPP_MIN_LOG_LEVEL` quiets TensorFlow once it runs, but a note about oneDNN
 * is written by the library's own initialiser, before it reads that variable.
 * Node cannot redirect a file descriptor, so a few lines of C++ do
 * (`addon/mute_stderr.cc`), built beside the addon.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export const muteFile = 'mute_stderr.node';

/** Requires an addon silently where `mute_stderr.node` lies beside it, else as it is. */
export function requireQuietly(addon: string): unknown {
  const requireHere = createRequire(__filename);
  const mutePath = path.join(path.dirname(addon), muteFile);
  if (!existsSync(mutePath)) return requireHere(addon);
  const { mute, unmute } = requireHere(mutePath) as { mute(): void; unmute(): void };
  mute();
  try {
    return requireHere(addon);
  } finally {
    unmute();
  }
}
