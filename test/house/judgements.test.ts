/**
 * No test judges by the time or the memory of a process that it shares: on a busy machine, or after
 * other files, it would fail though nothing is wrong. Clocks and meters are in `test/measure/`, in
 * forms that can be relied on: the least of several times, what each round adds to a process of its
 * own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from 'inkwell/core/paths';

const TESTS = path.join(projectRoot(), 'test');

/** Folders with clocks: the measures themselves, and benches, which only print. */
const FREE = ['measure', 'bench'];

const CLOCKS =
  /\b(?:performance\.now|Date\.now|hrtime|timeEnd|memoryUsage|resourceUsage|cpuUsage|VmRSS|VmHWM)\b|\bnew Date\(\)/g;

/** What the library reports of a run's time or memory, held to be less than something. */
const REPORTED = /\bexpect\([^;]*?\.(?:\w*Ms|\w*Mb|\w*[sS]econds|rssBytes)\)\s*\.toBeLess\w+/g;

/** The judgements in a test's source, comments aside. */
function judgements(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(CLOCKS), ...code.matchAll(REPORTED)].map(([found]) => found);
}

function testFiles(): string[] {
  return readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !FREE.includes(file.split(path.sep)[0] ?? ''),
  );
}

test('tests use no clock and no meter but those of test/measure/', () => {
  const others = testFiles().filter(
    (file) => path.basename(file) !== `${path.basename(__filename, '.js')}.ts`,
  );
  expect(others.length).toBeGreaterThan(150);
  const found = others.flatMap((file) =>
    judgements(readFileSync(path.join(TESTS, file), 'utf8')).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('they are found where there are some', () => {
  expect(judgements('const begun = performance.now(); expect(Date.now() - begun).toBeLessThan(5);')).toEqual([
    'performance.now',
    'Date.now',
  ]);
  expect(judgements('expect(process.memoryUsage().rss - before).toBeLessThan(1e6)')).toEqual(['memoryUsage']);
  expect(judgements('expect(report.durationMs).toBeLessThan(20_000);')).toHaveLength(1);
  expect(judgements('// performance.now\n/* Date.now */ expect(least).toBeLessThan(5)')).toEqual([]);
  expect(judgements('expect(report.durationMs).toBeGreaterThan(0); expect(n).toBeLessThan(3)')).toEqual([]);
});
