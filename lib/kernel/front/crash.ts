/** What to tell the reader when a cell ended the process it ran in. */
import type { ErrorReport } from '../session/channel';
import type { SessionEnd } from './session';

const SIGNALS: Readonly<Record<string, string>> = {
  SIGSEGV: 'native code crashed (SIGSEGV), or the stack overflowed outside JavaScript',
  SIGBUS: 'native code crashed (SIGBUS)',
  SIGILL: 'native code crashed (SIGILL)',
  SIGFPE: 'native code crashed (SIGFPE)',
  SIGABRT: 'native code gave up (SIGABRT)',
  SIGKILL: 'the system ended it (SIGKILL); it may have run out of memory',
  SIGTERM: 'something ended it (SIGTERM)',
};

function reason({ code, signal, exitCode, lastWords }: SessionEnd): string {
  if (
    /heap out of memory|Reached heap limit|Allocation failed|invalid array length Allocation/i.test(lastWords)
  ) {
    return "JavaScript's heap ran out of memory";
  }
  if (exitCode !== undefined) return `the code called process.exit(${exitCode})`;
  if (signal !== null) return SIGNALS[signal] ?? `a signal ended it (${signal})`;
  return `its process exited with code ${code ?? 'unknown'}`;
}

/** `In [1], In [3] … In [7]`: runs of numbers are drawn together. */
export function listCells(counts: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < counts.length; ) {
    let end = at;
    while (counts[end + 1] === (counts[end] ?? 0) + 1) end++;
    const [first, last] = [counts[at], counts[end]];
    parts.push(first === last ? `[${first}]` : `[${first}] to [${last}]`);
    at = end + 1;
  }
  return parts.join(', ');
}

/**
 * The report: why the session ended, and what is lost.
 *
 * @param cells execution counts of the cells whose state the session held
 */
export function reportCrash(end: SessionEnd, cells: readonly number[]): ErrorReport {
  const evalue = `the session ended: ${reason(end)}`;
  const lost =
    cells.length === 0
      ? 'No earlier cell had left anything behind.'
      : `Lost are the variables, functions and imports of the cells ${listCells(cells)}.`;
  const advice = 'The next cell runs in a fresh session: run again the cells that it needs.';
  return { ename: 'SessionEnded', evalue, traceback: [`SessionEnded: ${evalue}.`, lost, advice] };
}
