/** What is stored in `data/results/`, and what the README says of it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownTable } from 'inkwell/cli/commands/results';
import { projectRoot } from 'inkwell/core/paths';
import { listJobs } from 'inkwell/results/jobs';
import { readResults } from 'inkwell/results/store';
import { summarize } from 'inkwell/results/summary';

test('every stored result can stand in the table, and was made on MNIST', async () => {
  for (const result of await readResults()) expect(result.dataSet).toBe('MNIST');
});

test('the table of the README is that of the stored results', async () => {
  const readme = readFileSync(path.join(projectRoot(), 'README.md'), 'utf8');
  expect(readme).toContain(markdownTable(summarize(await readResults())));
});

test('the Kubernetes Job has as many completions as there are jobs before the votes', () => {
  const docs = readFileSync(path.join(projectRoot(), 'docs', 'results.md'), 'utf8');
  const completions = /completions: (\d+)/.exec(docs)?.[1];
  expect(Number(completions)).toBe(listJobs([]).filter(({ after }) => after.length === 0).length);
});
