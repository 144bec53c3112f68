import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { progressText } from 'inkwell/cli/commands/results';
import type { Job } from 'inkwell/results/jobs';
import { findRow, ROWS } from 'inkwell/results/rows';
import { inkwell } from './inkwell';

const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-cli-results-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the table has a line a row', () => {
  const { status, stdout } = inkwell(['results', '--out', folder]);
  expect(status).toBe(0);
  for (const { title } of ROWS) expect(stdout).toContain(title);
  expect(stdout).toMatch(/convolutions 20 and 40, dense 100, ReLU +99\.23 % +0\n/);
});

test('the list is JSON that a matrix can be made of', () => {
  const { status, stdout } = inkwell(['results', '--list', '--json', '--out', folder]);
  expect(status).toBe(0);
  const jobs = JSON.parse(stdout) as Job[];
  expect(jobs.map(({ index }) => index)).toEqual(jobs.map((_, i) => i));
  const nets = jobs.filter(({ row }) => row === 'dropout').map(({ index }) => index);
  expect(nets).toHaveLength(5);
  expect(jobs.find(({ row }) => row === 'dropout-vote')?.after).toEqual(nets);
  expect(jobs.some(({ isStored }) => isStored)).toBe(false);
});

test.each([
  [['--row', 'conv9'], /there is no row named conv9\nThe rows are dense-sigmoid/],
  [['--job', '99'], /--job must be in 0 … \d+, got 99/],
  [['--row', 'conv2-relu', '--runs', '0'], /--runs must be a whole number of at least 1, got "0"/],
  [['--row', 'conv2-relu', '--seed', 'one'], /--seed must be a whole number of at least 0, got "one"/],
  [['--merge', folder], /there is no result\.json in /],
])('what cannot be is refused: %j', (words, message) => {
  const { status, stderr } = inkwell(['results', ...words, '--out', folder, '--work', folder]);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('progress says how far it is and how long it takes', () => {
  const epoch = {
    epoch: 22,
    step: 1,
    learningRate: 0.1,
    durationMs: 1,
    scores: { validation: { accuracy: 0.9891 } },
  };
  const row = findRow('conv2-relu');
  expect(progressText(row, 1, { epoch, done: 23, epochs: 60, leftMs: 125_000 })).toBe(
    'conv2-relu, seed 1: epoch 23 of 60, validation 98.91 %, 3 min left',
  );
  expect(progressText(row, 2, { epoch: { ...epoch, scores: {} }, done: 60, epochs: 60, leftMs: 0 })).toBe(
    'conv2-relu, seed 2: epoch 60 of 60',
  );
});
