/** A notebook's run in jest's terms: each code cell a test, with what its reader needs where it fails. */
import { type AssertionResult, createEmptyTestResult, type TestResult } from '@jest/test-result';
import type { OutlinedCell } from './outline';
import type { CellError, CellReport } from './report';

const STATUS = { passed: 'passed', failed: 'failed', skipped: 'pending', 'not run': 'pending' } as const;

/** Of what a failing cell printed, so many lines from the end. */
const PRINTED_LINES = 20;

/** A cell's name as a test, without its heading: `[3] const net = mlp();`. */
function titleOf({ number, firstLine }: Pick<CellReport, 'number' | 'firstLine'>): string {
  return `[${number}] ${firstLine.slice(0, 80)}`;
}

/** The name that `-t` is matched against. */
export function fullNameOf(cell: Pick<CellReport, 'number' | 'firstLine' | 'heading'>): string {
  return [cell.heading, titleOf(cell)].filter((part) => part !== '').join(' ');
}

/** A cell's source with line numbers. */
function numbered(source: string): string {
  const lines = source.split('\n');
  const width = String(lines.length).length;
  return lines.map((line, i) => `  ${String(i + 1).padStart(width)} | ${line}`).join('\n');
}

/** The end of what the cell printed. */
function printed({ cell }: OutlinedCell): string {
  const text = cell.outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');
  const lines = text.trimEnd().split('\n');
  if (lines.join('') === '') return '';
  const kept = lines.slice(-PRINTED_LINES);
  const cut = kept.length < lines.length ? `, its last ${PRINTED_LINES} lines` : '';
  return `\nThe cell printed${cut}:\n${kept.map((line) => `  ${line}`).join('\n')}\n`;
}

/** The error, its place in the code (as the kernel shows it, else the whole cell), and what was printed before. */
function failureMessage({ name, message, traceback }: CellError, cell: OutlinedCell): string {
  const headline = `${name}: ${message}`;
  // The kernel's trace repeats the headline between the code and the calls.
  const place = traceback?.replace(`${headline}\n`, '') ?? numbered(cell.cell.source);
  return `${headline}\n\n${place}\n${printed(cell)}`;
}

/** A cell as a jest test. */
export function assertionOf(report: CellReport, cell: OutlinedCell): AssertionResult {
  const { heading, error, verdict, durationMs } = report;
  return {
    ancestorTitles: heading === '' ? [] : [heading],
    title: titleOf(report),
    fullName: fullNameOf(report),
    status: STATUS[verdict],
    duration: Math.round(durationMs),
    failureDetails: [],
    failureMessages: error === undefined ? [] : [failureMessage(error, cell)],
    numPassingAsserts: 0,
    location: null,
  };
}

export interface NotebookResult {
  readonly testFilePath: string;
  readonly testResults: AssertionResult[];
  /** ms since 1970. */
  readonly start: number;
  /** Where the executed notebook was kept; only of one that failed. */
  readonly kept?: string | undefined;
}

/** A notebook as a jest test file. */
export function testResultOf({ testFilePath, testResults, start, kept }: NotebookResult): TestResult {
  const count = (status: string): number => testResults.filter((result) => result.status === status).length;
  const failures = testResults.flatMap(({ fullName, failureMessages }) =>
    failureMessages.map((message) => `  ● ${fullName}\n\n${message.replace(/^(?=.)/gm, '    ')}`),
  );
  if (kept !== undefined) failures.push(`    Executed as far as it went: ${kept}\n`);
  const empty = createEmptyTestResult();
  const end = Date.now();
  return {
    ...empty,
    testFilePath,
    testResults,
    numPassingTests: count('passed'),
    numFailingTests: count('failed'),
    numPendingTests: count('pending'),
    failureMessage: failures.length > 0 ? failures.join('\n') : null,
    perfStats: { ...empty.perfStats, start, end, runtime: end - start, slow: false },
  };
}
