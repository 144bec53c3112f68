import { readResults } from 'inkwell/results/store';
import { percent, summarize } from 'inkwell/results/summary';
import { resultsTable, storedRuns } from 'inkwell/results/tables';

test('the runs of a row come by seed, and only they', async () => {
  const runs = await storedRuns('conv2-relu');
  expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  for (const { row, epochs, images } of runs) {
    expect(row).toBe('conv2-relu');
    expect(epochs).toHaveLength(60);
    expect(images).toEqual({ train: 50_000, validation: 10_000, test: 10_000 });
  }
  expect(await storedRuns('dropout-vote')).toEqual([]);
  await expect(storedRuns('conv9')).rejects.toThrow(/there is no row named conv9/);
});

test('a line says what the run with the best validation accuracy came to, and how far the runs are apart', async () => {
  const table = await resultsTable(['conv2-relu', 'dense-sigmoid']);
  const [relu, dense] = table.rows();
  const runs = await storedRuns('conv2-relu');
  const best = Math.max(...runs.map(({ validationAccuracy = 0 }) => validationAccuracy));
  const counting = runs.find(({ validationAccuracy }) => validationAccuracy === best);
  expect(relu).toMatchObject({
    net: 'convolutions 20 and 40, dense 100, ReLU',
    'Nielsen, %': 99.23,
    errors: counting?.errors.length,
    runs: 3,
  });
  expect(percent(counting?.testAccuracy)).toBe(`${relu?.['here, %']?.toFixed(2)} %`);
  expect(Number(relu?.['least, %'])).toBeLessThanOrEqual(Number(relu?.['here, %']));
  expect(dense?.net).toBe('dense 100, sigmoid');
});

test('a row of which nothing is stored has no figures of ours', async () => {
  const [summary] = summarize(await readResults()).filter(({ results }) => results.length === 0);
  if (summary === undefined) return;
  const [line] = (await resultsTable([summary.row.name])).rows();
  expect(line).toMatchObject({ 'here, %': null, errors: null, runs: 0, minutes: 0 });
});
