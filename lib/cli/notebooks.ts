/**
 * Runs notebooks for the command line: finds them, shows each cell as it runs,
 * writes the executed copies, and gathers the reports.
 */
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { kernelFor } from '../client/kernelspecs';
import { InkwellError, messageOf } from '../core/errors';
import type { Profile } from '../core/profile';
import { readNotebook } from '../notebook/read';
import { writeNotebook } from '../notebook/write';
import { executeNotebook } from '../runner/execute';
import type { Parameters } from '../runner/parameters';
import type { CellError, CellReport, NotebookReport } from '../runner/report';
import { keepUpToDate } from './keep-up-to-date';
import { formatDuration, formatTable, type Terminal } from './terminal';

export interface RunOptions {
  /** The kernel's name; undefined: the one that each notebook names. */
  readonly kernel?: string | undefined;
  readonly profile: Profile;
  readonly parameters: Parameters;
  /** Time limit of a cell, ms. */
  readonly timeoutMs?: number | undefined;
  /** Run the cells after one that failed as well; default false. */
  readonly keepGoing?: boolean;
  /** Where executed copies go; `in-place` writes the outputs into the notebooks themselves. */
  readonly out: string | 'in-place';
  readonly terminal: Terminal;
  readonly signal?: AbortSignal;
}

/**
 * The notebooks that some paths name: files as they are, folders by their `*.ipynb`, sorted.
 *
 * @throws InkwellError `NOTEBOOK_MISSING` where a path is nothing or holds no notebook.
 */
export async function findNotebooks(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of paths) {
    const stats = await stat(name).catch(() => undefined);
    if (stats === undefined) {
      throw new InkwellError('NOTEBOOK_MISSING', `there is no file or folder ${name}`, {
        hint: 'Name notebooks, or folders of notebooks: npx inkwell run notebooks',
      });
    }
    if (!stats.isDirectory()) {
      found.push(name);
      continue;
    }
    const inside = (await readdir(name)).filter((file) => file.endsWith('.ipynb')).sort();
    if (inside.length === 0)
      throw new InkwellError('NOTEBOOK_MISSING', `the folder ${name} holds no notebook`);
    found.push(...inside.map((file) => path.join(name, file)));
  }
  return [...new Set(found)];
}

function cellLine(report: CellReport, count: number): string {
  const mark = { passed: '✓', failed: '✗', skipped: '○', 'not run': '·' }[report.verdict];
  const place = `${String(report.number).padStart(String(count).length)}/${count}`;
  return `  ${mark} ${place}  ${formatDuration(report.durationMs).padStart(6)}  ${report.firstLine.slice(0, 60)}`;
}

/** The error with its place in the code, where the kernel tells one. */
function errorText({ name, message, traceback }: CellError): string {
  return traceback ?? `${name}: ${message}`;
}

/** Each cell's line on a terminal as it runs, kept where it failed or was slow. */
function showCells(terminal: Terminal): {
  begin: (cell: { number: number; firstLine: string }, count: number) => void;
  end: (report: CellReport) => void;
} {
  let total = 0;
  return {
    begin: ({ number, firstLine }, count) => {
      total = count;
      if (process.stderr.isTTY) terminal.status(`  … ${number}/${count}  ${firstLine}`);
    },
    end: (report) => {
      if (report.verdict === 'not run' || report.verdict === 'skipped') return;
      terminal.note(cellLine(report, total));
      if (report.error) terminal.note(errorText(report.error).replace(/^(?=.)/gm, '      '));
      if (report.warning) terminal.note(`      ! ${report.warning}`);
    },
  };
}

/** The report of a notebook that cannot be run; a mistake of ours is no such thing and is thrown on. */
function cannotRun(file: string, options: RunOptions, thrown: unknown): NotebookReport {
  if (!(thrown instanceof InkwellError)) throw thrown;
  options.terminal.note(`  ✗ ${messageOf(thrown)}`);
  return {
    name: path.basename(file, '.ipynb'),
    path: file,
    verdict: 'failed',
    kernel: options.kernel ?? '',
    profile: options.profile,
    durationMs: 0,
    facts: undefined,
    cells: [],
    error: { name: thrown.code, message: thrown.message },
  };
}

async function runOne(file: string, options: RunOptions): Promise<NotebookReport> {
  const { terminal, signal, timeoutMs } = options;
  const notebook = await readNotebook(file);
  const kernel = await kernelFor(notebook.metadata, options.kernel);
  terminal.note(`${path.basename(file)} (kernel ${kernel.name}, ${options.profile})`);
  const show = showCells(terminal);
  const copy = path.join(options.out, path.basename(file));
  const keep = keepUpToDate(copy);
  const executed = await executeNotebook(notebook, {
    kernel,
    path: file,
    profile: options.profile,
    parameters: options.parameters,
    keepGoing: options.keepGoing ?? false,
    onCell: show.begin,
    onCellEnd: (report, _cell, soFar) => {
      show.end(report);
      return options.out === 'in-place' || report.verdict === 'not run' ? undefined : keep.update(soFar);
    },
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(signal !== undefined && { signal }),
  });
  // A failed run never overwrites a reader's own notebook.
  await keep.done();
  if (options.out !== 'in-place') await writeNotebook(copy, executed.notebook);
  else if (executed.report.verdict === 'passed') await writeNotebook(file, executed.notebook);
  return executed.report;
}

/** Makes the folder for the executed copies before anything runs for minutes. */
async function makeOut({ out }: RunOptions): Promise<void> {
  if (out === 'in-place') return;
  await mkdir(out, { recursive: true }).catch((cause: unknown) => {
    throw new InkwellError('RUN_OUT', `no executed copies can be written to ${out}: ${messageOf(cause)}`, {
      hint: 'Let --out name a folder that is there or can be made.',
      cause,
    });
  });
}

/** Runs the notebooks one after the other; one that fails, or cannot be run at all, does not keep the next from running. */
export async function runNotebooks(files: readonly string[], options: RunOptions): Promise<NotebookReport[]> {
  const reports: NotebookReport[] = [];
  await makeOut(options);
  for (const file of files) {
    if (options.signal?.aborted) break;
    reports.push(await runOne(file, options).catch((thrown) => cannotRun(file, options, thrown)));
  }
  return reports;
}

/** The closing table: chapter, cells, time, verdict, engine, data set. */
export function summaryTable(reports: readonly NotebookReport[]): string {
  const rows = reports.map((report) => {
    const passed = report.cells.filter((cell) => cell.verdict === 'passed').length;
    return [
      report.name,
      `${passed}/${report.cells.length}`,
      formatDuration(report.durationMs),
      report.verdict,
      report.facts?.engine ?? '–',
      report.facts?.dataSets.join(', ') || '–',
    ];
  });
  return formatTable([['chapter', 'cells', 'time', 'verdict', 'engine', 'data set'], ...rows]);
}
