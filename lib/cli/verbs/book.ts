/** The verbs about the book: executing its notebooks, printing and opening them. */
import { type Command, Option } from 'commander';
import type { CheckFlags } from '../commands/check';
import type { PrintFlags } from '../commands/print';
import type { RunFlags } from '../commands/run';
import { collect, finish } from './finish';

function runOptions(command: Command): Command {
  return command
    .option('--kernel <name>', 'run on this kernel instead of the one each notebook names')
    .addOption(new Option('--profile <name>', 'scale of the run').choices(['quick', 'full']).default('quick'))
    .option('--param <name=value>', 'set a parameter of the notebooks (repeatable)', collect, [])
    .option('--timeout <seconds>', 'time limit of a cell (default 600)');
}

/** `all`, `run`, `check`: the verbs that execute notebooks. */
function addExecutingVerbs(program: Command): void {
  runOptions(program.command('all'))
    .description('the main job: prepare an engine, find the data, execute every notebook, print the book')
    .action(async (flags: RunFlags) => finish(await (await import('../commands/all.js')).all(flags)));

  runOptions(program.command('run'))
    .description('execute notebooks headless')
    .argument('<paths...>', 'notebooks, or folders of notebooks')
    .option('--out <folder>', 'where the executed copies go', 'build/executed')
    .option('--in-place', 'write the outputs into the notebooks themselves (only of those that pass)')
    .option('--keep-going', 'run the cells after one that failed as well')
    .option('--json', 'print the reports as JSON')
    .action(async (paths: string[], flags: RunFlags) =>
      finish(await (await import('../commands/run.js')).run(paths, flags)),
    );

  program
    .command('check')
    .description("run students' notebooks with the hidden tests put back, and report on each exercise")
    .argument('<paths...>', 'notebooks, or folders of notebooks')
    .option('--checks <path>', 'the folder or file with the tests (default checks/ beside each notebook)')
    .option('--kernel <name>', 'run on this kernel instead of the one each notebook names')
    .option('--timeout <seconds>', 'time limit of a cell', '120')
    .option('--json', 'print the reports as JSON')
    .action(async (paths: string[], flags: CheckFlags) =>
      finish(await (await import('../commands/check.js')).check(paths, flags)),
    );
}

/** `print` and `lab`: the verbs that put notebooks before a reader. */
function addReadingVerbs(program: Command): void {
  program
    .command('print')
    .description('print executed notebooks as a book, or an edition of the notebooks for students')
    .argument('[paths...]', 'notebooks, or folders of them (default build/executed, for students notebooks)')
    .addOption(new Option('--to <form>', 'what to print').choices(['html', 'student']).default('html'))
    .option('--out <folder>', 'where it goes (default build/book or build/student)')
    .action(async (paths: string[], flags: PrintFlags) =>
      finish(await (await import('../commands/print.js')).print(paths, flags)),
    );

  program
    .command('lab')
    .description('open the notebooks in JupyterLab, in a project-local Python environment')
    .allowUnknownOption()
    .argument('[options...]', 'passed on to jupyter lab, such as --no-browser --port 8890')
    .action(async (words: string[]) => finish(await (await import('../commands/lab.js')).lab(words)));
}

/** Adds `all`, `run`, `check`, `print` and `lab`. */
export function addBookVerbs(program: Command): void {
  addExecutingVerbs(program);
  addReadingVerbs(program);
}
