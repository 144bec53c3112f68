'use strict';
// Writes `N passed, N failed` to build/test-summary.txt (option `file`: elsewhere),
// and says on the terminal which tests were not run, so that a green run hides
// nothing. A test file that could not run at all counts as one failure.
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/** One line for each group of tests that were skipped: its file, its name, how many. */
function notRun({ testResults }) {
  return testResults.flatMap(({ testFilePath, testResults: tests }) => {
    const groups = new Map();
    for (const { status, ancestorTitles, title } of tests) {
      if (status !== 'pending') continue;
      const group = ancestorTitles[0] ?? title;
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    const file = path.relative(process.cwd(), testFilePath);
    return [...groups].map(([group, count]) => `  ${file}: ${group} (${count})`);
  });
}

module.exports = class SummaryReporter {
  #filter;
  #file;

  constructor(globalConfig, { file = path.join(__dirname, '..', 'build', 'test-summary.txt') } = {}) {
    this.#filter = globalConfig.testNamePattern;
    this.#file = file;
  }

  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${results.numPassedTests} passed, ${failed} failed\n`);
    // With `-t` most tests are meant not to run.
    const skipped = this.#filter ? [] : notRun(results);
    if (skipped.length > 0) process.stderr.write(`\nNot run:\n${skipped.join('\n')}\n`);
  }
};
