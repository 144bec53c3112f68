import { spawnSync } from 'node:child_process';
import type { EngineReport } from 'inkwell/engine/inspect';
import { prepareEngine } from 'inkwell/engine/prepare';
import { conformance } from './conformance/suite';

/** The reports on the native engines, at once: which tests there are must be known before any runs. */
function nativeEngines(): EngineReport[] {
  const script =
    "require('inkwell/engine/inspect').inspectEngines().then((all) => console.log(JSON.stringify(all)))";
  const env = { ...process.env, INKWELL_ENGINE: '' };
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: __dirname,
    env,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as EngineReport[]).slice(0, 2);
}

const reports = nativeEngines();
const usable = reports.find(({ status }) => status !== 'unavailable');

if (usable !== undefined) {
  conformance(usable.engine);
} else {
  // `npm test` runs `inkwell prepare` first; where that could not help, it must be able to say why.
  test.each(reports)(
    '$engine cannot be had here, and the report says why',
    async ({ engine, why, enable }) => {
      expect(why).toMatch(/\w/);
      expect(enable).toMatch(/\w/);
      await expect(prepareEngine({ engine })).rejects.toMatchObject({
        code: expect.stringMatching(/^ENGINE_/),
      });
    },
    600_000,
  );
}
