/**
 * A jest runner for notebooks: every notebook a test file, every code cell a
 * test, on one ordered kernel. In a jest project:
 *
 *     { runner: 'inkwell/runner/jest', testMatch: ['<rootDir>/notebooks/*.ipynb'],
 *       moduleFileExtensions: ['js', 'ipynb'] }
 *
 * Each runs on the kernel that it names; `runner: ['inkwell/runner/jest',
 * { kernel: 'tslab' }]` and, before that, `INKWELL_KERNEL` name another. A notebook
 * that fails is kept as it was executed, and the failure says where.
 */
import path from 'node:path';
import {
  type AssertionResult,
  createEmptyTestResult,
  type Test,
  type TestEvents,
  type TestResult,
} from '@jest/test-result';
import type { Config } from '@jest/types';
import { findKernel } from '../client/kernelspecs';
import { messageOf } from '../core/errors';
import { currentProfile } from '../core/profile';
import { readNotebook } from '../notebook/read';
import { writeNotebook } from '../notebook/write';
import { type ExecutedNotebook, executeNotebook } from './execute';
import { outline } from './outline';
import type { CellReport } from './report';

type Listener = (data: never) => void | Promise<void>;

/** A cell's source with line numbers, for a failure's message. */
function numbered(source: string): string {
  const lines = source.split('\n');
  const width = String(lines.length).length;
  return lines.map((line, i) => `  ${String(i + 1).padStart(width)} | ${line}`).join('\n');
}

const STATUS = { passed: 'passed', failed: 'failed', skipped: 'pending', 'not run': 'pending' } as const;

function assertionOf(cell: CellReport, source: string): AssertionResult {
  const title = `[${cell.number}] ${cell.firstLine.slice(0, 80)}`;
  const ancestorTitles = cell.heading === '' ? [] : [cell.heading];
  const failureMessages =
    cell.error === undefined ? [] : [`${cell.error.name}: ${cell.error.message}\n\n${numbered(source)}\n`];
  return {
    ancestorTitles,
    title,
    fullName: [...ancestorTitles, title].join(' '),
    status: STATUS[cell.verdict],
    duration: Math.round(cell.durationMs),
    failureDetails: [],
    failureMessages,
    numPassingAsserts: 0,
    location: null,
  };
}

/** The last cell whose name the pattern matches; undefined where there is no pattern. */
function lastMatching(pattern: string | undefined, cells: ReturnType<typeof outline>): number | undefined {
  if (pattern === undefined || pattern === '') return undefined;
  const expression = new RegExp(pattern, 'i');
  const matches = cells.filter((cell) =>
    expression.test(`${cell.heading} [${cell.number}] ${cell.firstLine}`),
  );
  return matches.at(-1)?.number ?? 0;
}

/** What a jest project may say beside the runner's name. */
export interface RunnerOptions {
  /** Run on this kernel instead of the one each notebook names. */
  readonly kernel?: string;
}

/** The class that jest loads. */
export default class NotebookRunner {
  readonly supportsEventEmitters = true;
  readonly isSerial: boolean = true;
  readonly #config: Config.GlobalConfig;
  readonly #kernel: string | undefined;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(globalConfig: Config.GlobalConfig, _context?: unknown, options: RunnerOptions = {}) {
    this.#config = globalConfig;
    this.#kernel = process.env['INKWELL_KERNEL'] || options.kernel;
  }

  on<Name extends keyof TestEvents>(
    name: Name,
    listener: (data: TestEvents[Name]) => void | Promise<void>,
  ): () => void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener as Listener]);
    return () => {
      const others = (this.#listeners.get(name) ?? []).filter((other) => other !== listener);
      this.#listeners.set(name, others);
    };
  }

  async #emit<Name extends keyof TestEvents>(name: Name, data: TestEvents[Name]): Promise<void> {
    for (const listener of this.#listeners.get(name) ?? []) await listener(data as never);
  }

  /** Runs the notebooks one after the other: each kernel already uses every core. */
  async runTests(tests: Test[], watcher: { isInterrupted(): boolean }): Promise<void> {
    for (const test of tests) {
      if (watcher.isInterrupted()) return;
      await this.#emit('test-file-start', [test]);
      try {
        await this.#emit('test-file-success', [test, await this.#run(test)]);
      } catch (error) {
        const stack = error instanceof Error ? (error.stack ?? error.message) : '';
        await this.#emit('test-file-failure', [test, { message: messageOf(error), stack }]);
      }
    }
  }

  async #run(test: Test): Promise<TestResult> {
    const start = Date.now();
    const notebook = await readNotebook(test.path);
    const kernelName = this.#kernel ?? notebook.metadata.kernelspec?.name ?? 'inkwell';
    const until = lastMatching(this.#config.testNamePattern, outline(notebook));
    const executed = await executeNotebook(notebook, {
      kernel: await findKernel(kernelName),
      path: test.path,
      profile: currentProfile(),
      ...(until === undefined ? {} : { until }),
    });
    return this.#result(test, executed, start);
  }

  async #result(test: Test, executed: ExecutedNotebook, start: number): Promise<TestResult> {
    const { report, notebook } = executed;
    const sources = new Map(outline(notebook).map(({ number, cell }) => [number, cell.source]));
    const testResults = report.cells.map((cell) => assertionOf(cell, sources.get(cell.number) ?? ''));
    const count = (status: string): number => testResults.filter((result) => result.status === status).length;
    const failures = testResults.flatMap((result) =>
      result.failureMessages.map((message) => `  ● ${result.fullName}\n\n${message.replace(/^/gm, '    ')}`),
    );
    if (failures.length > 0)
      failures.push(`    Executed as far as it went: ${await this.#keep(test, executed)}\n`);
    const empty = createEmptyTestResult();
    const end = Date.now();
    return {
      ...empty,
      testFilePath: test.path,
      testResults,
      numPassingTests: count('passed'),
      numFailingTests: count('failed'),
      numPendingTests: count('pending'),
      failureMessage: failures.length > 0 ? failures.join('\n') : null,
      perfStats: { ...empty.perfStats, start, end, runtime: end - start, slow: false },
    };
  }

  /** Writes the executed copy of a failed notebook below `build/failed/`; returns its path. */
  async #keep(test: Test, { notebook }: ExecutedNotebook): Promise<string> {
    const file = path.join('build', 'failed', path.basename(test.path));
    await writeNotebook(path.join(this.#config.rootDir, file), notebook);
    return file;
  }
}
