/** What the verbs share: how each ends, and flags that repeat. */

/** Ends the process with the status a verb came to, once its output is written. */
export function finish(status: number): void {
  process.exitCode = status;
}

/** Collects a flag that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];
