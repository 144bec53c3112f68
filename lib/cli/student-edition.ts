/**
 * Prints the edition for students: a folder of notebooks to hand out, and
 * beside them `checks/` with the hidden tests, for their teacher.
 *
 * A folder in which somebody has worked is never replaced: what the press wrote
 * is known by its sum, anything else is somebody's work.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, InkwellError } from '../core/errors';
import { readNotebook } from '../notebook/read';
import { formatNotebook } from '../notebook/write';
import { type BookFile, MARKER, replaceFolder } from '../publish/folder';
import { studentEdition } from '../teaching/student';
import type { Terminal } from './terminal';

/** Where the hidden tests are, beside the notebooks. */
export const CHECKS_FOLDER = 'checks';

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const textFile = (file: string, text: string): BookFile & { readonly sum: string } => {
  const bytes = Buffer.from(text);
  return { path: file, content: { kind: 'bytes', bytes }, sum: sumOf(bytes) };
};

/** The sums of what an earlier print wrote; undefined where there was none. */
async function earlierSums(out: string): Promise<{ readonly [file: string]: string } | undefined> {
  try {
    const manifest = JSON.parse(await readFile(path.join(out, MARKER), 'utf8'));
    return manifest.edition === 'student' ? manifest.files : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Files in the folder that are not as they were printed. */
async function workIn(out: string): Promise<string[]> {
  const sums = await earlierSums(out);
  if (sums === undefined) return [];
  const files = await readdir(out, { recursive: true, withFileTypes: true });
  const names = files
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(out, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  const changed: string[] = [];
  for (const name of names.filter((each) => each !== MARKER && !each.includes('.ipynb_checkpoints/'))) {
    if (sums[name] !== sumOf(await readFile(path.join(out, name)))) changed.push(name);
  }
  return changed.sort();
}

async function refuseWork(out: string): Promise<void> {
  const changed = await workIn(out);
  if (changed.length === 0) return;
  throw new InkwellError('STUDENT_WORK', `somebody has worked in ${out}: ${changed.join(', ')}`, {
    hint: 'Name another folder with --out; this one was left as it is.',
  });
}

/**
 * Writes the students' edition of these notebooks to a folder, whole or not at all.
 *
 * @throws InkwellError `STUDENT_WORK` where an earlier edition there was worked in, `PRINT_OUT` where the folder
 *   holds something else, and what reading a notebook or finding its exercises throws.
 */
export async function printForStudents(
  terminal: Terminal,
  sources: readonly string[],
  out: string,
): Promise<void> {
  const folder = path.resolve(out);
  const files: (BookFile & { readonly sum: string })[] = [];
  let count = 0;
  for (const source of sources) {
    const name = path.basename(source);
    const { notebook, checks } = studentEdition(await readNotebook(source), name);
    count += checks.exercises.length;
    files.push(textFile(name, formatNotebook(notebook)));
    const checksName = `${CHECKS_FOLDER}/${name.replace(/\.ipynb$/, '.json')}`;
    files.push(textFile(checksName, `${JSON.stringify(checks, null, 2)}\n`));
  }
  await refuseWork(folder);
  const sums = Object.fromEntries(files.map((file) => [file.path, file.sum]));
  const manifest = { generator: 'inkwell', edition: 'student', files: sums };
  await replaceFolder(folder, [...files, textFile(MARKER, `${JSON.stringify(manifest, null, 2)}\n`)]);
  terminal.note(
    `Printed for students: ${folder} (${sources.length} notebooks, ${count} exercises; keep ${CHECKS_FOLDER}/ to yourself)`,
  );
}
