import { median } from 'inkwell/cli/bench/statistics';
import { benchTraining, type StepTime, speedUp, type TrainingBench } from 'inkwell/cli/bench/training';
import { WORKLOADS, workloadsOf } from 'inkwell/cli/bench/workloads';
import { formatTrainingBench } from 'inkwell/cli/commands/bench-training';

function time(contender: StepTime['contender'], stepMs: number): StepTime {
  return { contender, threads: 1, stepMs, leastMs: stepMs, rounds: [stepMs], others: [], loss: 2 };
}

const measured: TrainingBench = {
  date: '2026-11-01T12:00:00.000Z',
  machine: { platform: 'linux-x64', cpu: 'Some CPU', cores: 2, memoryGb: 24, load: 0.5 },
  dataSet: 'MNIST',
  images: 10_000,
  rounds: 9,
  roundMs: 300,
  contenders: [
    { name: 'inkwell', version: '2.21.0' },
    { name: 'pytorch', version: '2.15.0' },
    { name: 'tfjs wasm', version: '4.22.0' },
    { name: 'tensorflow', failed: 'tensorflow cannot be installed for the bench: no index\nsee pip' },
  ],
  workloads: [
    {
      workload: 'conv:10',
      title: 'two convolutions',
      batchSize: 10,
      times: [
        time('inkwell', 1.5),
        time('pytorch', 4.5),
        { contender: 'tfjs wasm', failed: 'no kernel' },
        { contender: 'tensorflow', failed: 'tensorflow cannot be installed for the bench: no index' },
      ],
    },
  ],
};

test('ratios are of medians; without numbers there is none', () => {
  const [conv] = measured.workloads as [TrainingBench['workloads'][number]];
  expect(speedUp(conv, 'pytorch')).toBe(3);
  expect(speedUp(conv, 'tensorflow')).toBeNaN();
  expect(speedUp(conv, 'torch.compile')).toBeNaN();
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
});

test('the table names data, versions, machine, and each contender without numbers once', () => {
  const text = formatTrainingBench(measured);
  expect(text).toContain('conv:10');
  expect(text).toContain('3.00× – –');
  expect(text).toContain('SGD on the first 10000 digits of MNIST');
  expect(text).toContain('pytorch 2.15.0');
  expect(text.match(/no numbers of .*/g)).toEqual([
    'no numbers of tensorflow: tensorflow cannot be installed for the bench: no index',
    'no numbers of tfjs wasm, conv:10: no kernel',
  ]);
});

test('workloads are found by name', () => {
  expect(workloadsOf([])).toBe(WORKLOADS);
  expect(workloadsOf(['lstm:64', 'conv:10']).map(({ batchSize }) => batchSize)).toEqual([64, 10]);
  expect(() => workloadsOf(['conv:11'])).toThrow('there is no workload "conv:11", only mlp:256, conv:10');
});

test('trains ours beside stock TensorFlow.js, and names what stock cannot', async () => {
  const bench = await benchTraining({
    contenders: ['inkwell', 'tfjs wasm'],
    workloads: workloadsOf(['mlp:256', 'conv:10']),
    source: 'made',
    images: 512,
    rounds: 2,
    roundMs: 20,
  });
  expect(bench).toMatchObject({ dataSet: 'made digits', images: 512, rounds: 2 });
  const [mlp, conv] = bench.workloads as [TrainingBench['workloads'][0], TrainingBench['workloads'][0]];
  for (const result of [...mlp.times, ...conv.times.slice(0, 1)] as StepTime[]) {
    expect(result.rounds).toHaveLength(2);
    expect(result.stepMs).toBe(median(result.rounds));
    expect(result.leastMs).toBeGreaterThan(0);
    expect(result.stepMs).toBeGreaterThanOrEqual(result.leastMs);
    for (const other of result.others) expect(other.stepMs).toBeGreaterThanOrEqual(result.stepMs);
    expect(result.loss).toBeLessThan(3); // ln 10 at the start
    expect(result.loss).toBeGreaterThan(0);
  }
  expect(conv.times[1]).toEqual({
    contender: 'tfjs wasm',
    failed: expect.stringContaining("Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'"),
  });
}, 120_000);
