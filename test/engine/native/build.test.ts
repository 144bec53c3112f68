import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildPlan } from 'inkwell/engine/native/build';
import { build } from 'inkwell/engine/native/build';
import { inspectEntry } from 'inkwell/engine/native/manifest';
import { until } from '../../measure/until';
import { startNode } from '../nodeProcess';
import { temporaryFolders } from '../temporary';

const newFolder = temporaryFolders();

/** A plan in miniature: it writes one small file and counts how often it ran. */
function smallPlan(changes: Partial<BuildPlan> = {}): { plan: BuildPlan; runs: () => number } {
  let runs = 0;
  const step = {
    label: 'writing the addon',
    run: async ({ folder }: { folder: string }): Promise<void> => {
      runs += 1;
      writeFileSync(path.join(folder, 'addon.node'), `addon ${runs}`);
    },
  };
  const plan = {
    key: 'small',
    title: 'A small engine',
    version: '1.0',
    bytes: 10,
    files: ['addon.node'],
    needs: [],
    steps: [step],
  };
  return { plan: { ...plan, ...changes }, runs: () => runs };
}

/** A plan as a script: its step notes begin and end in a shared file, and goes on as soon as there is a file `go`. */
function builderScript(root: string, staleMs = 60_000): string {
  return `
    const fs = require('node:fs'), path = require('node:path');
    const { build } = require('inkwell/engine/native/build');
    const note = (text) => fs.appendFileSync(path.join(${JSON.stringify(root)}, 'notes'), process.pid + ' ' + text + '\\n');
    const step = async ({ folder }) => {
      note('begins');
      fs.writeFileSync(path.join(folder, 'addon.node'), 'half');
      while (!fs.existsSync(path.join(${JSON.stringify(root)}, 'go'))) await new Promise((resolve) => setTimeout(resolve, 20));
      fs.writeFileSync(path.join(folder, 'addon.node'), 'whole');
      note('ends');
    };
    build(
      { key: 'shared', title: 'A shared engine', version: '1.0', bytes: 10, files: ['addon.node'], needs: [], steps: [{ label: 'building', run: step }] },
      { root: ${JSON.stringify(root)}, staleMs: ${staleMs}, log: (line) => console.log(line) },
    ).then((entry) => console.log('got ' + entry.folder));
  `;
}

