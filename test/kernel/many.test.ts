/** Many kernels, and many cells. */
import { growthPerRound } from '../measure/growth';
import { residentMb } from '../measure/process';
import { startKernel, type TestKernel } from './helpers/kernel';

test('fifty kernels start at once, each on ports of its own', async () => {
  const kernels = await Promise.all(Array.from({ length: 50 }, () => startKernel()));
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

  test('leave memory where it was', async () => {
    const session = Number((await kernel.run('process.pid')).result);
    const front = kernel.process.pid ?? 0;
    const fiftyCells = async (): Promise<void> => {
      for (let i = 0; i < 50; i++) {
        await kernel.run('let big = new Float64Array(1e5).fill(1); console.log(big.length); big');
      }
    };
    const heldMb = (): number => residentMb(session) + residentMb(front);
    // 50 results of 0.8 MB each would be 40 MB if they were kept.
    expect(await growthPerRound(fiftyCells, { rounds: 7, heldMb })).toBeLessThan(10);
  });
});
