// The tests are compiled by `tsc -b test` (strict, so a test that does not
// type-check does not run) and run in plain Node processes: the native engine
// and the ES modules among the dependencies need no second module system.
// The notebooks are tests too: each code cell one, on the kernel that the
// notebook names (INKWELL_KERNEL names another).
module.exports = {
  reporters: ['default', '<rootDir>/test/summary-reporter.cjs'],
  projects: [
    {
      displayName: 'unit',
      rootDir: 'build/test',
      testMatch: ['<rootDir>/**/*.test.js'],
      runner: 'jest-light-runner/child-process',
      transform: {},
    },
    {
      displayName: 'book',
      rootDir: 'notebooks',
      testMatch: ['<rootDir>/*.ipynb'],
      moduleFileExtensions: ['js', 'ipynb'],
      runner: require.resolve('inkwell/runner/jest'),
    },
  ],
};
