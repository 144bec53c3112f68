/** The verb about the kernel: registering it with Jupyter. */
import type { Command } from 'commander';
import type { PlaceFlags } from '../commands/kernel';
import { finish } from './finish';

function placeOptions(command: Command): Command {
  return command
    .option('--user', "in the user's own Jupyter folder (the default)")
    .option('--prefix <folder>', 'below this folder, in share/jupyter/kernels')
    .option('--sys-prefix', 'in the Python environment that is active');
}

/** Adds `kernel` with `install`, `uninstall` and `list`. */
export function addKernelVerb(program: Command): void {
  const kernel = program.command('kernel').description('the TypeScript kernel of the book, for any Jupyter');
  placeOptions(kernel.command('install'))
    .description('register it with Jupyter')
    .option('--no-check', 'run cells without checking their types')
    .action(async (flags: PlaceFlags & { check?: boolean }) =>
      finish((await import('../commands/kernel.js')).install(flags)),
    );
  placeOptions(kernel.command('uninstall'))
    .description('remove it')
    .action(async (flags: PlaceFlags) => finish((await import('../commands/kernel.js')).uninstall(flags)));
  kernel
    .command('list')
    .description('where it is registered')
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) => finish((await import('../commands/kernel.js')).list(flags)));
}
