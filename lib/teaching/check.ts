/**
 * Checks a student's notebook: runs it with the hidden tests put back behind
 * the exercises that were attempted, and says of each whether it passed.
 */
import { CHECKS_MARK, type CheckResult } from '../core/checks';
import { InkwellError } from '../core/errors';
import { type Cell, type CodeCell, codeCells, type Notebook } from '../notebook/format';
import { type ExecuteNotebookOptions, executeNotebook } from '../runner/execute';
import type { CellReport } from '../runner/report';
import type { Exercise, ExerciseCell } from './exercises';
import type { CheckFile } from './student';
import { testCell } from './tests';

export type ExerciseVerdict =
  | 'passed'
  | 'failed'
  /** Its cells are as they were handed out. */
  | 'not attempted'
  /** There is an answer, but no test for it: somebody has to read it. */
  | 'not checked';

export interface ExerciseReport {
  /** The id of its first cell. */
  readonly id: string;
  readonly title: string;
  readonly verdict: ExerciseVerdict;
  readonly checks: readonly CheckResult[];
  /** What a cell of the answer, or the test itself, ended with. */
  readonly error?: string;
}

export interface CheckReport {
  /** The notebook's file name. */
  readonly notebook: string;
  readonly exercises: readonly ExerciseReport[];
  /** Cells outside the exercises that failed, by their number among the code cells: answers may build on them. */
  readonly failures: readonly { readonly id: string; readonly number: number; readonly error: string }[];
}

const TEST_PREFIX = 'check-';

const plain = (source: string): string => source.replace(/\s+/g, ' ').trim();

/** The place in the notebook where an exercise ends: before its author's next cell, else after its own last. */
function endOf({ cells, before }: Exercise, notebook: Notebook): number {
  const next = notebook.cells.findIndex(({ id }) => id === before);
  if (next >= 0) return next;
  const last = notebook.cells.findLastIndex(({ id }) => cells.some((cell) => cell.id === id));
  return before === null && last >= 0 ? notebook.cells.length : last + 1;
}

/** The cells between the beginning and the end of an exercise: its own, and those that the student added. */
function answerTo(exercise: Exercise, notebook: Notebook): Cell[] {
  const first = notebook.cells.findIndex(({ id }) => exercise.cells.some((cell) => cell.id === id));
  return first < 0 ? [] : notebook.cells.slice(first, endOf(exercise, notebook));
}

function isAttempted(exercise: Exercise, notebook: Notebook): boolean {
  const stubs = new Map(exercise.cells.map(({ id, stub }: ExerciseCell) => [id, plain(stub)]));
  return answerTo(exercise, notebook).some(({ id, cell_type, source }) => {
    const stub = stubs.get(id);
    if (stub === undefined) return cell_type === 'code' && plain(source) !== '';
    return plain(source) !== '' && plain(source) !== stub;
  });
}

function testFor({ id, tests }: Exercise): CodeCell {
  const source = testCell(tests);
  const cell = { id: `${TEST_PREFIX}${id}`.slice(0, 64), metadata: {}, source };
  return { ...cell, cell_type: 'code', execution_count: null, outputs: [] };
}

/** The notebook with a test behind each of these exercises. */
function withTests(notebook: Notebook, exercises: readonly Exercise[]): Notebook {
  const places = exercises
    .filter(({ tests }) => tests !== '')
    .map((exercise) => ({ at: endOf(exercise, notebook), cell: testFor(exercise) }));
  const cells = notebook.cells.flatMap((cell, index) => [
    ...places.filter(({ at }) => at === index).map((place) => place.cell),
    cell,
  ]);
  const last = places.filter(({ at }) => at >= notebook.cells.length).map((place) => place.cell);
  return { ...notebook, cells: [...cells, ...last] };
}

/** What a test printed; undefined where it ended before it could. */
function resultsOf(cell: Cell | undefined): CheckResult[] | undefined {
  const outputs = cell?.cell_type === 'code' ? cell.outputs : [];
  const text = outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');
  const line = text.split('\n').findLast((each) => each.startsWith(CHECKS_MARK));
  return line === undefined ? undefined : JSON.parse(line.slice(CHECKS_MARK.length));
}

const errorOf = (report: CellReport | undefined): string | undefined =>
  report?.error === undefined ? undefined : `${report.error.name}: ${report.error.message}`;

/** A run of the notebook with its tests, by cell. */
interface Outcome {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly reports: ReadonlyMap<string, CellReport>;
}

function reportOn(exercise: Exercise, student: Notebook, { cells, reports }: Outcome): ExerciseReport {
  const { id, title, tests } = exercise;
  if (!isAttempted(exercise, student)) return { id, title, verdict: 'not attempted', checks: [] };
  const test = testFor(exercise).id;
  const checks = resultsOf(cells.get(test)) ?? [];
  const answers = answerTo(exercise, student).map((cell) => reports.get(cell.id));
  const error = [...answers, reports.get(test)].map(errorOf).find((each) => each !== undefined);
  const isRight = error === undefined && checks.every((check) => check.verdict === 'passed');
  const verdict = !isRight ? 'failed' : tests === '' ? 'not checked' : 'passed';
  return { id, title, verdict, checks, ...(error !== undefined && { error }) };
}

/**
 * Runs a student's notebook on a fresh kernel and checks its exercises; the notebook is not changed.
 *
 * @throws InkwellError `CHECKS_MISMATCH` where the notebook has none of the exercises' cells, and what
 *   `executeNotebook` throws.
 */
export async function checkNotebook(
  notebook: Notebook,
  { notebook: name, exercises }: CheckFile,
  options: Omit<ExecuteNotebookOptions, 'keepGoing' | 'until'>,
): Promise<CheckReport> {
  const known = new Set(exercises.flatMap(({ cells }) => cells.map(({ id }) => id)));
  if (known.size > 0 && !notebook.cells.some(({ id }) => known.has(id))) {
    throw new InkwellError('CHECKS_MISMATCH', `${options.path} has no cell of an exercise of ${name}`, {
      hint: 'Exercises are found by the ids of their cells. Hand out the notebook again, or name the checks that belong to it.',
    });
  }
  const attempted = exercises.filter((exercise) => isAttempted(exercise, notebook));
  const tested = withTests(notebook, attempted);
  const run = await executeNotebook(tested, { ...options, keepGoing: true });
  const outcome: Outcome = {
    cells: new Map(run.notebook.cells.map((cell) => [cell.id, cell])),
    reports: new Map(run.report.cells.map((cell) => [cell.id, cell])),
  };
  const own = new Set(exercises.flatMap((exercise) => answerTo(exercise, notebook).map(({ id }) => id)));
  const failures = codeCells(notebook).flatMap(({ id }, index) => {
    const error = own.has(id) ? undefined : errorOf(outcome.reports.get(id));
    return error === undefined ? [] : [{ id, number: index + 1, error }];
  });
  return { notebook: name, exercises: exercises.map((each) => reportOn(each, notebook, outcome)), failures };
}
