import { benchKernels } from 'inkwell/kernel/bench/bench';

test('the bench measures our kernel, and says why another has no numbers', async () => {
  const report = await benchKernels({ kernels: ['inkwell-unchecked'], starts: 1 });
  const [ours] = report.kernels;
  if (ours === undefined || 'failed' in ours) throw new Error(`no numbers: ${JSON.stringify(ours)}`);
  for (const time of [
    ours.startMs,
    ours.firstCellMs,
    ours.firstCellLaterMs,
    ours.trivialCellMs,
    ours.importMs,
    ours.loopMs,
  ]) {
    expect(time).toBeGreaterThan(0);
  }
  expect(ours.rssMb).toBeGreaterThan(50);
  expect(report.plainNodeLoopMs).toBeGreaterThan(0);

  const nowhere = await benchKernels({
    kernels: ['inkwell-unchecked'],
    starts: 1,
    directory: '/no/such/folder',
  });
  expect(nowhere.kernels[0]).toMatchObject({
    name: 'inkwell-unchecked',
    failed: expect.any(String) as string,
  });
});
