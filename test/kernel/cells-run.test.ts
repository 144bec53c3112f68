// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are quoted here, templates and all
/** Cells as their reader runs them: what stock kernels get wrong, one test each. */
import { leastMs } from '../measure/clock';
import { startKernel, type TestKernel } from './helpers/kernel';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await startKernel();
});
afterAll(() => kernel.stop());

test('5,000 lines arrive complete and in order, with idle', async () => {
  const { stdout, reply } = await kernel.run('for (let i = 0; i < 5000; i++) console.log(`line ${i}`);');
  expect(reply['status']).toBe('ok');
  expect(stdout).toBe(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(''));
});

test('a function sees the value that a later cell gave to a variable', async () => {
  await kernel.run('let lr = 0.01; function step() { return lr * 2; }');
  expect((await kernel.run('lr = 0.5; step()')).result).toBe('1');
});

test('let, const, class and import can be declared again', async () => {
  await kernel.run('const again = 1; class Twice { a = 1 }');
  await kernel.run('const again = 2; class Twice { b = 2 }');
  expect((await kernel.run('[again, new Twice()]')).result).toBe('[ 2, Twice { b: 2 } ]');
});

test('a loop at top level runs at full speed', async () => {
  const loop = 'let sum = 0; for (let i = 0; i < 1e7; i++) sum += i; sum';
  const run = async (code: string): Promise<void> => {
    expect((await kernel.run(code)).result).toBe('49999995000000');
  };
  // A kernel that proxies top-level variables takes seconds.
  expect(await leastMs(600, () => run(loop))).toBeLessThan(600);
});

test('constructs that other kernels refuse', async () => {
  const run = async (code: string): Promise<string | undefined> => {
    const { result, error } = await kernel.run(code);
    return result ?? `${error?.ename}: ${error?.evalue}`;
  };
  expect(
    await run(
      'const Anonymous = class { #secret = 7; get() { return this.#secret; } }; new Anonymous().get()',
    ),
  ).toBe('7');
  expect(
    await run('const seen: number[] = []; for await (const x of [1, Promise.resolve(2)]) seen.push(x); seen'),
  ).toBe('[ 1, 2 ]');
  expect(await run('export const exported = 5; exported + 1')).toBe('6');
  expect(
    await run('declare global { var declared: number | undefined } globalThis.declared = 3; declared'),
  ).toBe('3');
  expect(await run('namespace Space { export const inner = 4; } Space.inner')).toBe('4');
  expect(await run('enum Colour { Red, Green } Colour[1]')).toBe("'Green'");
  expect(
    await run('let order = ""; { using a = { [Symbol.dispose]() { order += "a"; } }; order += "b"; } order'),
  ).toBe("'ba'");
});

test('the statements of a cell run in the order in which they are written', async () => {
  const { stdout } = await kernel.run(
    'console.log(1); function f() { return 3; } console.log(2); const v = f(); console.log(v);',
  );
  expect(stdout).toBe('1\n2\n3\n');
});

test('a constant expression is a result', async () => {
  for (const [code, result] of [
    ['"a" + "b"', "'ab'"],
    ['NaN', 'NaN'],
    ['-0', '-0'],
    ['!1', 'false'],
    ['undefined', undefined],
  ] as const) {
    expect([code, (await kernel.run(code)).result]).toEqual([code, result]);
  }
});

test('an error has a name, a message and a stack in the lines of its cell', async () => {
  const code =
    'interface Shape {\n  side: number;\n}\nfunction fail(shape: Shape): never {\n  throw new RangeError(`side ${shape.side}`);\n}\nfail({ side: 3 });';
  const { error, reply } = await kernel.run(code);
  expect(error).toMatchObject({ ename: 'RangeError', evalue: 'side 3' });
  const count = String(reply['execution_count']);
  const text = error?.traceback.join('\n') ?? '';
  expect(text).toContain(`at fail (cell-${count}.ts:5:9)`);
  expect(text).toContain(`at cell-${count}.ts:7:1`);
  expect(text).toContain('> 5 |   throw new RangeError');
  expect(text).not.toMatch(/node:|lib.dist.kernel/);
});

test('causes and the parts of an AggregateError are shown', async () => {
  const { error } = await kernel.run(
    'throw new AggregateError([new TypeError("one")], "all", { cause: new Error("because") });',
  );
  const text = error?.traceback.join('\n') ?? '';
  expect(text).toContain('[cause]: Error: because');
  expect(text).toContain('TypeError: one');
});

test('a value that is no Error can be thrown', async () => {
  expect((await kernel.run('throw { odd: true };')).error).toMatchObject({
    ename: 'Uncaught',
    evalue: '{ odd: true }',
  });
});

test('a type error keeps the cell from running and shows its line', async () => {
  const { error, stdout } = await kernel.run('console.log("ran");\nconst n: number = "three";');
  expect(stdout).toBe('');
  expect(error?.ename).toBe('TypeCheckError');
  expect(error?.traceback.join('\n')).toMatch(/:2:7 error TS2322/);
});

test('// @ts-nocheck runs a cell unchecked', async () => {
  expect((await kernel.run('// @ts-nocheck\nconst wrong: number = "three"; wrong')).result).toBe("'three'");
});

test('a cell after an error runs', async () => {
  await kernel.run('throw new Error("first")');
  expect((await kernel.run('1 + 1')).result).toBe('2');
});

test('stop_on_error aborts what waits, and only then', async () => {
  const cells = await Promise.all([
    kernel.start('await new Promise((r) => setTimeout(r, 50)); throw new Error("stop")'),
    kernel.start('globalThis.ranAfter = true'),
  ]);
  const [, second] = await Promise.all(cells.map((cell) => cell.done()));
  expect(second?.reply['status']).toBe('aborted');
  expect((await kernel.run('"ranAfter" in globalThis')).result).toBe('false');

  const others = await Promise.all([
    kernel.start('throw new Error("go on")', { stop_on_error: false }),
    kernel.start('7'),
  ]);
  const [, fourth] = await Promise.all(others.map((cell) => cell.done()));
  expect(fourth?.result).toBe('7');
});

test('late output goes to the cell that started it', async () => {
  const started = await kernel.start('setTimeout(() => console.log("late"), 80); 1');
  await started.done();
  await kernel.run('await new Promise((r) => setTimeout(r, 150));');
  const late = kernel.broadcast.find(({ content }) => String(content['text']).includes('late'));
  expect((late?.parent as Record<string, unknown> | undefined)?.['msg_id']).toBe(started.id);
});

test('what native code and child processes print is shown', async () => {
  const { stdout, stderr } = await kernel.run(
    'import { execSync } from "node:child_process"; execSync("echo out; echo err >&2", { stdio: "inherit" });',
  );
  expect([stdout, stderr]).toEqual(['out\n', 'err\n']);
});

test('rejections and throwing timers leave the session alive', async () => {
  const { stderr } = await kernel.run(
    'Promise.reject(new Error("nobody caught")); setTimeout(() => { throw new Error("in a timer"); }, 5); await new Promise((r) => setTimeout(r, 40));',
  );
  expect(stderr).toContain('nobody caught');
  expect(stderr).toContain('in a timer');
  expect((await kernel.run('"alive"')).result).toBe("'alive'");
});
