import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkText } from 'inkwell/cli/commands/check';
import { printForStudents } from 'inkwell/cli/student-edition';
import { createTerminal } from 'inkwell/cli/terminal';
import { formatNotebook } from 'inkwell/notebook/write';
import { readCheckFile } from 'inkwell/teaching/check-file';
import { AUTHOR } from '../teaching/support';

const quiet = { ...createTerminal(), note: () => {} };
let folder = '';
const print = (out = 'out'): Promise<void> =>
  printForStudents(quiet, [path.join(folder, '01-sums.ipynb')], path.join(folder, out));
const inside = (...names: string[]): string => path.join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-student-'));
  writeFileSync(inside('01-sums.ipynb'), formatNotebook(AUTHOR));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('printForStudents', () => {
  it('writes the notebooks, and the tests beside them', async () => {
    await print();
    expect(readdirSync(inside('out')).sort()).toEqual(['01-sums.ipynb', 'book.json', 'checks']);
    expect(readFileSync(inside('out', '01-sums.ipynb'), 'utf8')).not.toContain('claim(');
    const { exercises } = await readCheckFile(inside('out', 'checks', '01-sums.json'));
    expect(exercises.map(({ title }) => title)).toContain('1. Double');
  });

  it('replaces an edition that nobody has touched', async () => {
    await print();
    await print();
    expect(readdirSync(inside('out'))).toHaveLength(3);
  });

  it.each([
    ['changed', () => appendFileSync(inside('out', '01-sums.ipynb'), ' '), '01-sums.ipynb'],
    ['added', () => writeFileSync(inside('out', 'mine.ipynb'), '{}'), 'mine.ipynb'],
  ])('leaves a folder alone in which a file was %s', async (_what, work, name) => {
    await print();
    work();
    await expect(print()).rejects.toMatchObject({
      code: 'STUDENT_WORK',
      message: expect.stringContaining(name),
    });
    expect(readdirSync(inside('out'))).toContain(name);
  });

  it('leaves a folder alone that holds something else', async () => {
    mkdirSync(inside('home'));
    writeFileSync(inside('home', 'letter.txt'), 'dear');
    await expect(print('home')).rejects.toMatchObject({ code: 'PRINT_OUT' });
    expect(readdirSync(inside('home'))).toEqual(['letter.txt']);
  });
});

describe('readCheckFile', () => {
  it('says what is missing, and what is no checks', async () => {
    await expect(readCheckFile(inside('none.json'))).rejects.toMatchObject({ code: 'CHECKS_MISSING' });
    for (const text of ['{', '{}', '{"format":"inkwell-checks","version":1,"exercises":[{"id":1}]}']) {
      writeFileSync(inside('bad.json'), text);
      await expect(readCheckFile(inside('bad.json'))).rejects.toMatchObject({ code: 'CHECKS_INVALID' });
    }
  });
});

test('checkText tells each exercise, and what was expected and came', () => {
  const text = checkText({
    path: 'a.ipynb',
    notebook: 'a.ipynb',
    exercises: [
      { id: '1', title: '1. Double', verdict: 'passed', checks: [{ statement: 's', verdict: 'passed' }] },
      {
        id: '2',
        title: '2. Total',
        verdict: 'failed',
        checks: [{ statement: 'total 9', verdict: 'failed', expected: 'total === 10', got: '9' }],
      },
      { id: '3', title: '3. Clamp', verdict: 'failed', checks: [], error: 'Error: too hard\nat x' },
      { id: '4', title: '4. Draw', verdict: 'not attempted', checks: [] },
    ],
    failures: [{ id: 'x', number: 3, error: 'Error: broken' }],
  });
  expect(text).toBe(`a.ipynb
  ✓ 1. Double: passed
  ✗ 2. Total: failed
      ✗ total 9
        expected total === 10
        got      9
  ✗ 3. Clamp: failed
      Error: too hard
      at x
  ○ 4. Draw: not attempted
  ! code cell 3 failed: Error: broken
  1 passed, 2 failed, 1 not attempted`);
});
