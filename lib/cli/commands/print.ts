/** `inkwell print`: executed notebooks in, a book for the browser out. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../core/paths';
import { type BookReport, printBook } from '../../publish/book';
import { bookInfoFor } from '../book-info';
import { findNotebooks } from '../notebooks';
import { printForStudents } from '../student-edition';
import { createTerminal, formatBytes, formatDuration, type Terminal } from '../terminal';

const LISTED = 6;

function uncitedNote(keys: readonly string[]): string {
  const list = keys.length > LISTED ? [...keys.slice(0, LISTED), '…'] : keys;
  return `  ${keys.length} works of the bibliography are cited by no chapter: ${list.join(', ')}`;
}

/** Prints the notebooks as the book and tells the terminal where it stands. */
export async function printOn(
  terminal: Terminal,
  chapters: readonly string[],
  out: string,
): Promise<BookReport> {
  const report = await printBook({
    ...(await bookInfoFor(chapters)),
    chapters,
    out,
  });
  const size = `${report.pages.length} pages, ${formatBytes(report.bytes)}, ${formatDuration(report.durationMs)}`;
  terminal.note(`Printed: ${pathToFileURL(path.join(report.out, 'index.html'))} (${size})`);
  return report;
}

/** The flags as the command line gives them. */
export interface PrintFlags {
  readonly to: 'html' | 'student';
  readonly out?: string;
}

/** Returns the exit status; problems in the book throw, each named. */
export async function print(paths: readonly string[], { to, out }: PrintFlags): Promise<number> {
  const terminal = createTerminal();
  if (to === 'student') {
    const sources = await findNotebooks(paths.length > 0 ? paths : [path.join(projectRoot(), 'notebooks')]);
    await printForStudents(terminal, sources, out ?? 'build/student');
    return 0;
  }
  const chapters = await findNotebooks(paths.length > 0 ? paths : ['build/executed']);
  const { uncited } = await printOn(terminal, chapters, out ?? 'build/book');
  // For authors, of the whole book: later chapters may cite what these do not.
  if (paths.length === 0 && uncited.length > 0) terminal.note(uncitedNote(uncited));
  return 0;
}
