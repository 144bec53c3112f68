/** Runs the test files that the runner names, in this process, and answers with what came of each. */
import LightRunner from 'jest-light-runner';

// With one worker jest-light-runner runs tests in its own process: this one.
const inThisProcess = { maxWorkers: 1 };

process.on('message', async ({ file, globalConfig, projectConfig }) => {
  const runner = new LightRunner({ ...globalConfig, ...inThisProcess });
  const test = { path: file, context: { config: projectConfig } };
  let answer;
  await runner.runTests(
    [test],
    undefined,
    async () => {},
    async (_, result) => {
      answer = { result };
    },
    async (_, thrown) => {
      answer = { error: asError(thrown) };
    },
  );
  process.send({ file, ...answer });
});

// The end of the run, or of jest. What a test left open would keep the process.
process.on('disconnect', () => process.exit(0));

/** Whatever was thrown, in the form that jest shows. */
function asError(thrown) {
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { message, stack };
}