describe('build', () => {
  test('runs the steps once and finds the entry again', async () => {
    const root = newFolder();
    const { plan, runs } = smallPlan();
    const log: string[] = [];
    const entry = await build(plan, { root, log: (line) => log.push(line) });
    expect(entry).toEqual({ folder: path.join(root, 'small'), title: 'A small engine', version: '1.0' });
    expect(readFileSync(path.join(entry.folder, 'addon.node'), 'utf8')).toBe('addon 1');
    expect(log).toEqual(['A small engine: writing the addon']);
    expect(await build(plan, { root })).toEqual(entry);
    expect(runs()).toBe(1);
    expect(readdirSync(root)).toEqual(['small']);
  });

  test('a step that fails leaves nothing behind, and its error comes through', async () => {
    const root = newFolder();
    const { plan } = smallPlan();
    const failing = { label: 'failing', run: async () => Promise.reject(new Error('no compiler today')) };
    await expect(build({ ...plan, steps: [...plan.steps, failing] }, { root })).rejects.toThrow(
      'no compiler today',
    );
    expect(readdirSync(root)).toEqual([]);
    expect(inspectEntry(root, 'small').kind).toBe('missing');
  });

  test('what an interrupted build left is removed first', async () => {
    const root = newFolder();
    mkdirSync(path.join(root, 'small.build-dead'));
    writeFileSync(path.join(root, 'small.build-dead', 'addon.node'), 'half');
    mkdirSync(path.join(root, 'other.build-alive'));
    await build(smallPlan().plan, { root });
    expect(readdirSync(root).sort()).toEqual(['other.build-alive', 'small']);
  });

  test('a folder that was never finished does not count as an entry', async () => {
    const root = newFolder();
    mkdirSync(path.join(root, 'small'));
    writeFileSync(path.join(root, 'small', 'addon.node'), 'half');
    const { plan, runs } = smallPlan();
    expect(inspectEntry(root, 'small').kind).toBe('missing');
    await build(plan, { root });
    expect(runs()).toBe(1);
  });

  test.each([
    ['shortened', (file: string) => truncateSync(file, 3), 'has 3 bytes instead of 7'],
    ['changed', (file: string) => writeFileSync(file, 'ADDON 1'), 'was changed'],
  ])('an entry whose addon was %s is built again, and the log says why', async (_name, damage, why) => {
    const root = newFolder();
    const { plan, runs } = smallPlan();
    const { folder } = await build(plan, { root });
    damage(path.join(folder, 'addon.node'));
    expect(inspectEntry(root, 'small')).toMatchObject({ kind: 'broken', why: expect.stringContaining(why) });
    const log: string[] = [];
    await build(plan, { root, log: (line) => log.push(line) });
    expect(log[0]).toContain(why);
    expect(runs()).toBe(2);
    expect(inspectEntry(root, 'small').kind).toBe('ready');
  });

  test('a manifest that is not JSON is a broken entry', async () => {
    const root = newFolder();
    const { folder } = await build(smallPlan().plan, { root });
    writeFileSync(path.join(folder, 'engine.json'), '{');
    expect(inspectEntry(root, 'small')).toMatchObject({
      kind: 'broken',
      why: expect.stringContaining('engine.json'),
    });
  });

  test('a disk that is too small is a clear error before anything runs', async () => {
    const root = newFolder();
    const { plan, runs } = smallPlan({ bytes: 1e18 });
    await expect(build(plan, { root })).rejects.toMatchObject({
      code: 'ENGINE_DISK_FULL',
      message: expect.stringMatching(
        /needs 1000000000\.0 GB in .*; only \d+\.\d GB is free\.\n.*INKWELL_CACHE/,
      ),
    });
    expect(runs()).toBe(0);
  });

  test('a disk that fills up while a step runs is a clear error', async () => {
    const root = newFolder();
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const { plan } = smallPlan({ steps: [{ label: 'filling', run: () => Promise.reject(full) }] });
    await expect(build(plan, { root })).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('a cache that cannot be written is a clear error', async () => {
    const file = path.join(newFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(build(smallPlan().plan, { root: path.join(file, 'engine') })).rejects.toMatchObject({
      code: 'ENGINE_CACHE_UNWRITABLE',
      message: expect.stringContaining('INKWELL_CACHE'),
    });
  });

  test('of two processes at once one builds and the other waits and says for whom', async () => {
    const root = newFolder();
    const first = startNode(builderScript(root));
    await until('the first', () => existsSync(path.join(root, 'notes')));
    const second = startNode(builderScript(root));
    let said = '';
    second.child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
    });
    await until('the second', () => said.includes('waiting for process'));
    writeFileSync(path.join(root, 'go'), '');
    const [one, two] = await Promise.all([first.finished, second.finished]);
    expect(readFileSync(path.join(root, 'notes'), 'utf8')).toBe(
      `${first.child.pid} begins\n${first.child.pid} ends\n`,
    );
    expect(one.stdout).toContain(`got ${path.join(root, 'shared')}`);
    expect(two.stdout).toContain(`waiting for process ${first.child.pid} on `);
    expect(two.stdout).toContain('preparing A shared engine since');
    expect(two.stdout).toContain(`got ${path.join(root, 'shared')}`);
    expect(readFileSync(path.join(root, 'shared', 'addon.node'), 'utf8')).toBe('whole');
  });

  test('the lock of a builder that was killed is taken over, and its rest removed', async () => {
    const root = newFolder();
    const killed = startNode(builderScript(root, 2000));
    await until('the first', () => existsSync(path.join(root, 'notes')));
    killed.child.kill('SIGKILL');
    await killed.finished;
    expect(readdirSync(root).some((name) => name.startsWith('shared.build-'))).toBe(true);
    writeFileSync(path.join(root, 'go'), '');
    const next = startNode(builderScript(root, 2000));
    const { stdout } = await next.finished;
    expect(stdout).toContain(
      `process ${killed.child.pid} was ended while it prepared A shared engine; taking over within 2 s`,
    );
    expect(stdout).toContain(`got ${path.join(root, 'shared')}`);
    expect(readdirSync(root).sort()).toEqual(['go', 'notes', 'shared']);
    expect(readFileSync(path.join(root, 'shared', 'addon.node'), 'utf8')).toBe('whole');
  });
});
