/** Reads what `inkwell print --to student` stored to check a notebook by. */
import { readFile } from 'node:fs/promises';
import { codeOf, InkwellError, messageOf } from '../core/errors';
import { parseJson } from '../core/json-file';
import type { CheckFile } from './student';

const isText = (value: unknown): boolean => typeof value === 'string';

function isExercise(value: unknown): boolean {
  const { id, title, cells, before, tests } = (value ?? {}) as { readonly [key: string]: unknown };
  const isCell = (cell: { id?: unknown; stub?: unknown }): boolean => isText(cell?.id) && isText(cell?.stub);
  const texts = [id, title, tests].every(isText) && (before === null || isText(before));
  return texts && Array.isArray(cells) && cells.every(isCell);
}

/**
 * The checks in a file.
 *
 * @throws InkwellError `CHECKS_MISSING` where there is no such file, `CHECKS_INVALID` where it holds no checks.
 */
export async function readCheckFile(file: string): Promise<CheckFile> {
  let value: Partial<CheckFile>;
  try {
    value = parseJson(await readFile(file, 'utf8')) as Partial<CheckFile>;
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT';
    throw new InkwellError(
      isMissing ? 'CHECKS_MISSING' : 'CHECKS_INVALID',
      isMissing ? `there are no checks ${file}` : `the checks ${file} cannot be read: ${messageOf(error)}`,
      { hint: 'inkwell print --to student writes them; --checks names their folder.', cause: error },
    );
  }
  const { format, version, exercises } = value;
  if (
    format === 'inkwell-checks' &&
    version === 1 &&
    Array.isArray(exercises) &&
    exercises.every(isExercise)
  ) {
    return value as CheckFile;
  }
  throw new InkwellError('CHECKS_INVALID', `${file} holds no checks of version 1`, {
    hint: 'Write it again with inkwell print --to student.',
  });
}
