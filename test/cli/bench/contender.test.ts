import { Contender } from 'inkwell/cli/bench/contender';
import { WORKLOADS, type Workload } from 'inkwell/cli/bench/workloads';

const workload = WORKLOADS[0] as Workload;

/** A contender whose answers are the lines given, one for each request. */
function scripted(...answers: readonly string[]): { command: string[] } {
  const code = `
    console.log('a note of some library');
    const answers = ${JSON.stringify(answers)};
    console.log(answers.shift());
    require('node:readline').createInterface(process.stdin).on('line', () => {
      if (answers.length === 0) { console.error('Out of memory'); process.exit(1); }
      console.log(answers.shift());
    });`;
  return { command: [process.execPath, '-e', code] };
}

const FACTS = '@{"version":"1.2.3","threads":1}';

test('tells its version, prepares and runs', async () => {
  const { contender, facts } = await Contender.start(
    scripted(FACTS, '@{"loss":2.3}', '@{"stepMs":[1,2],"loss":2.2}'),
  );
  expect(facts).toEqual({ version: '1.2.3', threads: 1 });
  await contender.prepare(workload);
  expect(await contender.run(10)).toEqual({ stepMs: [1, 2], loss: 2.2 });
  contender.stop();
});

test('says why it cannot, and goes on', async () => {
  const { contender } = await Contender.start(
    scripted(FACTS, '@{"error":"no such kernel\\nat line 3"}', '@{"loss":2.3}'),
  );
  await expect(contender.prepare(workload)).rejects.toMatchObject({
    code: 'BENCH_CONTENDER',
    message: 'no such kernel',
  });
  await contender.prepare(workload);
  contender.stop();
});

test('one that dies tells its last words', async () => {
  const { contender } = await Contender.start(scripted(FACTS));
  await expect(contender.run(10)).rejects.toMatchObject({
    code: 'BENCH_CONTENDER',
    message: 'Out of memory',
  });
  await expect(Contender.start({ command: [process.execPath, '-e', ''] })).rejects.toThrow(
    'it ended without a word',
  );
  await expect(Contender.start({ command: ['no-such-program'] })).rejects.toThrow(/ENOENT/);
});
