/**
 * Stack traces for readers: frames inside packages say nothing about the
 * lesson, so a run of them becomes one line that counts them.
 */

const FRAME = /^\s+at /;
const IN_PACKAGE = /node_modules|node:internal|\(node:/;

/**
 * A trace with each run of two or more package frames put into one line.
 *
 * @param trace lines as V8 prints them; other lines stay.
 */
export function briefTrace(trace: string): string {
  const brief: string[] = [];
  let run: string[] = [];
  const flush = (): void => {
    if (run.length < 2) brief.push(...run);
    else brief.push(`    … ${run.length} frames inside packages`);
    run = [];
  };
  for (const line of trace.split('\n')) {
    if (FRAME.test(line) && IN_PACKAGE.test(line)) run.push(line);
    else {
      flush();
      brief.push(line);
    }
  }
  flush();
  return brief.join('\n');
}
