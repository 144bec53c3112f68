// The tests are compiled by `tsc -b test` (strict, so a test that does not
// type-check does not run) and run in plain Node processes: the native engine
// and the ES modules among the dependencies need no second module system.
// The notebooks are tests too, each code cell one: once on the kernel that they
// name, once on stock tslab (INKWELL_KERNEL names another for both).
const path = require('node:path');

const cacheDirectory = path.join(__dirname, 'build', 'jest-cache');

const book = (displayName, options) => ({
  displayName,
  cacheDirectory,
  rootDir: 'notebooks',
  testMatch: ['<rootDir>/*.ipynb'],
  moduleFileExtensions: ['js', 'ipynb'],
  runner: [require.resolve('inkwell/runner/jest'), options],
});

/** Jest takes every word after `--selectProjects` for a project, and one that is none for nothing: all files run. */
function refusePaths(names, words) {
  const start = words.indexOf('--selectProjects') + 1;
  const end = words.findIndex((word, i) => i >= start && word.startsWith('-'));
  const chosen = start === 0 ? [] : words.slice(start, end < 0 ? undefined : end);
  const [stray] = chosen.filter((word) => !names.includes(word));
  if (stray === undefined) return;
  const right = `npx jest ${stray} --selectProjects ${chosen.filter((word) => names.includes(word)).join(' ')}`;
  const message = `--selectProjects: there is no project "${stray}" (but ${names.join(', ')}). Paths come first: ${right}`;
  throw Object.assign(new Error(message), { stack: message });
}

module.exports = {
  reporters: ['default', '<rootDir>/test/temporary-reporter.cjs', '<rootDir>/test/summary-reporter.cjs'],
  projects: [
    {
      displayName: 'unit',
      cacheDirectory,
      rootDir: 'build/test',
      testMatch: ['<rootDir>/**/*.test.js'],
      runner: require.resolve('./test/process-runner/runner.cjs'),
      transform: {},
    },
    book('book', {}),
    book('book on tslab', { kernel: 'tslab' }),
  ],
};

refusePaths(
  module.exports.projects.map(({ displayName }) => displayName),
  process.argv,
);
