import type { Engine } from 'inkwell/engine/engine';
import type { EngineReport } from 'inkwell/engine/inspect';
import { inspectEngines } from 'inkwell/engine/inspect';
import { evaluateInNode } from './nodeProcess';
import { temporaryFolders } from './temporary';

const newFolder = temporaryFolders();
const use = "return require('inkwell/engine/engine').useEngine()";

describe('useEngine', () => {
  test('takes the first engine of the order that works here', async () => {
    const reports = await inspectEngines();
    const first = reports.find(({ status }) => status !== 'unavailable');
    const engine = await evaluateInNode<Engine>(use);
    expect(engine.name).toBe(first?.engine);
    expect(engine.version).toBe(first?.version);
  });

  test('INKWELL_ENGINE overrides, and the tensors land there', async () => {
    const script = `
      const { useEngine, currentEngine } = require('inkwell/engine/engine');
      const tf = require('inkwell/engine/tf');
      const before = currentEngine();
      const engine = await useEngine();
      const sum = (await tf.tensor1d([1, 2, 3]).sum().data())[0];
      return { engine, sum, backend: tf.getBackend(), before: before === undefined, same: currentEngine() === engine };`;
    for (const name of ['wasm', 'cpu']) {
      const result = await evaluateInNode<{ engine: Engine }>(script, { INKWELL_ENGINE: name });
      expect(result).toMatchObject({
        engine: { name, backend: name },
        sum: 6,
        backend: name,
        before: true,
        same: true,
      });
      expect(result.engine.description).toContain(`${name}: TensorFlow.js 4.`);
    }
  });

  test('is idempotent, also when called twice at once', async () => {
    const script = `
      const { useEngine } = require('inkwell/engine/engine');
      const [a, b] = await Promise.all([useEngine(), useEngine()]);
      return a === b && a === (await useEngine({ engine: a.name }));`;
    expect(await evaluateInNode<boolean>(script, { INKWELL_ENGINE: 'wasm' })).toBe(true);
  });

  test('changes engines in one process, and takes the tensors along', async () => {
    const script = `
      const { useEngine } = require('inkwell/engine/engine');
      const tf = require('inkwell/engine/tf');
      await useEngine({ engine: 'wasm' });
      const x = tf.tensor1d([1, 2, 3]).square();
      const { name } = await useEngine({ engine: 'cpu' });
      return [name, tf.getBackend(), ...(await x.add(1).data())];`;
    expect(await evaluateInNode<unknown[]>(script)).toEqual(['cpu', 'cpu', 2, 5, 10]);
  });

  test('goes back to its back end where somebody set another', async () => {
    const script = `
      const { useEngine } = require('inkwell/engine/engine');
      const tf = require('inkwell/engine/tf');
      await useEngine({ engine: 'wasm' });
      await tf.setBackend('cpu');
      return [(await useEngine()).name, tf.getBackend()];`;
    expect(await evaluateInNode<unknown[]>(script)).toEqual(['wasm', 'wasm']);
  });

  test('a bad name is an error that lists the good ones', async () => {
    await expect(evaluateInNode(use, { INKWELL_ENGINE: 'tpu' })).rejects.toMatchObject({
      code: 'ENGINE_UNKNOWN',
      message: expect.stringContaining('tensorflow-gpu, tensorflow, wasm, cpu'),
    });
  });

  test('without a prepared addon: wasm, and the line says how to get the native engine', async () => {
    const engine = await evaluateInNode<Engine>(use, { INKWELL_CACHE: newFolder() });
    expect(engine.name).toBe('wasm');
    expect(engine.description).toMatch(
      /^wasm: TensorFlow\.js .*for the faster native engine run: npx inkwell prepare$/,
    );
  });

  test('an engine that is named and cannot be had is an error, not another engine', async () => {
    const env = { INKWELL_CACHE: newFolder(), INKWELL_ENGINE: 'tensorflow' };
    await expect(evaluateInNode(use, env)).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(
        /"tensorflow" was asked for, but cannot be had: .*\n.*npx inkwell prepare/,
      ),
    });
    // The failure is not remembered: the next call may ask for something else.
    const script = `
      const { useEngine } = require('inkwell/engine/engine');
      const failure = await useEngine({ engine: 'tensorflow' }).catch((error) => error.code);
      return [failure, (await useEngine({ engine: 'cpu' })).name];`;
    expect(await evaluateInNode(script, env)).toEqual(['ENGINE_UNAVAILABLE', 'cpu']);
  });

  test.each(['wasm', 'cpu'])(
    '%s starts without a greeting and leaves no listener on the process',
    async (name) => {
      const script = `
      const said = [];
      for (const level of ['log', 'warn', 'error']) console[level] = (...words) => said.push(words.join(' '));
      const count = () => process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
      const before = count();
      const tf = require('inkwell/engine/tf');
      await require('inkwell/engine/engine').useEngine();
      await tf.tensor1d([1, 2]).sum().data();
      return { said, added: count() - before };`;
      expect(await evaluateInNode(script, { INKWELL_ENGINE: name })).toEqual({ said: [], added: 0 });
    },
  );

  test('INKWELL_THREADS must be a whole number above 0', async () => {
    const script = "return require('inkwell/engine/threads').threadCount()";
    expect(await evaluateInNode(script, { INKWELL_THREADS: '3' })).toBe(3);
    await expect(evaluateInNode(script, { INKWELL_THREADS: '0' })).rejects.toMatchObject({
      code: 'ENGINE_THREADS',
    });
  });
});

describe('inspectEngines', () => {
  test('reports on every engine, in order, and why each other one was not chosen', async () => {
    const reports = await evaluateInNode<EngineReport[]>(
      "return require('inkwell/engine/inspect').inspectEngines()",
    );
    expect(reports.map(({ engine }) => engine)).toEqual(['tensorflow-gpu', 'tensorflow', 'wasm', 'cpu']);
    expect(reports.filter(({ status }) => status === 'active')).toHaveLength(1);
    for (const { status, why, enable, version } of reports) {
      if (status === 'active') expect(version).toMatch(/^\d/);
      else expect([why, enable]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
    }
  });

  test('says which engine INKWELL_ENGINE chose', async () => {
    const script = "return require('inkwell/engine/inspect').inspectEngines()";
    const reports = await evaluateInNode<EngineReport[]>(script, { INKWELL_ENGINE: 'cpu' });
    expect(reports.at(-1)).toMatchObject({ engine: 'cpu', status: 'active' });
    expect(reports.at(-2)).toMatchObject({ status: 'available', why: 'cpu is what INKWELL_ENGINE asks for' });
  });
});
