/** The book's own exercises: every solution passes its tests, and no untouched exercise crashes. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findKernel } from 'inkwell/client/kernelspecs';
import { projectRoot } from 'inkwell/core/paths';
import type { Notebook } from 'inkwell/notebook/format';
import { readNotebook } from 'inkwell/notebook/read';
import { type CheckReport, checkNotebook } from 'inkwell/teaching/check';
import { studentEdition } from 'inkwell/teaching/student';

const FOLDER = path.join(projectRoot(), 'notebooks');
const chapters = readdirSync(FOLDER).filter((name) => name.endsWith('.ipynb'));

async function checked(name: string, of: 'author' | 'student'): Promise<CheckReport> {
  const author = await readNotebook(path.join(FOLDER, name));
  const { notebook, checks } = studentEdition(author, name);
  const subject: Notebook = of === 'author' ? author : notebook;
  const kernel = await findKernel('inkwell');
  return checkNotebook(subject, checks, { kernel, path: path.join(FOLDER, name), profile: 'quick' });
}

describe.each(chapters)('%s', (name) => {
  it("passes with its author's solutions", async () => {
    const { exercises, failures } = await checked(name, 'author');
    expect(failures).toEqual([]);
    const wrong = exercises.filter(({ verdict }) => verdict !== 'passed' && verdict !== 'not checked');
    expect(wrong).toEqual([]);
  });

  it('runs untouched without a crash, and nothing counts as attempted', async () => {
    const { exercises, failures } = await checked(name, 'student');
    expect(failures).toEqual([]);
    expect(exercises.filter(({ verdict }) => verdict !== 'not attempted')).toEqual([]);
  });
});
