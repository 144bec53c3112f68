/** `inkwell check`: students' notebooks in, a report on each exercise out. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { findKernel } from '../../client/kernelspecs';
import { codeOf } from '../../core/errors';
import { projectRoot } from '../../core/paths';
import type { Notebook } from '../../notebook/format';
import { readNotebook } from '../../notebook/read';
import { type CheckReport, checkNotebook, type ExerciseReport } from '../../teaching/check';
import { readCheckFile } from '../../teaching/check-file';
import { type CheckFile, studentEdition } from '../../teaching/student';
import { findNotebooks } from '../notebooks';
import { CHECKS_FOLDER } from '../student-edition';
import { createTerminal } from '../terminal';

/** The flags as the command line gives them. */
export interface CheckFlags {
  readonly checks?: string;
  readonly kernel?: string;
  readonly timeout: string;
  readonly json?: boolean;
}

/** One notebook's report, as `--json` prints it. */
export type NotebookCheck = CheckReport & { readonly path: string };

/** The checks for a notebook: as told, beside it, or its own where it still holds its solutions. */
async function checksFor(file: string, notebook: Notebook, told: string | undefined): Promise<CheckFile> {
  const name = path.basename(file);
  const beside = path.join(
    told ?? path.join(path.dirname(file), CHECKS_FOLDER),
    name.replace(/\.ipynb$/, '.json'),
  );
  try {
    return await readCheckFile(told?.endsWith('.json') ? told : beside);
  } catch (error) {
    if (told !== undefined || codeOf(error) !== 'CHECKS_MISSING') throw error;
    const { checks } = studentEdition(notebook, name);
    if (checks.exercises.length === 0) throw error;
    return checks;
  }
}

/**
 * Where a notebook runs: in its folder, as at its author's; in the book's where that folder knows no `inkwell`,
 * as what students hand in is kept anywhere.
 */
function directoryOf(file: string): string {
  const folder = path.dirname(path.resolve(file));
  try {
    createRequire(path.join(folder, 'notebook.js')).resolve('inkwell');
    return folder;
  } catch {
    return path.join(projectRoot(), 'notebooks');
  }
}

const MARKS = { passed: '✓', failed: '✗', 'not attempted': '○', 'not checked': '?' } as const;

const indented = (text: string, indent: string): string => text.trim().replaceAll('\n', `\n${indent}`);

function linesOf({ title, verdict, checks, error }: ExerciseReport): string[] {
  const wrong = checks.filter((check) => check.verdict === 'failed');
  const details = wrong.flatMap((check) => [
    `      ✗ ${check.statement}`,
    ...(check.error === undefined
      ? [`        expected ${check.expected}`, `        got      ${check.got}`]
      : [`        ${indented(check.error, '        ')}`]),
  ]);
  return [
    `  ${MARKS[verdict]} ${title}: ${verdict}`,
    ...(error === undefined ? [] : [`      ${indented(error, '      ')}`]),
    ...details,
  ];
}

/** A report for people. */
export function checkText({ path: file, exercises, failures }: NotebookCheck): string {
  const count = (verdict: ExerciseReport['verdict']): number =>
    exercises.filter((exercise) => exercise.verdict === verdict).length;
  const counts = (Object.keys(MARKS) as ExerciseReport['verdict'][])
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`);
  return [
    file,
    ...exercises.flatMap(linesOf),
    ...failures.map(({ number, error }) => `  ! code cell ${number} failed: ${indented(error, '    ')}`),
    `  ${counts.join(', ') || 'no exercises'}`,
  ].join('\n');
}

const isWell = ({ exercises, failures }: NotebookCheck): boolean =>
  failures.length === 0 &&
  exercises.every(({ verdict }) => verdict === 'passed' || verdict === 'not checked');

/** Returns the exit status: 0 where every exercise that can be checked passed. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const timeoutMs = Number(flags.timeout) * 1000;
  if (!(timeoutMs > 0)) {
    throw new RangeError(`--timeout must be a number of seconds above 0, got "${flags.timeout}"`);
  }
  const terminal = createTerminal();
  const reports: NotebookCheck[] = [];
  for (const file of await findNotebooks(paths)) {
    const notebook = await readNotebook(file);
    const checks = await checksFor(file, notebook, flags.checks);
    terminal.status(`  … ${file}`);
    const kernel = await findKernel(flags.kernel ?? notebook.metadata.kernelspec?.name ?? 'inkwell');
    const report = await checkNotebook(notebook, checks, {
      kernel,
      path: file,
      directory: directoryOf(file),
      profile: 'quick',
      timeoutMs,
    });
    reports.push({ path: file, ...report });
  }
  process.stdout.write(
    `${flags.json ? JSON.stringify(reports, null, 2) : reports.map(checkText).join('\n\n')}\n`,
  );
  return reports.every(isWell) ? 0 : 1;
}
