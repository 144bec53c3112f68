'use strict';
/** One process that runs test files, and what became of it. */
const { fork } = require('node:child_process');
const path = require('node:path');
const { TemporaryFolder } = require('./temporary-folder.cjs');

/** What a message quotes from the end of standard error. */
const QUOTED_LINES = 15;

/** How long the streams of a process that has ended are waited for: its own children may hold them open. */
const DRAIN_MS = 500;

/** How long a process may take to end after its last file. */
const CLOSE_MS = 60_000;

const leftBehind = (names) =>
  `This test file left in the temporary folder: ${names.join(', ')}\nRemove in afterAll what its tests make there.`;

/** An error for jest to show: its message, without a place in the runner. */
const failure = (message) => ({ message, stack: '' });

/** `ended with exit status 3`, `was ended by SIGKILL`. */
const howItEnded = (status, signal) =>
  signal === null ? `ended with exit status ${status}` : `was ended by ${signal}`;

exports.TestProcess = class TestProcess {
  /** Why the process is no more, as an error for jest; undefined while it lives, or ended as it was told to. */
  death;
  #globalConfig;
  #timeoutMs;
  /** Temporary files of its own, so that it is known which test file left one. */
  #folder;
  #child;
  #ended;
  #said = '';
  /** Set where the runner itself ends the process: what to say then. */
  #verdict;
  #isClosing = false;

  constructor(globalConfig, { timeoutMs, patienceMs }) {
    this.#globalConfig = globalConfig;
    this.#timeoutMs = timeoutMs;
    this.#folder = new TemporaryFolder({ patienceMs });
    this.#child = fork(path.join(__dirname, 'child.mjs'), {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...this.#folder.environment },
    });
    this.#child.stderr.on('data', (chunk) => {
      process.stderr.write(chunk);
      this.#said = (this.#said + chunk).slice(-20_000);
    });
    this.#ended = this.#end();
  }

  /** What came of a file: jest's `result`, or the `error` that it failed with as a whole. */
  async run({ path: file, context }) {
    const answered = this.#answerTo(file);
    // Where the process is no more, `#ended` says so.
    this.#child.send({ file, globalConfig: this.#globalConfig, projectConfig: context.config }, () => {});
    const seconds = this.#timeoutMs / 1000;
    const timer = setTimeout(() => {
      this.#kill(`This test file did not end within ${seconds} seconds; its process was ended.`);
    }, this.#timeoutMs);
    const answer = await Promise.race([answered, this.#ended]);
    clearTimeout(timer);
    if (answer?.result === undefined) return answer ?? { error: this.death };
    const left = await this.#folder.leftovers();
    // Where tests have failed, that comes first.
    const isClean = left.length === 0 || answer.result.numFailingTests > 0;
    return isClean ? answer : { error: failure(leftBehind(left)) };
  }

  /** The process's message about a file; tests may send others. */
  #answerTo(file) {
    const { promise, resolve } = deferred();
    const listener = (message) => {
      if (message?.file !== file) return;
      this.#child.off('message', listener);
      resolve(message);
    };
    this.#child.on('message', listener);
    return promise;
  }

  /** Lets the process end; returns its death where it does so in another way than it was told to. */
  async close() {
    this.#isClosing = true;
    if (this.#child.connected) this.#child.disconnect();
    const seconds = CLOSE_MS / 1000;
    const timer = setTimeout(() => {
      this.#kill(`The process of this test file did not end within ${seconds} seconds after its last test.`);
    }, CLOSE_MS);
    await this.#ended;
    clearTimeout(timer);
    return this.death;
  }

  #kill(verdict) {
    this.#verdict = verdict;
    this.#child.kill('SIGKILL');
  }

  /** Settles when the process has ended, or could not start, and its last words are read. */
  async #end() {
    const { promise, resolve } = deferred();
    this.#child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    this.#child.once('exit', (status, signal) => resolve(howItEnded(status, signal)));
    const drained = deferred();
    this.#child.once('close', drained.resolve);
    const how = await promise;
    await Promise.race([drained.promise, new Promise((late) => setTimeout(late, DRAIN_MS).unref())]);
    this.#folder.remove();
    if (this.#isClosing && how === howItEnded(0, null)) return;
    const verdict = this.#verdict ?? `The process of this test file ${how}.`;
    this.death = failure(verdict + this.#lastWords());
  }

  #lastWords() {
    const lines = this.#said.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0) return '';
    return `\nThe end of what it wrote to standard error:\n${lines.slice(-QUOTED_LINES).join('\n')}`;
  }
};

/** A promise, and how to resolve it. */
function deferred() {
  let resolve;
  const promise = new Promise((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
