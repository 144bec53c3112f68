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
