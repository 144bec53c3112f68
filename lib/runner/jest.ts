/**
 * A jest runner for notebooks: every notebook a test file, every code cell a
 * test, on one ordered kernel. In a jest project:
 *
 *     { runner: 'inkwell/runner/jest', testMatch: ['<rootDir>/notebooks/*.ipynb'],
 *       moduleFileExtensions: ['js', 'ipynb'] }
 *
 * `-t` runs up to the last cell whose name matches, with all before it. Each
 * notebook runs on the kernel that it names; `runner: ['inkwell/runner/jest',
 * { kernel: 'tslab' }]` and, before that, `INKWELL_KERNEL` name another. A notebook
 * that fails is kept as it was executed, and the failure says where.
 */
import path from 'node:path';
import type { AssertionResult, Test, TestEvents, TestResult } from '@jest/test-result';
import type { Config } from '@jest/types';
import { kernelFor } from '../client/kernelspecs';
import { messageOf } from '../core/errors';
import { currentProfile } from '../core/profile';
import type { Notebook } from '../notebook/format';
import { readNotebook } from '../notebook/read';
import { writeNotebook } from '../notebook/write';
import { executeNotebook } from './execute';
import { assertionOf, fullNameOf, testResultOf } from './jest-result';
import { type OutlinedCell, outline } from './outline';

type Listener = (data: never) => void | Promise<void>;

/** What jest hands over to say that the run is to end early (`--bail`, a key in watch mode). */
interface Watcher {
  isInterrupted(): boolean;
  on?(event: 'change', listener: () => void): () => void;
}

/** What a jest project may say beside the runner's name. */
export interface RunnerOptions {
  /** Run on this kernel instead of the one each notebook names. */
  readonly kernel?: string;
  /** Time limit of a cell in ms where neither it nor its notebook sets one (default 10 minutes). */
  readonly timeoutMs?: number;
}

/** The last cell whose name the pattern matches, 0 where none does; undefined where there is no pattern. */
function lastMatching(pattern: string | undefined, cells: readonly OutlinedCell[]): number | undefined {
  if (pattern === undefined || pattern === '') return undefined;
  const expression = new RegExp(pattern, 'i');
  return cells.findLast((cell) => expression.test(fullNameOf(cell)))?.number ?? 0;
}

/** The class that jest loads. */
export default class NotebookRunner {
  readonly supportsEventEmitters = true;
  readonly isSerial: boolean = true;
  readonly #config: Config.GlobalConfig;
  readonly #options: RunnerOptions;
  readonly #listeners = new Map<string, Listener[]>();

  constructor(globalConfig: Config.GlobalConfig, _context?: unknown, options: RunnerOptions = {}) {
    this.#config = globalConfig;
    this.#options = options;
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
  async runTests(tests: Test[], watcher: Watcher): Promise<void> {
    const interruption = new AbortController();
    const off = watcher.on?.('change', () => {
      if (watcher.isInterrupted()) interruption.abort();
    });
    for (const test of tests) {
      if (watcher.isInterrupted()) break;
      await this.#emit('test-file-start', [test]);
      try {
        const result = await this.#run(test, interruption.signal);
        // What was cut short says nothing about the notebook.
        if (!interruption.signal.aborted) await this.#emit('test-file-success', [test, result]);
      } catch (error) {
        const stack = error instanceof Error ? (error.stack ?? error.message) : '';
        await this.#emit('test-file-failure', [test, { message: messageOf(error), stack }]);
      }
    }
    off?.();
  }

  async #run(test: Test, signal: AbortSignal): Promise<TestResult> {
    const start = Date.now();
    const source = await readNotebook(test.path);
    const cells = outline(source);
    const until = lastMatching(this.#config.testNamePattern, cells);
    const testResults: AssertionResult[] = [];
    const report = (result: AssertionResult): void => {
      testResults.push(result);
      void this.#emit('test-case-result', [test.path, result]);
    };
    let kept: string | undefined;
    if (until === 0) {
      // No cell is asked for: no kernel is started.
      for (const cell of cells) report(notAskedFor(cell));
    } else kept = await this.#execute(test, source, { until, signal, report });
    return testResultOf({ testFilePath: test.path, testResults, start, kept });
  }

  /** Executes the notebook, reporting each cell; returns where it was kept if it failed. */
  async #execute(
    test: Test,
    source: Notebook,
    options: {
      readonly until: number | undefined;
      readonly signal: AbortSignal;
      readonly report: (result: AssertionResult) => void;
    },
  ): Promise<string | undefined> {
    const { until, signal, report } = options;
    const { timeoutMs } = this.#options;
    const asked = process.env['INKWELL_KERNEL'] || this.#options.kernel;
    const kernel = await kernelFor(source.metadata, asked);
    const executed = await executeNotebook(source, {
      kernel,
      path: test.path,
      profile: currentProfile(),
      signal,
      onCellEnd: (cellReport, cell) => report(assertionOf(cellReport, cell)),
      ...(until === undefined ? {} : { until }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    const failed = executed.report.cells.some(({ verdict }) => verdict === 'failed');
    return failed ? this.#keep(test, kernel.name, executed.notebook) : undefined;
  }

  /** Writes the executed copy of a failed notebook below `build/failed/KERNEL/`; returns its path. */
  async #keep(test: Test, kernel: string, notebook: Notebook): Promise<string> {
    const inside = path.relative(test.context.config.rootDir, test.path);
    const place = inside.startsWith('..') ? path.basename(test.path) : inside;
    const file = path.join('build', 'failed', kernel, place);
    await writeNotebook(path.join(this.#config.rootDir, file), notebook);
    return file;
  }
}

function notAskedFor(cell: OutlinedCell): AssertionResult {
  const { number, heading, firstLine } = cell;
  const report = { id: cell.cell.id, number, heading, firstLine, verdict: 'not run', durationMs: 0 } as const;
  return assertionOf(report, cell);
}
