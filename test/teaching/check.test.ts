/** Students' notebooks, checked on the kernel. */
import { findKernel } from 'inkwell/client/kernelspecs';
import type { Notebook } from 'inkwell/notebook/format';
import { type CheckReport, checkNotebook, type ExerciseReport } from 'inkwell/teaching/check';
import { studentEdition } from 'inkwell/teaching/student';
import { AUTHOR, answered, code } from './support';

const { notebook: student, checks } = studentEdition(AUTHOR, '01-sums.ipynb');

async function checked(notebook: Notebook): Promise<CheckReport> {
  const kernel = await findKernel('inkwell');
  return checkNotebook(notebook, checks, {
    kernel,
    path: '01-sums.ipynb',
    profile: 'quick',
    timeoutMs: 60_000,
  });
}

const verdicts = ({ exercises }: CheckReport): string[] => exercises.map(({ verdict }) => verdict);
const first = ({ exercises }: CheckReport): ExerciseReport => exercises[0] as ExerciseReport;

describe('checkNotebook', () => {
  it("passes the author's own solutions", async () => {
    const report = await checked(AUTHOR);
    expect(verdicts(report)).toEqual(['passed', 'passed', 'passed', 'not checked']);
    expect(report.failures).toEqual([]);
    expect(first(report).checks.map(({ statement }) => statement)).toEqual([
      'twice 20 is 40',
      'twice nothing is nothing',
    ]);
  });

  it('says of the untouched edition that nothing was attempted', async () => {
    const report = await checked(student);
    expect(verdicts(report)).toEqual(Array(4).fill('not attempted'));
    expect(report.failures).toEqual([]);
  });

  it('says what was expected and what came, and goes on', async () => {
    const report = await checked(
      answered(student, {
        one: 'const double = (n: number): number => n + 20;',
        two: 'const total = 9;',
        three: 'function clamp(value: number): number {\n  throw new Error("too hard");\n}',
      }),
    );
    expect(verdicts(report)).toEqual(['failed', 'failed', 'failed', 'not attempted']);
    expect(first(report).checks).toEqual([
      { statement: 'twice 20 is 40', verdict: 'passed' },
      { statement: 'twice nothing is nothing', verdict: 'failed', expected: 'double(0) === 0', got: '20' },
    ]);
    expect(report.exercises[1]?.checks[0]).toMatchObject({
      statement: 'total 9',
      expected: 'total === 10',
      got: '9',
    });
    expect(report.exercises[2]?.error).toContain('too hard');
    expect(report.failures).toEqual([]);
  });

  it('says which element of a list is wrong', async () => {
    const report = await checked(
      answered(student, {
        three: 'function clamp(value: number): number {\n  return Math.max(0, value);\n}',
      }),
    );
    expect(report.exercises[2]?.checks).toEqual([
      { statement: 'clamped', verdict: 'failed', expected: 'value === 1 at index 2', got: '2' },
    ]);
  });

  it('takes answers in cells of their own, and reports one that does not run or compile', async () => {
    const at = student.cells.findIndex(({ id }) => id === 'task-2');
    const added = code('mine', 'const double = (n: number): number => n * 2;');
    const cells = answered(student, { one: '', two: 'const total: number = "ten";' }).cells.toSpliced(
      at,
      0,
      added,
    );
    const report = await checked({ ...student, cells });
    expect(verdicts(report).slice(0, 2)).toEqual(['passed', 'failed']);
    expect(report.exercises[1]?.error).toContain("Type 'string' is not assignable to type 'number'");
  });

  it('knows an exercise whose cells were deleted as not attempted', async () => {
    const report = await checked(answered(student, { one: undefined, two: 'const total = 10;' }));
    expect(verdicts(report).slice(0, 2)).toEqual(['not attempted', 'passed']);
  });

  it('names a cell outside the exercises that no longer runs', async () => {
    const report = await checked(answered(student, { setup: 'oops();', two: 'const total = 10;' }));
    expect(report.failures).toEqual([
      { id: 'setup', number: 1, error: expect.stringContaining("Cannot find name 'oops'") },
    ]);
    expect(verdicts(report)[1]).toBe('passed');
  });

  it('refuses a notebook that has none of the exercises', async () => {
    const other = { ...student, cells: [code('x', '1')] };
    await expect(checked(other)).rejects.toMatchObject({ code: 'CHECKS_MISMATCH' });
  });
});
