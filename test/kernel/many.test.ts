/** Many kernels, and many cells. */
import { readFileSync } from 'node:fs';
import { startKernel, type TestKernel } from './helpers/kernel';

test('fifty kernels start at once, each on ports of its own', async () => {
  const kernels = await Promise.all(Array.from({ length: 50 }, () => startKernel({ patienceMs: 120_000 })));
  try {
    const ports = kernels.flatMap(
      ({ ports: { shell_port, iopub_port, stdin_port, control_port, hb_port } }) => [
        shell_port,
        iopub_port,
        stdin_port,
        control_port,
        hb_port,
      ],
    );
    expect(new Set(ports).size).toBe(250);
    const infos = await Promise.all(kernels.map((kernel) => kernel.request('connect_request', {})));
    expect(infos.map(({ content }) => content['shell_port'])).toEqual(
      kernels.map(({ ports: p }) => p['shell_port']),
    );
  } finally {
    await Promise.all(kernels.map((kernel) => kernel.stop()));
  }
});

describe('500 cells', () => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = await startKernel();
  });
  afterAll(() => kernel.stop());

  const heldMb = (pid: number): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

  test('leave memory where it was', async () => {
    const session = Number((await kernel.run('process.pid')).result);
    const front = kernel.process.pid ?? 0;
    const cells = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        await kernel.run('let big = new Float64Array(1e5).fill(1); console.log(big.length); big');
      }
    };
    await cells(100);
    const before = heldMb(session) + heldMb(front);
    await cells(400);
    // 400 results of 0.8 MB each would be 320 MB if they were kept.
    expect(heldMb(session) + heldMb(front) - before).toBeLessThan(80);
  });
});
