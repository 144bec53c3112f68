/** Runs as jobs: cut off and gone on with, several at once, votes, merging. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { useEngine } from 'inkwell/engine/engine';
import { withoutLeaks } from 'inkwell/engine/memory';
import { listJobs } from 'inkwell/results/jobs';
import { mergeResults } from 'inkwell/results/merge';
import { isSameOutcome, type RunResult, type VoteResult } from 'inkwell/results/result';
import { type RunRowOptions, runRow } from 'inkwell/results/run-row';
import { readResult, readResults, writeResult } from 'inkwell/results/store';
import { smallDigits, smallRecipe, smallRow, smallRows, smallVote } from './small';

const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-results-'));
const at = (...parts: string[]): string => path.join(folder, ...parts);

beforeAll(async () => {
  await useEngine();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function optionsFor(name: string): Promise<RunRowOptions> {
  return {
    digits: await smallDigits(),
    work: at(name, 'work'),
    out: at(name, 'stored'),
    machine: 'a machine',
    version: '0',
    rows: smallRows,
  };
}

/** A process that runs a row; killed by itself after some epochs where it is told to. */
function inProcess(name: string, seed: number, options: string = '', killAfter: number = 0): ChildProcess {
  const script = `
    const { useEngine } = require('inkwell/engine/engine');
    const { runRow } = require('inkwell/results/run-row');
    const { smallDigits, smallRow, smallRows } = require('./small');
    (async () => {
      await useEngine();
      const digits = await smallDigits();
      await runRow(smallRow, ${seed}, {
        digits, machine: 'another', version: '0', rows: smallRows,
        work: ${JSON.stringify(at(name, 'work'))}, out: ${JSON.stringify(at(name, 'stored'))}, ${options}
        onEpoch: ({ done }) => { if (done === ${killAfter}) process.kill(process.pid, 'SIGKILL'); },
      });
    })();`;
  return spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function ended(child: ChildProcess): Promise<number | string> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return code ?? (signal as string);
}

test('a run comes to a result that says all it was made by', async () => {
  const options = await optionsFor('whole');
  const { result, verdict } = await withoutLeaks(() => runRow(smallRow, 1, options));
  expect(verdict).toBe('new');
  const run = result as RunResult;
  expect(run).toMatchObject({
    kind: 'run',
    row: 'small',
    seed: 1,
    dataSet: 'made digits',
    recipe: smallRecipe,
    parameters: 7850,
    images: { train: 200, validation: 100, test: 100 },
    machine: 'a machine',
  });
  expect(run.epochs).toHaveLength(4);
  const best = Math.max(...run.epochs.map(({ validationAccuracy = 0 }) => validationAccuracy));
  expect(run.validationAccuracy).toBe(best);
  expect(run.epochs[run.chosenEpoch - 1]).toMatchObject({ validationAccuracy: best });
  expect(run.testAccuracy).toBe(run.epochs[run.chosenEpoch - 1]?.testAccuracy);
  expect(run.testAccuracy).toBeCloseTo(1 - run.errors.length / 100, 12);
  const { labels } = options.digits.test;
  for (const { index, label, answer } of run.errors) {
    expect(label).toBe(labels[index]);
    expect(answer).not.toBe(label);
  }
  expect(await readResults(options.out, smallRows)).toEqual([result]);
});

test('a run that was killed goes on where it was, and comes to the same', async () => {
  const straight = await runRow(smallRow, 5, await optionsFor('straight'));
  expect(await ended(inProcess('cut', 5, '', 2))).toBe('SIGKILL');
  const options = await optionsFor('cut');
  expect(existsSync(at('cut', 'stored'))).toBe(false);
  await expect(runRow(smallRow, 5, options)).rejects.toThrow(
    /small with seed 5 was cut off\n--resume goes on where it was, --restart begins again/,
  );
  const done: number[] = [];
  const resumed = await runRow(smallRow, 5, {
    ...options,
    resume: true,
    onEpoch: (progress) => done.push(progress.done),
  });
  // Killed at the end of the second epoch, before its checkpoint was written.
  expect(done).toEqual([2, 3, 4]);
  expect(isSameOutcome(resumed.result, straight.result)).toBe(true);
});

test('a run that is begun again forgets what was cut off', async () => {
  expect(await ended(inProcess('again', 6, '', 3))).toBe('SIGKILL');
  const done: number[] = [];
  await runRow(smallRow, 6, {
    ...(await optionsFor('again')),
    restart: true,
    onEpoch: (progress) => done.push(progress.done),
  });
  expect(done).toEqual([1, 2, 3, 4]);
});

