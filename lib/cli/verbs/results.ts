/** The verb that trains the nets of the table of results. */
import type { Command } from 'commander';
import type { ResultsFlags } from '../commands/results';
import { collect, finish } from './finish';

/** Adds `results`. */
export function addResultsVerb(program: Command): void {
  program
    .command('results')
    .description('the table of results: show it, or train the nets of its rows (hours), resumable')
    .option('--row <name>', 'run this row (repeatable; `all` for all)', collect, [])
    .option('--runs <number>', 'how many runs of each row (default as many as the table has)')
    .option('--seed <number>', 'the first seed', '1')
    .option('--job <number>', 'run the job of this number in the list')
    .option('--resume', 'go on with what was cut off, and leave out what is finished')
    .option('--restart', 'begin again what was cut off')
    .option('--replace', 'let a new result take the place of a stored one that came to something else')
    .option('--list', 'list the runs as independent jobs, with the minutes that each takes')
    .option('--merge <folder>', 'store the results that lie in this folder or below it')
    .option('--markdown', 'print the table in Markdown')
    .option('--json', 'print as JSON')
    .option('--work <folder>', 'where checkpoints and nets go', 'build/results')
    .option('--out <folder>', 'where results are stored (default data/results)')
    .option('--made', 'on the digits that the project draws: figures that say nothing of MNIST')
    .action(async (flags: ResultsFlags) =>
      finish(await (await import('../commands/results.js')).results(flags)),
    );
}
