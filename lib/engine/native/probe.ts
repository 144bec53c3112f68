/**
 * Trying an addon in a process of its own: a broken one may end the process
 * that loads it, with no error to catch.
 */
import { lastLines, type Ran, run } from './run';

export type Probe =
  | { readonly kind: 'works'; readonly version: string; readonly usesGpu: boolean }
  | { readonly kind: 'broken'; readonly why: string };

/** Loads the addon, adds 1 and 2 with it, and prints what it is. */
const script = `
const addon = require(process.argv[1]);
const one = addon.createTensor([], addon.TF_FLOAT, new Float32Array([1]));
const two = addon.createTensor([], addon.TF_FLOAT, new Float32Array([2]));
const type = { name: 'T', type: addon.TF_ATTR_TYPE, value: addon.TF_FLOAT };
const [sum] = addon.executeOp('AddV2', [type], [one, two], 1);
if (addon.tensorDataSync(sum.id)[0] !== 3) throw new Error('1 + 2 is not 3');
console.log(JSON.stringify({ version: addon.TF_Version, usesGpu: addon.isUsingGpuDevice() }));
`;

/** Whether an addon loads and computes, on which TensorFlow, and whether on a GPU. Never throws. */
export async function probeAddon(addon: string): Promise<Probe> {
  const env = { TF_CPP_MIN_LOG_LEVEL: '3' };
  const ran = await run(process.execPath, ['-e', script, addon], { env, timeoutMs: 120_000 });
  if (ran.kind !== 'done') return { kind: 'broken', why: whyNot(ran) };
  try {
    const { version, usesGpu } = JSON.parse(lastLines(ran.stdout, 1)) as {
      version: string;
      usesGpu: boolean;
    };
    return { kind: 'works', version, usesGpu };
  } catch {
    return {
      kind: 'broken',
      why: `it printed ${JSON.stringify(lastLines(ran.stdout, 1))} instead of its version`,
    };
  }
}

function whyNot({ signal, stderr, status }: Ran): string {
  if (signal === 'SIGILL') return 'this processor lacks instructions that TensorFlow is built with (SIGILL)';
  if (signal !== undefined) return `loading it ended the process (${signal})`;
  const error = stderr.split('\n').find((line) => line.startsWith('Error: '));
  return error?.slice('Error: '.length) ?? (lastLines(stderr, 2) || `loading it ended with status ${status}`);
}
