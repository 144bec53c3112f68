import type { DoctorReport } from 'inkwell/cli/examine';
import type { DataSetStatus } from 'inkwell/data/data-set-status';
import { readManifest } from 'inkwell/data/manifest';
import { inkwell } from './inkwell';

const { dataSets, archiveSets = [] } = readManifest();
const KNOWN = [...dataSets, ...archiveSets].map(({ name }) => name);
const MADE = ['made-digits', 'made-pets', 'made-streets'];

describe('doctor', () => {
  test('--json says which engine is active, and of every other one why it is not', () => {
    const { status, stdout } = inkwell(['doctor', '--json']);
    const report: DoctorReport = JSON.parse(stdout);
    expect([status, report.ok, report.problems]).toEqual([0, true, []]);
    expect(report.engines.map(({ engine }) => engine)).toEqual([
      'tensorflow-gpu',
      'tensorflow',
      'wasm',
      'cpu',
    ]);
    const active = report.engines.filter((engine) => engine.status === 'active');
    expect(active.map(({ engine, version }) => ({ name: engine, version }))).toEqual([report.engine]);
    for (const engine of report.engines.filter((other) => other.status !== 'active')) {
      expect([typeof engine.why, typeof engine.enable]).toEqual(['string', 'string']);
    }
    expect(report.kernels.map(({ name }) => name)).toContain('tslab');
    expect(report.versions['node']).toBe(process.versions.node);
    expect(report.data.map(({ name }) => name)).toEqual([...KNOWN, ...MADE]);
    // Sets that are fetched only by name may be absent without a word.
    expect(report.notes.join()).not.toMatch(/Adult|MovieLens|CamVid/);
  });

  test('an engine that is named is the active one', () => {
    const { stdout } = inkwell(['doctor', '--json'], { env: { INKWELL_ENGINE: 'cpu' } });
    expect(JSON.parse(stdout).engine.name).toBe('cpu');
  });

  test('for people, it marks the active engine and names the data', () => {
    const { status, stdout } = inkwell(['doctor'], { env: { INKWELL_ENGINE: 'wasm' } });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^All is well\./);
    expect(stdout).toMatch(/● wasm [\d.]+ \(active\)/);
    expect(stdout).toContain('to enable: INKWELL_ENGINE=cpu');
    expect(stdout).toContain('made-digits (made digits): ready');
  });

  test('an engine there is not is an error, not a report', () => {
    const { status, stderr } = inkwell(['doctor'], { env: { INKWELL_ENGINE: 'abacus' } });
    expect(status).toBe(1);
    expect(stderr).toContain('abacus');
    expect(stderr).toContain('tensorflow-gpu, tensorflow, wasm, cpu');
  });
});

describe('data', () => {
  test('--json lists what there is; without any, made digits are ready', () => {
    const { status, stdout } = inkwell(['data', 'list', '--json'], { env: { INKWELL_DATASETS: 'made' } });
    const statuses: DataSetStatus[] = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(statuses.map(({ name, state }) => [name, state])).toEqual([
      ...KNOWN.map((name) => [name, 'absent']),
      ...MADE.map((name) => [name, 'ready']),
    ]);
    expect(statuses[0]?.why).toContain('INKWELL_DATASETS=made');
  });

  test('a data set that was asked for and is absent is a no', () => {
    expect(inkwell(['data', 'verify', 'mnist'], { env: { INKWELL_DATASETS: 'made' } }).status).toBe(1);
    expect(inkwell(['data', 'verify', 'adult'], { env: { INKWELL_DATASETS: 'made' } }).status).toBe(1);
    expect(inkwell(['data', 'where', 'made-digits']).status).toBe(0);
  });

  test('a name there is not names those there are', () => {
    const { status, stderr } = inkwell(['data', 'fetch', 'cifar']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('no data set named cifar; known: mnist')]);
  });
});
