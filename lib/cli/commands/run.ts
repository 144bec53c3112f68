/** `inkwell run`: executes notebooks, writes the copies, prints the table or JSON. */
import { isProfile } from '../../core/profile';
import { type Parameters, parseParameter } from '../../runner/parameters';
import { findNotebooks, type RunOptions, runNotebooks, summaryTable } from '../notebooks';
import { endAtFirstSignal, statusOf, stoppedBy, stopSignal } from '../signals';
import { createTerminal } from '../terminal';

/** The flags as the command line gives them. */
export interface RunFlags {
  readonly kernel?: string;
  readonly profile: string;
  readonly param: readonly string[];
  readonly timeout?: string;
  readonly out?: string;
  readonly inPlace?: boolean;
  readonly keepGoing?: boolean;
  readonly json?: boolean;
}

/** How long a run may take to stop, ms: an interrupt that the cell ignores, the kernel's end, what is written. */
export const STOP_MS = 30_000;

function parametersOf(texts: readonly string[]): Parameters {
  return Object.fromEntries(texts.map(parseParameter).map(({ name, value }) => [name, value]));
}

/**
 * The flags as options of a run.
 *
 * @throws RangeError where a value is out of range, naming the flag.
 */
export function runOptionsOf(flags: RunFlags): RunOptions {
  const seconds = flags.timeout === undefined ? undefined : Number(flags.timeout);
  if (seconds !== undefined && !(seconds > 0)) {
    throw new RangeError(`--timeout must be a number of seconds above 0, got "${flags.timeout}"`);
  }
  if (!isProfile(flags.profile))
    throw new RangeError(`--profile must be quick or full, got "${flags.profile}"`);
  return {
    kernel: flags.kernel,
    profile: flags.profile,
    parameters: parametersOf(flags.param),
    timeoutMs: seconds === undefined ? undefined : seconds * 1000,
    keepGoing: flags.keepGoing === true,
    out: flags.inPlace ? 'in-place' : (flags.out ?? 'build/executed'),
    terminal: createTerminal(),
  };
}

/** Returns the exit status: 0 where every notebook passed. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<number> {
  const files = await findNotebooks(paths);
  const signal = stopSignal({ deadlineMs: STOP_MS });
  const reports = await runNotebooks(files, { ...runOptionsOf(flags), signal });
  endAtFirstSignal();
  process.stdout.write(`${flags.json ? JSON.stringify(reports, null, 2) : summaryTable(reports)}\n`);
  return exitStatus(reports.every((report) => report.verdict === 'passed'));
}

/** 0 where all is well, 1 where not, and what shells expect of a run that a signal has stopped. */
export function exitStatus(isWell: boolean): number {
  const signal = stoppedBy();
  return signal === undefined ? (isWell ? 0 : 1) : statusOf(signal);
}
