'use strict';
/** The system's temporary folder as a run of the tests has it: one of its own, empty at the end. */
const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

/** How long what is left may take to go: a process that was told to end cleans up after itself. */
const TEN_SECONDS = 10_000;

const NAME = /^inkwell-tests-(\d+)-/;

/** What runs in a folder may still be writing. */
const removal = { recursive: true, force: true, maxRetries: 10 };

exports.TemporaryFolder = class TemporaryFolder {
  path;
  #patienceMs;

  /** Makes one inside the present one. */
  constructor({ patienceMs = TEN_SECONDS } = {}) {
    this.#patienceMs = patienceMs;
    this.path = mkdtempSync(path.join(tmpdir(), `inkwell-tests-${process.pid}-`));
  }

  /** The environment of a process that is to use it. */
  get environment() {
    return { TMPDIR: this.path, TEMP: this.path, TMP: this.path };
  }

  /** What does not go away by itself, by name. It is removed: what comes next has another author. */
  async leftovers() {
    for (const endMs = Date.now() + this.#patienceMs; readdirSync(this.path).length > 0; await sleep(20)) {
      if (Date.now() < endMs) continue;
      const names = readdirSync(this.path).sort();
      for (const name of names) rmSync(path.join(this.path, name), removal);
      return names;
    }
    return [];
  }

  remove() {
    rmSync(this.path, removal);
  }
};

/** Removes the folders of runs that were killed. */
exports.removeAbandoned = () => {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) rmSync(path.join(tmpdir(), name), removal);
  }
};

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
