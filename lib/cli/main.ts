/**
 * The `inkwell` command: its verbs and the exit status. The verbs' flags and
 * help are below `verbs/`; what each does is in a file of its own below
 * `commands/`, loaded when it is called, so that `--help` answers at once.
 */
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Command } from 'commander';
import { codeOf, InkwellError, messageOf } from '../core/errors';
import { listenForSignals } from './signals';
import { addBenchVerb } from './verbs/bench';
import { addBookVerbs } from './verbs/book';
import { addKernelVerb } from './verbs/kernel';
import { addMachineVerbs } from './verbs/machine';
import { addResultsVerb } from './verbs/results';

const EXIT_NOTE = '\nExit status: 0 only where all is well, 1 otherwise, 2 for a wrong command line.';

/** The command with all its verbs, not yet run. */
export function createProgram(): Command {
  const program = new Command('inkwell')
    .description('Runs and prints the Inkwell book.')
    .showHelpAfterError('(inkwell --help lists the verbs)')
    .addHelpText('after', EXIT_NOTE)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride((error) => {
      // commander's own exits: 0 for help, 2 for a command line that it cannot read.
      process.exit(error.exitCode === 0 ? 0 : 2);
    });
  addBookVerbs(program);
  addMachineVerbs(program);
  addKernelVerb(program);
  addBenchVerb(program);
  addResultsVerb(program);
  return program;
}

/** What the machine lacks, by the codes of its errors. */
const LACKS: Readonly<Record<string, string>> = {
  EMFILE: 'too many files are open at once; allow more with `ulimit -n 1024`',
  ENFILE: 'the machine has too many files open; close some programs',
  ENOSPC: 'the disk is full; make room and try again',
  EROFS: 'the disk can only be read; choose another folder with --out',
  EACCES: 'a file or folder may not be used; check its permissions, or choose another folder with --out',
  EPERM: 'a file or folder may not be used; check its permissions, or choose another folder with --out',
  ENOTDIR: 'what should be a folder is a file; move it, or choose another folder',
  EEXIST: 'what should be a folder is a file; move it, or choose another folder',
  EFBIG: 'a file would grow larger than it may here; allow more with `ulimit -f unlimited`',
};

/** The code of an error, or of one beneath it. */
function codeIn(error: unknown): string | undefined {
  return (
    codeOf(error) ?? (error instanceof Error && error.cause !== undefined ? codeIn(error.cause) : undefined)
  );
}

/** An error as a reader should see it: without a stack, unless it is a mistake of ours. */
function wordsFor(error: unknown): string {
  const lack = LACKS[codeIn(error) ?? ''];
  if (error instanceof InkwellError || error instanceof RangeError)
    return lack === undefined ? messageOf(error) : `${messageOf(error)}\n${lack}`;
  if (lack !== undefined) return `${messageOf(error)}\n${lack}`;
  return (error as Error)?.stack ?? String(error);
}

/** @throws InkwellError `TEMPORARY_FOLDER` where kernels and downloads could not put their files. */
function checkTemporaryFolder(): void {
  const folder = tmpdir();
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  throw found === undefined
    ? new InkwellError('TEMPORARY_FOLDER', `the temporary folder ${folder} does not exist`, {
        hint: 'Make it, or let TMPDIR name another.',
      })
    : new InkwellError('TEMPORARY_FOLDER', `the temporary folder ${folder} is a file`, {
        hint: 'Let TMPDIR name a folder.',
      });
}

/** Runs the command line; errors meant for people go to stderr without a stack. */
export async function main(words: readonly string[]): Promise<void> {
  listenForSignals();
  // A file that may not grow further is an error (EFBIG) like others.
  process.on('SIGXFSZ', () => {});
  try {
    checkTemporaryFolder();
    await createProgram().parseAsync([...words], { from: 'user' });
  } catch (error) {
    process.stderr.write(`inkwell: ${wordsFor(error)}\n`);
    process.exitCode = 1;
  }
}
