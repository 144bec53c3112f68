/**
 * The `inkwell` command: its verbs and the exit status. The verbs' flags and
 * help are below `verbs/`; what each does is in a file of its own below
 * `commands/`, loaded when it is called, so that `--help` answers at once.
 */
import { constants } from 'node:os';
import { Command } from 'commander';
import { InkwellError, messageOf } from '../core/errors';
import { addBenchVerb } from './verbs/bench';
import { addBookVerbs } from './verbs/book';
import { addKernelVerb } from './verbs/kernel';
import { addMachineVerbs } from './verbs/machine';

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
  return program;
}

/** Runs the command line; errors meant for people go to stderr without a stack. */
export async function main(words: readonly string[]): Promise<void> {
  // An interrupted run ends its kernels (their clean-up hangs on `exit`).
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  try {
    await createProgram().parseAsync([...words], { from: 'user' });
  } catch (error) {
    const forPeople = error instanceof InkwellError || error instanceof RangeError;
    process.stderr.write(
      `inkwell: ${forPeople ? messageOf(error) : ((error as Error)?.stack ?? String(error))}\n`,
    );
    process.exitCode = 1;
  }
}
