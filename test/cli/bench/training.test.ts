import { takesPart } from 'inkwell/cli/bench/contenders';
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
      task: 'train',
      optimizer: 'sgd',
      batchSize: 10,
      times: [
        time('inkwell', 1.5),
        time('pytorch', 4.8),
        time('torch.compile channels_last', 4.5),
        { contender: 'tfjs wasm', failed: 'no kernel' },
        { contender: 'tensorflow', failed: 'tensorflow cannot be installed for the bench: no index' },
      ],
    },
    {
      workload: 'conv:500:predict',
      title: 'two convolutions',
      task: 'predict',
      optimizer: 'sgd',
      batchSize: 500,
      times: [time('inkwell', 4), { contender: 'onnxruntime', failed: 'no wheel' }],
    },
  ],
};

test('ratios are of medians, against the best rival; without numbers there is none', () => {
  const [conv, predict] = measured.workloads as [
    TrainingBench['workloads'][number],
    TrainingBench['workloads'][number],
  ];
  expect(speedUp(conv)).toBe(3);
  expect(speedUp(predict)).toBeNaN();
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
});

test('the tables name data, versions, machine, modes, and each contender without numbers once', () => {
  const text = formatTrainingBench(measured);
  expect(text).toMatch(/conv:10 +1\.50 \(1\) +– +4\.50 \(1 cl\) .* 3\.00×\n/);
  expect(text).toMatch(/conv:500:predict +4\.00 \(1\) .* –\n/);
  expect(text).toContain('the first 10000 digits of MNIST');
  expect(text).toContain('conv:10: two convolutions, sgd');
  expect(text).toContain('pytorch 2.15.0');
  expect(text.match(/no numbers of .*/g)).toEqual([
    'no numbers of tensorflow: tensorflow cannot be installed for the bench: no index',
    'no numbers of tfjs wasm, conv:10: no kernel',
  ]);
});

test('contenders take part in what they are written for', () => {
  const [train] = workloadsOf(['norm:64']) as [(typeof WORKLOADS)[number]];
  const [predict] = workloadsOf(['norm:500:predict']) as [(typeof WORKLOADS)[number]];
  const [rows] = workloadsOf(['gru:64']) as [(typeof WORKLOADS)[number]];
  expect([takesPart('tensorflow', train), takesPart('onnxruntime', train)]).toEqual([false, false]);
  expect([takesPart('onnxruntime', predict), takesPart('pytorch', predict)]).toEqual([true, true]);
  expect([takesPart('pytorch channels_last', rows), takesPart('pytorch channels_last', train)]).toEqual([
    false,
    true,
  ]);
});

test('workloads are found by name', () => {
  expect(workloadsOf([])).toBe(WORKLOADS);
  expect(workloadsOf(['lstm:64', 'conv:10']).map(({ batchSize }) => batchSize)).toEqual([64, 10]);
  expect(workloadsOf(['conv']).map(({ name }) => name)).toEqual([
    ...['conv:10', 'conv:64', 'conv:256', 'conv:500:predict'],
  ]);
  expect(workloadsOf(['predict']).every(({ task }) => task === 'predict')).toBe(true);
  expect(() => workloadsOf(['conv:11'])).toThrow('there is no workload "conv:11", only mlp:256, conv:10');
});

test('ours trains and predicts every net', async () => {
  const small = WORKLOADS.filter(({ spec }) => spec.inputShape[0] !== 227).map((one) => ({
    ...one,
    batchSize: 4,
  }));
  const bench = await benchTraining({
    contenders: ['inkwell'],
    workloads: small,
    source: 'made',
    images: 64,
    rounds: 1,
    roundMs: 1,
  });
  for (const { workload, times } of bench.workloads) {
    const [ours] = times as [StepTime];
    expect([workload, ours]).toEqual([workload, expect.objectContaining({ contender: 'inkwell' })]);
    expect(ours.loss).toBeGreaterThan(0);
  }
}, 300_000);

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
