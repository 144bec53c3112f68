/** `inkwell lab`: JupyterLab on the notebooks; see `../lab.ts`. */
import { startLab } from '../lab';
import { createTerminal } from '../terminal';

/** Returns JupyterLab's own exit status, once it ends. */
export async function lab(words: readonly string[]): Promise<number> {
  const child = await startLab(words, createTerminal());
  // Ctrl-C reaches JupyterLab too, which asks before it stops: wait for it.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {});
  return new Promise((resolve) => child.once('close', (status) => resolve(status ?? 1)));
}
