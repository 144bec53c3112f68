/**
 * One run of a row as a job: trains or votes, writes the result into the run's
 * work folder, and stores it. Runs are independent, and only one process works
 * in a folder at a time.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../core/errors';
import { writeWhole } from '../core/write-whole';
import type { Digits } from '../data/digits';
import { withLock } from '../data/lock';
import { useEngine } from '../engine/engine';
import { type Merged, RESULT_FILE, store } from './merge';
import type { Provenance, Result } from './result';
import { ROWS, type Row } from './rows';
import { hasCheckpoint, netFile, type RunProgress, runNet } from './run-net';
import { runVote } from './run-vote';
import { readResult, resultText } from './store';

export interface RunRowOptions {
  readonly digits: Digits;
  /** Folder of work folders, one a run. */
  readonly work: string;
  /** Where results are stored. */
  readonly out: string;
  /** What was cut off goes on, what is finished is not run again; default false. */
  readonly resume?: boolean;
  /** What was cut off is begun again; default false. */
  readonly restart?: boolean;
  /** Whether a stored result that came to something else gives way; default false. */
  readonly replace?: boolean;
  /** The machine in words. */
  readonly machine: string;
  /** Of this library. */
  readonly version: string;
  readonly onEpoch?: (progress: RunProgress) => void;
  readonly signal?: AbortSignal;
  readonly rows?: readonly Row[];
}

/** The work folder of a run. */
export const workFolder = (work: string, row: string, seed: number): string =>
  path.join(work, `${row}-${seed}`);

/** A result, and what became of it in the store. */
export type Done = Merged;

/**
 * Runs a row once.
 *
 * @param seed of the run; for a vote that of the first net.
 * @throws InkwellError `RESULTS_CUT_OFF` where a run was cut off and neither `resume` nor
 *   `restart` says what to do, `RESULTS_NETS` where a vote lacks nets; the signal's reason.
 */
export async function runRow(row: Row, seed: number, options: RunRowOptions): Promise<Done> {
  const folder = workFolder(options.work, row.name, seed);
  const { signal } = options;
  return withLock(
    folder,
    async (held) => {
      const result = await resultOf(row, seed, { ...options, signal: held });
      const verdict = await store(result, options);
      return { result, verdict };
    },
    signal === undefined ? {} : { signal },
  );
}

async function resultOf(row: Row, seed: number, options: RunRowOptions): Promise<Result> {
  const { work, resume = false, restart = false, rows = ROWS, digits } = options;
  const folder = workFolder(work, row.name, seed);
  const file = path.join(folder, RESULT_FILE);
  if (resume && isFinished(row, folder)) {
    const earlier = await readResult(file, rows);
    if (earlier.dataSet === digits.name) return earlier;
  }
  if (hasCheckpoint(folder) && !resume && !restart) {
    throw new InkwellError('RESULTS_CUT_OFF', `the run of ${row.name} with seed ${seed} was cut off`, {
      hint: '--resume goes on where it was, --restart begins again.',
    });
  }
  const result = await makeResult(row, seed, { ...options, resume: !restart });
  await writeWhole(file, resultText(result));
  return result;
}

const isFinished = (row: Row, folder: string): boolean =>
  existsSync(path.join(folder, RESULT_FILE)) &&
  !hasCheckpoint(folder) &&
  (row.kind === 'vote' || existsSync(netFile(folder)));

async function makeResult(
  row: Row,
  seed: number,
  options: RunRowOptions & { readonly resume: boolean },
): Promise<Result> {
  const { digits, work, resume, onEpoch, signal } = options;
  if (row.kind === 'vote') {
    const seeds = Array.from({ length: row.size }, (_, i) => seed + i);
    const outcome = await runVote(row, seeds, (name, own) => workFolder(work, name, own), digits);
    return { ...(await provenanceOf(row, options)), kind: 'vote', ...outcome };
  }
  const folder = workFolder(work, row.name, seed);
  const listeners = { ...(onEpoch && { onEpoch }), ...(signal && { signal }) };
  const outcome = await runNet(row.recipe, { digits, seed, folder, resume, ...listeners });
  return { ...(await provenanceOf(row, options)), kind: 'run', ...outcome };
}

async function provenanceOf(
  row: Row,
  { digits, machine, version }: RunRowOptions,
): Promise<Omit<Provenance, 'minutes'>> {
  const engine = await useEngine();
  return {
    format: 1,
    row: row.name,
    dataSet: digits.name,
    engine: `${engine.name} ${engine.version}`,
    threads: engine.threads,
    versions: { inkwell: version, node: process.versions.node },
    machine,
    date: new Date().toISOString().slice(0, 10),
  };
}
