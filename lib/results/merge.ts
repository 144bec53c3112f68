/**
 * Gathering what other processes or machines have run: every `result.json`
 * below a folder, and the nets beside them.
 */
import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { InkwellError } from '../core/errors';
import { isSameOutcome, type Result } from './result';
import { ROWS, type Row } from './rows';
import { netFile } from './run-net';
import { findResult, readResult, writeResult } from './store';

/** The name of a run's result in the folder where it ran. */
export const RESULT_FILE = 'result.json';

/** What became of one of them. */
export interface Merged {
  readonly result: Result;
  /** `new`: stored; `same`: the one that is stored came to the same; `other`: it came to something else and stays. */
  readonly verdict: 'new' | 'same' | 'other' | 'replaced';
}

export interface MergeOptions {
  /** Where results are stored. */
  readonly out: string;
  /** Where the nets of runs go, that votes need: `folderOf(row, seed)`. */
  readonly folderOf: (row: string, seed: number) => string;
  /** Whether a stored result that came to something else gives way; default false. */
  readonly replace?: boolean;
  readonly rows?: readonly Row[];
}

/**
 * Stores every result found below a folder.
 *
 * @throws InkwellError `RESULTS_NONE` where there is none, `RESULTS_FORMAT`.
 */
export async function mergeResults(folder: string, options: MergeOptions): Promise<Merged[]> {
  const { out, replace = false, rows = ROWS } = options;
  const files = await resultFiles(folder);
  if (files.length === 0) {
    throw new InkwellError('RESULTS_NONE', `there is no ${RESULT_FILE} in ${folder} or below`, {
      hint: 'Name the folder in which rows were run: build/results, or one that holds several such folders.',
    });
  }
  const merged: Merged[] = [];
  for (const file of files) {
    const result = await readResult(file, rows);
    const verdict = await store(result, { out, replace, rows });
    if (result.kind === 'run') await takeNet(path.dirname(file), options.folderOf(result.row, result.seed));
    merged.push({ result, verdict });
  }
  return merged;
}

/**
 * Stores a result unless another of that run is there.
 *
 * @returns what became of it.
 */
export async function store(
  result: Result,
  { out, replace = false, rows = ROWS }: Pick<MergeOptions, 'out' | 'replace' | 'rows'>,
): Promise<Merged['verdict']> {
  const row = rows.find(({ name }) => name === result.row) as Row;
  const seed = result.kind === 'run' ? result.seed : (result.seeds[0] as number);
  const stored = await findResult(out, row, seed, rows);
  if (stored !== undefined && isSameOutcome(stored, result)) return 'same';
  if (stored !== undefined && !replace) return 'other';
  await writeResult(out, result);
  return stored === undefined ? 'new' : 'replaced';
}

async function resultFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new InkwellError('RESULTS_NONE', `${folder} cannot be listed`, { cause: error });
  });
  return entries
    .filter((entry) => path.basename(entry) === RESULT_FILE)
    .sort()
    .map((entry) => path.join(folder, entry));
}

/** Copies a run's net to where votes look for it, whole or not at all, unless one is there. */
async function takeNet(from: string, to: string): Promise<void> {
  const [source, target] = [netFile(from), netFile(to)];
  if (!existsSync(source) || existsSync(target)) return;
  await mkdir(to, { recursive: true });
  const part = `${target}.${process.pid}.part`;
  await copyFile(source, part, constants.COPYFILE_FICLONE);
  await rename(part, target);
}
