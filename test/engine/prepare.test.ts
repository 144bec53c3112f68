import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineReport } from 'inkwell/engine/inspect';
import { addonFile } from 'inkwell/engine/native/compile';
import { writeManifest } from 'inkwell/engine/native/manifest';
import { plansFor } from 'inkwell/engine/native/plan';
import { recipeFor, thisMachine } from 'inkwell/engine/native/recipe';
import { evaluateInNode } from './nodeProcess';
import { temporaryFolders } from './temporary';

const newFolder = temporaryFolders();
const prepare =
  "return require('inkwell/engine/prepare').prepareEngine({ log: (line) => console.log(line) })";
const inspect = "return require('inkwell/engine/inspect').inspectEngines()";

describe('prepareEngine', () => {
  test.each([
    ['pip', { INKWELL_PYTHON: '/nowhere/python3' }, 'No Python 3 with pip'],
    ['a compiler', { CXX: '/nowhere/c++' }, 'No C++ compiler'],
  ])('without %s: wasm, the reason, and nothing left in the cache', async (_name, env, reason) => {
    const cache = newFolder();
    const report = await evaluateInNode<EngineReport>(prepare, { INKWELL_CACHE: cache, ...env });
    expect(report).toMatchObject({ engine: 'wasm', status: 'available' });
    // Where there is no recipe for this machine at all, that comes first.
    const { kind } = recipeFor('cpu', thisMachine());
    expect(report.why).toContain(kind === 'recipe' ? reason : 'tensorflow: ');
    expect(report.why).toContain('tensorflow-gpu: ');
    expect(kind === 'recipe' ? readdirSync(path.join(cache, 'engine')) : []).toEqual([]);
  });

  test('an engine that was named and cannot be prepared is an error', async () => {
    const env = {
      INKWELL_CACHE: newFolder(),
      INKWELL_PYTHON: '/nowhere/python3',
      INKWELL_ENGINE: 'tensorflow',
    };
    await expect(evaluateInNode(prepare, env)).rejects.toMatchObject({
      code: expect.stringMatching(/^ENGINE_/),
    });
    await expect(evaluateInNode(prepare, { ...env, INKWELL_ENGINE: 'tpu' })).rejects.toMatchObject({
      code: 'ENGINE_UNKNOWN',
    });
  });

  test('a named engine that needs nothing is ready at once', async () => {
    const report = await evaluateInNode<EngineReport>(prepare, {
      INKWELL_CACHE: newFolder(),
      INKWELL_ENGINE: 'wasm',
    });
    expect(report).toMatchObject({
      engine: 'wasm',
      status: 'available',
      version: expect.stringMatching(/^4\./),
    });
  });
});

describe('a damaged addon', () => {
  /** An entry of the cache that looks finished, with this text for an addon. */
  function entryWith(text: string): { cache: string; addon: string } | undefined {
    const choice = recipeFor('cpu', thisMachine());
    if (choice.kind === 'none') return undefined;
    const cache = newFolder();
    const root = path.join(cache, 'engine');
    const plans = plansFor(choice.recipe, root);
    for (const plan of plans) {
      const folder = path.join(root, plan.key);
      for (const file of plan.files) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
      }
      writeManifest(folder, plan);
    }
    return { cache, addon: path.join(root, plans[1].key, addonFile) };
  }

  test('that was changed is reported, and wasm is used', async () => {
    const entry = entryWith('an addon');
    if (entry === undefined) return;
    writeFileSync(entry.addon, 'ANOTHER!');
    const reports = await evaluateInNode<EngineReport[]>(inspect, { INKWELL_CACHE: entry.cache });
    expect(reports[1]).toMatchObject({ status: 'unavailable', why: `${entry.addon} was changed` });
    expect(reports[2]).toMatchObject({ engine: 'wasm', status: 'active' });
  });

  test('that is whole but no library is found out in a process of its own', async () => {
    const entry = entryWith('an addon');
    if (entry === undefined) return;
    const reports = await evaluateInNode<EngineReport[]>(inspect, { INKWELL_CACHE: entry.cache });
    expect(reports[1]).toMatchObject({ status: 'unavailable', enable: 'npx inkwell prepare' });
    expect(reports[1]?.why).toContain(addonFile);
    const use = "return require('inkwell/engine/engine').useEngine()";
    expect(await evaluateInNode(use, { INKWELL_CACHE: entry.cache })).toMatchObject({ name: 'wasm' });
  });

  test('of the stock package is reported with its path', async () => {
    const modules = newFolder();
    const folder = path.join(modules, '@tensorflow', 'tfjs-node');
    const binary = { module_name: 'tfjs_binding', napi_versions: [3, 8, 999] };
    mkdirSync(path.join(folder, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name: '@tensorflow/tfjs-node', version: '4.22.0', binary }),
    );
    writeFileSync(path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), 'no library');
    const reports = await evaluateInNode<EngineReport[]>(inspect, {
      INKWELL_CACHE: newFolder(),
      NODE_PATH: modules,
    });
    expect(reports[1]?.why).toContain(path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'));
  });
});
