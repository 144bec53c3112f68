'use strict';
/**
 * A jest runner for test files in plain Node processes: `maxWorkers` of them, each running one
 * file after the other. What runs a file is jest-light-runner; what starts the processes, hands
 * out the files and notices how a process ends is here. The pool that jest-light-runner uses
 * waits for ever where its start-up message passes a process that is slow to listen, and says
 * nothing of why a process died.
 *
 * A file whose process ends before its tests do, or that runs for longer than `timeoutMs`
 * (default 10 minutes), has failed, with the reason; so has the last file of a process that
 * dies after it. The other files go on in a new process. So has a file that leaves something in
 * the temporary folder for `patienceMs` (default 10 seconds) after its last test.
 */
const { TestProcess } = require('./test-process.cjs');

const TEN_MINUTES = 600_000;

module.exports = class ProcessRunner {
  #globalConfig;
  #options;

  constructor(globalConfig, _context, { timeoutMs = TEN_MINUTES, patienceMs } = {}) {
    this.#globalConfig = globalConfig;
    this.#options = { timeoutMs, patienceMs };
  }

  async runTests(tests, watcher, onStart, onResult, onFailure) {
    const waiting = [...tests];
    const next = () => (watcher.isInterrupted() ? undefined : waiting.shift());
    const report = { onStart, onResult, onFailure };
    const count = Math.min(this.#globalConfig.maxWorkers, tests.length);
    await Promise.all(Array.from({ length: count }, () => this.#runInTurn(next, report)));
  }

  /** One file after the other in one process, or, after a death, in the next. */
  async #runInTurn(next, { onStart, onResult, onFailure }) {
    let process;
    /** The last file's report: what came of it stands once its process has outlived it. */
    let report = async () => {};
    for (let test = next(); test !== undefined; test = next()) {
      if (process?.death !== undefined) {
        await report(process.death);
        process = undefined;
      } else await report();
      process ??= new TestProcess(this.#globalConfig, this.#options);
      await onStart(test);
      const { result, error } = await process.run(test);
      report = (death) =>
        result === undefined || death !== undefined
          ? onFailure(test, error ?? death)
          : onResult(test, result);
    }
    await report(await process?.close());
  }
};
