'use strict';
// Writes `N passed, N failed` to build/test-summary.txt. A test file that could
// not run at all counts as one failure.
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

module.exports = class SummaryReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const file = path.join(__dirname, '..', 'build', 'test-summary.txt');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${results.numPassedTests} passed, ${failed} failed\n`);
  }
};
