/**
 * The `inkwell` command: its verbs, their help, and the exit status. Each verb
 * lives in a file of its own below `commands/`, loaded when it is called, so
 * that `--help` answers at once.
 */
import { Command, Option } from 'commander';
import { InkwellError, messageOf } from '../core/errors';
import type { AccuracyFlags } from './commands/bench-accuracy';
import type { TrainingFlags } from './commands/bench-training';
import type { CheckFlags } from './commands/check';
import type { PlaceFlags } from './commands/kernel';
import type { PrintFlags } from './commands/print';
import type { RunFlags } from './commands/run';

const EXIT_NOTE = '\nExit status: 0 only where all is well, 1 otherwise, 2 for a wrong command line.';

/** Collects a flag that may be given several times. */
const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

/** Ends the process with the status a verb came to, once its output is written. */
function finish(status: number): void {
  process.exitCode = status;
}

function runOptions(command: Command): Command {
  return command
    .option('--kernel <name>', 'run on this kernel instead of the one each notebook names')
    .addOption(new Option('--profile <name>', 'scale of the run').choices(['quick', 'full']).default('quick'))
    .option('--param <name=value>', 'set a parameter of the notebooks (repeatable)', collect, [])
    .option('--timeout <seconds>', 'time limit of a cell (default 600)');
}

function addBookVerbs(program: Command): void {
  runOptions(program.command('all'))
    .description('the main job: prepare an engine, find the data, execute every notebook, print the book')
    .action(async (flags: RunFlags) => finish(await (await import('./commands/all.js')).all(flags)));

  runOptions(program.command('run'))
    .description('execute notebooks headless')
    .argument('<paths...>', 'notebooks, or folders of notebooks')
    .option('--out <folder>', 'where the executed copies go', 'build/executed')
    .option('--in-place', 'write the outputs into the notebooks themselves (only of those that pass)')
    .option('--json', 'print the reports as JSON')
    .action(async (paths: string[], flags: RunFlags) =>
      finish(await (await import('./commands/run.js')).run(paths, flags)),
    );

  program
    .command('print')
    .description('print executed notebooks as a book, or an edition of the notebooks for students')
    .argument('[paths...]', 'notebooks, or folders of them (default build/executed, for students notebooks)')
    .addOption(new Option('--to <form>', 'what to print').choices(['html', 'student']).default('html'))
    .option('--out <folder>', 'where it goes (default build/book or build/student)')
    .action(async (paths: string[], flags: PrintFlags) =>
      finish(await (await import('./commands/print.js')).print(paths, flags)),
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
      finish(await (await import('./commands/check.js')).check(paths, flags)),
    );

  program
    .command('lab')
    .description('open the notebooks in JupyterLab, in a project-local Python environment')
    .allowUnknownOption()
    .argument('[options...]', 'passed on to jupyter lab, such as --no-browser --port 8890')
    .action(async (words: string[]) => finish(await (await import('./commands/lab.js')).lab(words)));
}

function addMachineVerbs(program: Command): void {
  program
    .command('doctor')
    .description('what is here and what is missing: engine, data, kernels, versions')
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) =>
      finish(await (await import('./commands/doctor.js')).doctor(flags)),
    );

  program
    .command('prepare')
    .description('make an engine ready: build the native addon where it is not there yet')
    .option('--engine <name>', 'this engine or fail: tensorflow-gpu, tensorflow, wasm, cpu')
    .action(async (flags: { engine?: string }) =>
      finish(await (await import('./commands/prepare.js')).prepare(flags)),
    );

  program
    .command('data')
    .description('the data sets: list, fetch, verify, where')
    .addArgument(program.createArgument('<what>', 'what to do').choices(['list', 'fetch', 'verify', 'where']))
    .argument('[names...]', 'data sets (default all)')
    .option('--json', 'print as JSON')
    .action(async (what: string, names: string[], flags: { json?: boolean }) =>
      finish(await (await import('./commands/data.js')).data(what, names, flags)),
    );
}

function addCacheVerbs(program: Command): void {
  const cache = program
    .command('cache')
    .description('what all clones of the book share: prepared engines, data sets, rivals of the benchmarks');
  cache
    .command('list', { isDefault: true })
    .description('what is in it, and how large')
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) => finish((await import('./commands/cache.js')).list(flags)));
  cache
    .command('clean')
    .description('remove engines that this version does not use and no other has used since yesterday')
    .argument('[parts...]', 'in place of that: engine, bench, kernel-conformance')
    .action(async (parts: string[]) => finish((await import('./commands/cache.js')).clean(parts)));
}

function placeOptions(command: Command): Command {
  return command
    .option('--user', "in the user's own Jupyter folder (the default)")
    .option('--prefix <folder>', 'below this folder, in share/jupyter/kernels')
    .option('--sys-prefix', 'in the Python environment that is active');
}

function addKernelVerbs(program: Command): void {
  const kernel = program.command('kernel').description('the TypeScript kernel of the book, for any Jupyter');
  placeOptions(kernel.command('install'))
    .description('register it with Jupyter')
    .option('--no-check', 'run cells without checking their types')
    .action(async (flags: PlaceFlags & { check?: boolean }) =>
      finish((await import('./commands/kernel.js')).install(flags)),
    );
  placeOptions(kernel.command('uninstall'))
    .description('remove it')
    .action(async (flags: PlaceFlags) => finish((await import('./commands/kernel.js')).uninstall(flags)));
  kernel
    .command('list')
    .description('where it is registered')
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) => finish((await import('./commands/kernel.js')).list(flags)));
}

function addBenchVerbs(program: Command): void {
  const bench = program
    .command('bench')
    .description('measurements beside rivals, in one run on this machine');
  bench
    .command('accuracy')
    .description("the time from the start of the process to 99 % on MNIST's test set")
    .option('--json', 'print as JSON')
    .option('--seed <number>', 'decides the split, the weights and the order', '1')
    .option('--made', 'on the digits that the project draws: a figure that says nothing of MNIST')
    .option('--out <file>', 'where the result is stored', 'build/bench/accuracy.json')
    .action(async (flags: AccuracyFlags) =>
      finish(await (await import('./commands/bench-accuracy.js')).accuracyBench(flags)),
    );
  bench
    .command('training')
    .description(
      'a training step of several nets beside PyTorch and TensorFlow (installs them into the cache)',
    )
    .option('--json', 'print as JSON')
    .option('--only <net:batch>', 'this workload (repeatable; default all)', collect, [])
    .option('--rounds <number>', 'how often each trains', '9')
    .option('--made', 'on the digits that the project draws instead of MNIST')
    .option('--out <file>', 'where the result is stored', 'build/bench/training.json')
    .action(async (flags: TrainingFlags) =>
      finish(await (await import('./commands/bench-training.js')).trainingBench(flags)),
    );
  bench
    .command('kernel', { isDefault: true })
    .description(
      "this kernel, stock tslab, Deno's and ipykernel: start, cells, memory (installs the rivals into the cache)",
    )
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) =>
      finish(await (await import('./commands/bench.js')).kernelBench(flags)),
    );
}

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
  addCacheVerbs(program);
  addKernelVerbs(program);
  addBenchVerbs(program);
  return program;
}

/** Runs the command line; errors meant for people go to stderr without a stack. */
export async function main(words: readonly string[]): Promise<void> {
  // An interrupted run ends its kernels (their clean-up hangs on `exit`).
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130));
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
