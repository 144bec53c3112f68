'use strict';
// Gives a run of the tests a temporary folder of its own, through TMPDIR, and
// fails the run where something is left in it: of the notebooks' kernels, of
// jest itself. (Test files are held to it one by one, by their runner.)
const { removeAbandoned, TemporaryFolder } = require('./process-runner/temporary-folder.cjs');

module.exports = class TemporaryReporter {
  #folder;
  #before;
  #options;

  constructor(_globalConfig, { patienceMs } = {}) {
    this.#options = { patienceMs };
  }

  onRunStart() {
    removeAbandoned();
    this.#folder = new TemporaryFolder(this.#options);
    this.#before = { ...process.env };
    Object.assign(process.env, this.#folder.environment);
  }

  async onRunComplete(_contexts, results) {
    const names = await this.#folder.leftovers();
    this.#folder.remove();
    for (const name of Object.keys(this.#folder.environment)) {
      if (this.#before[name] === undefined) delete process.env[name];
      else process.env[name] = this.#before[name];
    }
    if (names.length === 0) return;
    // Counted as a test file that could not run, so that the run fails.
    results.numRuntimeErrorTestSuites += 1;
    process.stderr.write(`\nThe run left in the temporary folder: ${names.join(', ')}\n`);
  }
};
