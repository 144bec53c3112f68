/** Whether this machine has an NVIDIA GPU with a driver that works. */
import { run } from './run';
import type { Command } from './tools';

export type GpuState =
  | { readonly kind: 'found'; readonly name: string; readonly driver: string }
  | { readonly kind: 'none'; readonly why: string };

/** Asks `nvidia-smi`, which comes with the driver and fails where the driver does not work. */
export async function findGpu(command: Command = ['nvidia-smi']): Promise<GpuState> {
  if (process.platform === 'darwin') return { kind: 'none', why: 'macOS has no NVIDIA driver' };
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const [program, ...args] = command;
  const { kind, stdout, stderr } = await run(program, [...args, ...query], { timeoutMs: 20_000 });
  if (kind === 'missing') return { kind: 'none', why: 'no NVIDIA driver was found (there is no nvidia-smi)' };
  const [name, driver] = (stdout.split('\n')[0] ?? '').split(',').map((part) => part.trim());
  if (kind === 'failed' || !name || !driver) {
    const said = (stderr || stdout).trim().split('\n')[0] ?? '';
    return { kind: 'none', why: `the NVIDIA driver does not work (nvidia-smi: ${said})` };
  }
  return { kind: 'found', name, driver };
}
