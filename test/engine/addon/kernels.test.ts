/**
 * The loops of our operations by themselves, as they are compiled for the engine, at
 * every width that this processor has: against plain sums, on numbers behind which
 * memory ends (`kernels/`). TensorFlow's buffers have room behind them, so that
 * other tests do not see a read that goes too far.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { packageFolder } from 'inkwell/core/paths';
import { inTurns } from 'inkwell/core/turns';
import { type AddonSource, addonFolder, addonSources } from 'inkwell/engine/native/addon-sources';
import { run } from 'inkwell/engine/native/run';
import { findCompiler } from 'inkwell/engine/native/tools';
import { temporaryFolders } from '../temporary';

const temporary = temporaryFolders();
const checks = path.join(packageFolder(), '..', 'test', 'engine', 'addon', 'kernels');

/** What needs nothing of TensorFlow, and the checks. */
function sources(): AddonSource[] {
  const loops = addonSources(process.arch as 'x64' | 'arm64').filter(
    ({ object, flags }) => object === 'crew' || flags.some((flag) => flag.startsWith('-DWIDTH')),
  );
  const flags = (loops[0] as AddonSource).flags.filter((flag) => flag.startsWith('-std'));
  const checkOf = (name: string): AddonSource => ({
    file: path.join(checks, `${name}.cc`),
    object: `check_${name}`,
    flags: [...flags, '-O2', `-I${addonFolder()}`],
  });
  return [
    ...loops,
    ...['main', 'batch_norm', 'conv_pool', 'dense', 'lstm', 'max_pool', 'patches', 'winograd'].map(checkOf),
  ];
}

test('every width: the right numbers, and none beyond the end', async () => {
  const folder = temporary();
  const compiler = await findCompiler();
  const said = async (program: string, args: readonly string[]): Promise<string> => {
    const { kind, stdout, stderr, signal } = await run(program, args);
    if (kind !== 'done') throw new Error(`${program} ${kind}${signal ? ` by ${signal}` : ''}: ${stderr}`);
    return stdout;
  };
  const objects = await inTurns(sources(), availableParallelism(), async ({ file, object, flags }) => {
    const made = path.join(folder, `${object}.o`);
    await said(compiler, [...flags, '-c', file, '-o', made]);
    return made;
  });
  const program = path.join(folder, 'check');
  await said(compiler, [...objects, '-pthread', '-o', program]);
  expect(await said(program, [])).toMatch(/\b4 $/);
});