test('several processes share the work, and two of one run do it once', async () => {
  const statuses = await Promise.all(
    [1, 2, 3, 3].map((seed) => ended(inProcess('shared', seed, 'resume: true,'))),
  );
  expect(statuses).toEqual([0, 0, 0, 0]);
  const options = await optionsFor('shared');
  const stored = await readResults(options.out, smallRows);
  expect(stored.map((result) => (result as RunResult).seed)).toEqual([1, 2, 3]);
  expect(new Set(stored.map(({ testAccuracy }) => testAccuracy)).size).toBeGreaterThan(1);

  const { result } = await runRow(smallVote, 1, options);
  const vote = result as VoteResult;
  expect(vote).toMatchObject({ kind: 'vote', of: 'small', seeds: [1, 2, 3] });
  expect(vote.singleAccuracies).toEqual(stored.map(({ testAccuracy }) => testAccuracy));
  for (const { label, answer, answers } of vote.errors) {
    expect(answers).toContain(answer);
    expect(answers.filter((one) => one === label).length).toBeLessThanOrEqual(1);
  }
});

test('a vote whose nets are elsewhere says how to train them', async () => {
  await expect(runRow(smallVote, 4, await optionsFor('shared'))).rejects.toThrow(
    /a vote of 3 nets of small, but those of seeds 4, 5, 6 are not here\nTrain them: npx inkwell results --row small --seed 4 --runs 3/,
  );
});

test('what ran elsewhere is gathered, its nets too', async () => {
  const elsewhere = await optionsFor('shared');
  const here = await optionsFor('here');
  const folderOf = (row: string, seed: number): string => path.join(here.work, `${row}-${seed}`);
  const merge = { out: here.out, folderOf, rows: smallRows };
  const first = await mergeResults(elsewhere.work, merge);
  expect(first.map(({ verdict }) => verdict)).toEqual(['new', 'new', 'new', 'new']);
  const again = await mergeResults(at('shared'), merge);
  expect(again.map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same', 'same']);
  expect((await runRow(smallVote, 1, here)).verdict).toBe('same');

  const [stored] = await readResults(here.out, smallRows);
  const other = { ...(stored as RunResult), epochs: [...(stored as RunResult).epochs].reverse() };
  await writeResult(here.out, { ...other, chosenEpoch: 5 - other.chosenEpoch });
  const merged = await mergeResults(elsewhere.work, merge);
  expect(merged.map(({ verdict }) => verdict)).toEqual(['other', 'same', 'same', 'same']);
  const replaced = await mergeResults(elsewhere.work, { ...merge, replace: true });
  expect(replaced[0]?.verdict).toBe('replaced');
  expect(await readResults(here.out, smallRows)).toContainEqual(stored);
});

test('a folder without results is told', async () => {
  const options = { out: at('none'), folderOf: () => at('none'), rows: smallRows };
  await expect(mergeResults(__dirname, options)).rejects.toThrow(/there is no result\.json in .* or below/);
  await expect(mergeResults(at('nowhere'), options)).rejects.toThrow(/nowhere cannot be listed/);
});

test('what cannot stand in the table is refused by name', async () => {
  const { out } = await optionsFor('whole');
  const [stored] = (await readResults(out, smallRows)) as RunResult[];
  const refused = async (change: object, message: RegExp): Promise<void> => {
    const file = await writeResult(at('wrong'), { ...(stored as RunResult), ...change });
    await expect(readResult(file, smallRows)).rejects.toThrow(message);
    rmSync(file);
  };
  await refused(
    { recipe: { ...smallRecipe, lambda: 7 } },
    /small-1\.json .*made by another recipe than small/,
  );
  await refused({ testAccuracy: 1 }, /errors of 100 are no accuracy of 1/);
  await refused({ chosenEpoch: 9 }, /there is no epoch 9/);
  await refused({ epochs: stored?.epochs.slice(1) }, /it has 3 of 4 epochs/);
  await refused({ testAccuracy: 97 }, /\/testAccuracy must be <= 1/);
  await refused({ guess: 1 }, /must NOT have additional properties/);
  await refused({ row: 'unknown' }, /there is no row named unknown/);
  await writeResult(at('misnamed'), { ...(stored as RunResult), seed: 8 });
  const text = readFileSync(at('misnamed', 'small-8.json'), 'utf8').replace('"seed": 8', '"seed": 9');
  rmSync(at('misnamed', 'small-8.json'));
  writeFileSync(at('misnamed', 'small-8.json'), text);
  await expect(readResults(at('misnamed'), smallRows)).rejects.toThrow(/should be named small-9\.json/);
});

test('the list puts votes behind those who vote, and knows what is stored', async () => {
  const { out } = await optionsFor('shared');
  const jobs = listJobs(await readResults(out, smallRows), smallRows);
  expect(jobs.map(({ row, seed }) => `${row} ${seed}`)).toEqual([
    'small 1',
    'small 2',
    'small 3',
    'small-vote 1',
  ]);
  expect(jobs.map(({ after }) => after)).toEqual([[], [], [], [0, 1, 2]]);
  expect(jobs.every(({ isStored }) => isStored)).toBe(true);
  expect(jobs[1]?.command).toBe('npx inkwell results --row small --seed 2 --runs 1 --resume');
});
