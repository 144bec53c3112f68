/** The verb that measures. */
import type { Command } from 'commander';
import type { AccuracyFlags } from '../commands/bench-accuracy';
import type { TrainingFlags } from '../commands/bench-training';
import { collect, finish } from './finish';

/** Adds `bench` with `accuracy`, `training` and `kernel`. */
export function addBenchVerb(program: Command): void {
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
      finish(await (await import('../commands/bench-accuracy.js')).accuracyBench(flags)),
    );
  bench
    .command('training')
    .description(
      'training steps and predictions of several nets beside PyTorch, ONNX Runtime and TensorFlow (installs them into the cache)',
    )
    .option('--json', 'print as JSON')
    .option(
      '--only <name>',
      'this workload, `train`, `predict`, or all of this net (repeatable; default all)',
      collect,
      [],
    )
    .option('--rounds <number>', 'how often each trains', '9')
    .option('--made', 'on the digits that the project draws instead of MNIST')
    .option('--out <file>', 'where the result is stored', 'build/bench/training.json')
    .action(async (flags: TrainingFlags) =>
      finish(await (await import('../commands/bench-training.js')).trainingBench(flags)),
    );
  bench
    .command('kernel', { isDefault: true })
    .description(
      "this kernel, stock tslab, Deno's and ipykernel: start, cells, memory (installs the rivals into the cache)",
    )
    .option('--json', 'print as JSON')
    .action(async (flags: { json?: boolean }) =>
      finish(await (await import('../commands/bench.js')).kernelBench(flags)),
    );
}
