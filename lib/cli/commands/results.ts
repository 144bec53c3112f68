/** `inkwell results`: the table of results, and the runs behind it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InkwellError } from '../../core/errors';
import { packageFolder } from '../../core/paths';
import { loadDigits } from '../../data/digits';
import { useEngine } from '../../engine/engine';
import { listJobs } from '../../results/jobs';
import { type Merged, mergeResults } from '../../results/merge';
import type { Result } from '../../results/result';
import { findRow, ROWS, type Row, seedsOf } from '../../results/rows';
import type { RunProgress } from '../../results/run-net';
import { runRow, workFolder } from '../../results/run-row';
import { readResults, resultsFolder } from '../../results/store';
import { percent, type RowSummary, summarize, TABLE_HEADING, tableRows } from '../../results/summary';
import { machineText, thisMachine } from '../bench/machine';
import { stopSignal } from '../signals';
import { createTerminal, formatTable } from '../terminal';
import { exitStatus } from './run';

export interface ResultsFlags {
  readonly row: readonly string[];
  readonly runs?: string;
  readonly seed: string;
  readonly job?: string;
  readonly resume?: boolean;
  readonly restart?: boolean;
  readonly replace?: boolean;
  readonly list?: boolean;
  readonly merge?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly made?: boolean;
  readonly work: string;
  readonly out?: string;
}

/** Shows the table, lists the jobs, gathers results or runs rows; returns the exit status. */
export async function results(flags: ResultsFlags): Promise<number> {
  const out = flags.out ?? defaultOut(flags);
  if (flags.merge !== undefined) return merge(flags.merge, out, flags);
  if (flags.list) return list(out, flags);
  const runs = runsOf(flags, await readResults(out));
  if (runs.length === 0) return show(out, flags);
  return run(runs, out, flags);
}

/** Made digits have no place among the stored results of MNIST. */
const defaultOut = ({ made, work }: ResultsFlags): string =>
  made ? path.join(work, 'made') : resultsFolder();

interface Run {
  readonly row: Row;
  readonly seed: number;
}

/** The runs that the flags name; none where they name none. */
function runsOf(flags: ResultsFlags, stored: readonly Result[]): Run[] {
  if (flags.job !== undefined) {
    const jobs = listJobs(stored);
    const job = jobs[wholeNumber('--job', flags.job)];
    if (job !== undefined) return [{ row: findRow(job.row), seed: job.seed }];
    throw new RangeError(`results: --job must be in 0 … ${jobs.length - 1}, got ${flags.job}`);
  }
  const rows = flags.row.includes('all') ? ROWS : flags.row.map((name) => findRow(name));
  const first = wholeNumber('--seed', flags.seed);
  const runs = flags.runs === undefined ? undefined : wholeNumber('--runs', flags.runs, 1);
  return rows.flatMap((row) => seedsOf(row, runs ?? row.runs, first).map((seed) => ({ row, seed })));
}

async function show(out: string, { json, markdown }: ResultsFlags): Promise<number> {
  const summaries = summarize(await readResults(out));
  if (json) process.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
  else if (markdown) process.stdout.write(markdownTable(summaries));
  else process.stdout.write(`${formatTable([TABLE_HEADING, ...tableRows(summaries)])}\n`);
  return 0;
}

/** The table as Markdown, as it stands in the README: the rows of which a run is stored. */
export function markdownTable(summaries: readonly RowSummary[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const rows = tableRows(summaries.filter(({ results }) => results.length > 0));
  return [line(TABLE_HEADING), line(TABLE_HEADING.map(() => '---')), ...rows.map(line)].join('');
}

async function list(out: string, { json }: ResultsFlags): Promise<number> {
  const jobs = listJobs(await readResults(out));
  const rows = jobs.map(({ index, row, seed, expectedMinutes, after, isStored }) => [
    ...[String(index), row, String(seed), String(expectedMinutes)],
    ...[after.join(', '), isStored ? 'stored' : ''],
  ]);
  const table = formatTable([['job', 'row', 'seed', 'minutes', 'after', ''], ...rows]);
  process.stdout.write(json ? `${JSON.stringify(jobs, null, 2)}\n` : `${table}\n`);
  return 0;
}

async function merge(folder: string, out: string, flags: ResultsFlags): Promise<number> {
  const { work, replace = false, json } = flags;
  const folderOf = (row: string, seed: number): string => workFolder(work, row, seed);
  const merged = await mergeResults(folder, { out, folderOf, replace });
  process.stdout.write(
    json ? `${JSON.stringify(merged, null, 2)}\n` : `${merged.map(mergedText).join('\n')}\n`,
  );
  return merged.some(({ verdict }) => verdict === 'other') ? 1 : 0;
}

async function run(runs: readonly Run[], out: string, flags: ResultsFlags): Promise<number> {
  const terminal = createTerminal();
  const { work, resume = false, restart = false, replace = false, made = false } = flags;
  const signal = stopSignal();
  const source = made ? 'made' : 'mnist';
  await useEngine();
  const digits = await loadDigits({ source, onProgress: terminal.progress, signal });
  const common = { digits, work, out, resume, restart, replace, signal, ...thisPlace() };
  const done: Merged[] = [];
  for (const { row, seed } of runs) {
    terminal.status(`${runText(row, seed)}: starts, about ${row.expectedMinutes} min`);
    try {
      const onEpoch = (progress: RunProgress): void => terminal.status(progressText(row, seed, progress));
      const merged = await runRow(row, seed, { ...common, onEpoch });
      done.push(merged);
      terminal.note(mergedText(merged));
    } catch (error) {
      if (!signal.aborted) throw error;
      terminal.note(`${runText(row, seed)}: stopped; --resume goes on where it was`);
      break;
    }
  }
  if (flags.json) process.stdout.write(`${JSON.stringify(done, null, 2)}\n`);
  return exitStatus(done.every(({ verdict }) => verdict !== 'other'));
}

function thisPlace(): { machine: string; version: string } {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder(), 'package.json'), 'utf8'));
  return { machine: machineText(thisMachine()), version };
}

const runText = (row: Pick<Row, 'name'>, seed: number): string => `${row.name}, seed ${seed}`;

/** `conv2-relu, seed 1: epoch 23 of 60, validation 98.91 %, 3 min left`. */
export function progressText(row: Row, seed: number, { epoch, done, epochs, leftMs }: RunProgress): string {
  const accuracy = epoch.scores['validation']?.['accuracy'];
  const validation = accuracy === undefined ? '' : `, validation ${percent(accuracy)}`;
  const left = done === epochs ? '' : `, ${Math.ceil(leftMs / 60_000)} min left`;
  return `${runText(row, seed)}: epoch ${done} of ${epochs}${validation}${left}`;
}

const VERDICTS: Readonly<Record<Merged['verdict'], string>> = {
  new: 'stored',
  same: 'the same as is stored',
  other: 'not what is stored, which stays (--replace lets this take its place)',
  replaced: 'stored in the place of another',
};

function mergedText({ result, verdict }: Merged): string {
  const seed = result.kind === 'run' ? result.seed : (result.seeds[0] as number);
  const what = `${percent(result.testAccuracy)} of the test images of ${result.dataSet}`;
  return `${result.row}, seed ${seed}: ${what}, ${result.minutes} min; ${VERDICTS[verdict]}`;
}

function wholeNumber(flag: string, text: string, least: number = 0): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new InkwellError(
    'RESULTS_FLAG',
    `${flag} must be a whole number of at least ${least}, got "${text}"`,
  );
}
