/**
 * `inkwell all`, which `npm start` calls: prepares an engine, finds the data,
 * executes every notebook, prints the book, and ends with a table.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../core/paths';
import { loadDigits } from '../../data/digits';
import { findNotebooks, runNotebooks, summaryTable } from '../notebooks';
import { endAtFirstSignal, stoppedBy, stopSignal } from '../signals';
import { formatDuration, type Terminal } from '../terminal';
import { prepareOn } from './prepare';
import { printOn } from './print';
import { exitStatus, type RunFlags, runOptionsOf, STOP_MS } from './run';

/** Finds the digits, or makes them, before the first chapter asks: what takes long shows its progress here. */
async function findData(terminal: Terminal): Promise<void> {
  terminal.note('Data');
  const digits = await loadDigits({ onProgress: terminal.progress });
  if (digits.whyNotMnist !== undefined) {
    terminal.note(`  ${digits.whyNotMnist}`);
    // Asked once is enough: the chapters' kernels need not wait for the network again.
    process.env['INKWELL_OFFLINE'] = '1';
  }
  const { train, test } = digits;
  terminal.note(`  ${digits.name}, ${train.count} to learn from, ${test.count} to test on: ${digits.source}`);
}

/** Removes executed copies of notebooks that are no longer in the book. */
async function sweep(folder: string, files: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = new Set(files.map((file) => path.basename(file)));
  for (const old of (await readdir(folder)).filter((name) => name.endsWith('.ipynb') && !names.has(name))) {
    await rm(path.join(folder, old));
  }
}

/** Returns the exit status: 0 where every chapter passed and the book is printed. */
export async function all(flags: RunFlags): Promise<number> {
  const started = performance.now();
  const root = projectRoot();
  const executed = path.join(root, 'build', 'executed');
  const options = { ...runOptionsOf(flags), out: executed };
  const { terminal } = options;
  terminal.note('Engine');
  await prepareOn(terminal);
  await findData(terminal);
  const files = await findNotebooks([path.join(root, 'notebooks')]);
  await sweep(executed, files);
  const signal = stopSignal({ deadlineMs: STOP_MS });
  const reports = await runNotebooks(files, { ...options, signal });
  endAtFirstSignal();
  const passed = reports.filter((report) => report.verdict === 'passed');
  const chapters = files.map((file) => path.join(executed, path.basename(file)));
  if (stoppedBy() !== undefined) terminal.note('Not printed: the run was stopped.');
  else if (passed.length === files.length)
    await printOn(terminal, chapters, path.join(root, 'build', 'book'));
  else terminal.note('Not printed: the book is printed once every chapter passes.');
  process.stdout.write(
    `\n${summaryTable(reports)}\n\n${formatDuration(performance.now() - started)} in all\n`,
  );
  return exitStatus(passed.length === files.length);
}
