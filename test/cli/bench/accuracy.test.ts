import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AccuracyBench, benchAccuracy } from 'inkwell/cli/bench/accuracy';
import { accuracyBench, formatAccuracyBench } from 'inkwell/cli/commands/bench-accuracy';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';

const measured: AccuracyBench = {
  date: '2026-11-01T12:00:00.000Z',
  machine: { platform: 'linux-x64', cpu: 'Some CPU', cores: 2, memoryGb: 24, load: 0.5 },
  engine: 'tensorflow 2.21.0',
  threads: 1,
  dataSet: 'MNIST',
  seed: 1,
  epochs: 3,
  images: { train: 50_000, validation: 10_000, test: 10_000 },
  bestEpoch: 3,
  validationAccuracy: 0.9882,
  testAccuracy: 0.9923,
  seconds: 15.5,
  target: { accuracy: 0.99, seconds: 20 },
};

test('trains on part, chooses on part, tests once, and frees what it took', async () => {
  await useEngine();
  const bench = await withoutLeaks(() => benchAccuracy({ source: 'made', images: 180, seed: 3 }));
  expect(bench).toMatchObject({ dataSet: 'made digits', seed: 3, epochs: 3 });
  expect(bench.images).toEqual({ train: 150, validation: 30, test: 180 });
  expect(bench.engine).toMatch(/^\S+ \d+\.\d+\.\d+$/);
  expect([1, 2, 3]).toContain(bench.bestEpoch);
  for (const [share, images] of [
    [bench.validationAccuracy, 30],
    [bench.testAccuracy, 180],
  ] as const) {
    expect(share * images).toBeCloseTo(Math.round(share * images), 9); // a share of whole images
  }
  // Two clocks, which may differ by a hair.
  expect(process.uptime()).toBeGreaterThan(bench.seconds - 0.01);
  expect(bench.seconds).toBeGreaterThan(0);
}, 120_000);

test('names the data and says whether the target is reached', () => {
  expect(formatAccuracyBench(measured)).toContain('99.23 %');
  expect(formatAccuracyBench(measured)).toContain('target 99.00 % of MNIST in 20 s: reached');
  expect(formatAccuracyBench({ ...measured, seconds: 20.5 })).toContain('missed');
  expect(formatAccuracyBench({ ...measured, testAccuracy: 0.9899 })).toContain('missed');
  expect(formatAccuracyBench({ ...measured, dataSet: 'made digits' })).toContain('says nothing of MNIST');
});

describe('without MNIST', () => {
  const before = process.env['INKWELL_DATASETS'];
  beforeEach(() => {
    process.env['INKWELL_DATASETS'] = 'made';
  });
  afterEach(() => {
    if (before === undefined) delete process.env['INKWELL_DATASETS'];
    else process.env['INKWELL_DATASETS'] = before;
  });

  test('is refused, and nothing is stored', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-bench-'));
    const out = path.join(folder, 'accuracy.json');
    await expect(accuracyBench({ seed: '1', out })).rejects.toMatchObject({
      code: 'BENCH_DATA',
      message: expect.stringMatching(/MNIST, which is not here.*INKWELL_DATASETS=made[\s\S]*--made/),
    });
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

test('refuses a seed that is no whole number', async () => {
  await expect(accuracyBench({ seed: '1.5', out: 'nowhere' })).rejects.toThrow(
    'bench accuracy: --seed must be a whole number, got "1.5"',
  );
});
