/** The verbs about this machine: what is on it, engines, data, the cache. */
import type { Command } from 'commander';
import { finish } from './finish';

/** Adds `doctor`, `prepare`, `data` and `cache`. */
export function addMachineVerbs(program: Command): void {
  program
    .command('doctor')
    .description('what is here and what is missing: engine, data, kernels, versions')
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) =>
      finish(await (await import('../commands/doctor.js')).doctor(flags)),
    );

  program
    .command('prepare')
    .description('make an engine ready: build the native addon where it is not there yet')
    .option('--engine <name>', 'this engine or fail: tensorflow-gpu, tensorflow, wasm, cpu')
    .action(async (flags: { engine?: string }) =>
      finish(await (await import('../commands/prepare.js')).prepare(flags)),
    );

  program
    .command('data')
    .description('the data sets: list, fetch, verify, where')
    .addArgument(program.createArgument('<what>', 'what to do').choices(['list', 'fetch', 'verify', 'where']))
    .argument('[names...]', 'data sets (default all)')
    .option('--json', 'print as JSON')
    .action(async (what: string, names: string[], flags: { json?: boolean }) =>
      finish(await (await import('../commands/data.js')).data(what, names, flags)),
    );

  addCacheVerb(program);
}

function addCacheVerb(program: Command): void {
  const cache = program
    .command('cache')
    .description('what all clones of the book share: prepared engines, data sets, rivals of the benchmarks');
  cache
    .command('list', { isDefault: true })
    .description('what is in it, and how large')
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) => finish((await import('../commands/cache.js')).list(flags)));
  cache
    .command('clean')
    .description('remove engines that this version does not use and no other has used since yesterday')
    .argument('[parts...]', 'in place of that: engine, bench, kernel-conformance')
    .action(async (parts: string[]) => finish((await import('../commands/cache.js')).clean(parts)));
}
