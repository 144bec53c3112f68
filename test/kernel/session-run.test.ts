/** The session as a process: crashes, memory, modules, and what is left behind. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { peakMb } from '../measure/process';
import { KERNEL, startKernel, type TestKernel } from './helpers/kernel';

let kernel: TestKernel;
beforeAll(async () => {
  // A small heap, so that running out of it takes no minute.
  kernel = await startKernel({ env: { NODE_OPTIONS: '--max-old-space-size=160' } });
});
afterAll(() => kernel.stop());

describe('a crash of the code ends its session only', () => {
  const crashes: ReadonlyArray<readonly [string, string, RegExp]> = [
    ['process.exit', 'process.exit(3)', /process\.exit\(3\)/],
    ['process.abort', 'process.abort()', /SIGABRT/],
    ['a native fault', 'process.kill(process.pid, "SIGSEGV"); await new Promise(() => {});', /SIGSEGV/],
    [
      'memory',
      'const hoard: unknown[] = []; while (true) hoard.push(new Array(1000).fill(hoard.length));',
      /memory/,
    ],
  ];
  test.each(crashes)('%s', async (_, code, why) => {
    await kernel.run('const before = 1;');
    const { error, reply } = await kernel.run(code);
    expect(reply['status']).toBe('error');
    expect(error?.ename).toBe('SessionEnded');
    expect(error?.evalue).toMatch(why);
    expect(error?.traceback.join('\n')).toMatch(/Lost are the variables/);
    expect((await kernel.run('// @ts-nocheck\ntypeof before')).result).toBe("'undefined'");
  });

  test('a stack overflow is an ordinary error', async () => {
    expect((await kernel.run('function deep(): number { return deep() + 1; } deep()')).error?.ename).toBe(
      'RangeError',
    );
    expect((await kernel.run('1')).result).toBe('1');
  });
});

test('100 MB of output does not exhaust memory', async () => {
  const line = 'x'.repeat(1023);
  const other = await startKernel();
  const { stdout } = await other.run(
    `for (let i = 0; i < 100 * 1024; i++) console.log(${JSON.stringify(line)});`,
  );
  expect(stdout.length).toBe(100 * 1024 * 1024);
  expect(peakMb(other.process.pid ?? 0)).toBeLessThan(400);
  await other.stop();
});

function readStatus(pid: number): string {
  return readFileSync(`/proc/${pid}/status`, 'utf8');
}

/** Whether a process runs; one that has ended and waits to be collected does not. */
function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/status`) && !/^State:\s+Z/m.test(readStatus(pid));
}

describe('modules', () => {
  const write = (name: string, text: string): void => {
    const file = path.join(kernel.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };

  test('a local TypeScript file, and what it imports, is seen anew after an edit', async () => {
    write('deep.ts', 'export const value: number = 1;');
    write('shallow.ts', 'import { value } from "./deep.js";\nexport const twice = (): number => value * 2;');
    const code = 'import { twice } from "./shallow"; twice()';
    expect((await kernel.run(code)).result).toBe('2');
    await sleep(10);
    write('deep.ts', 'export const value: number = 21;');
    expect((await kernel.run(code)).result).toBe('42');
  });

  test('files that await at top level, and what imports them, are seen anew after an edit', async () => {
    write(
      'slow/data.ts',
      'export let loads: number = 0;\nloads++;\nexport const rows: number[] = await Promise.resolve([1, 2, 3]);\nexport function bump(): void { loads++ }',
    );
    write(
      'slow/sum.ts',
      'import { rows, loads, bump } from "./data.js";\nimport plain, { half } from "./plain";\nimport { join } from "node:path";\nbump();\nexport const sum = (): number => half(rows.reduce((a, b) => a + b)) + plain;\nexport const seen = (): number => loads;\nexport const where = import.meta.filename + join("a", "b");',
    );
    write('slow/plain.ts', 'export const half = (x: number): number => x / 2; export default 100;');
    const code =
      'import { seen, sum } from "./slow/sum"; import { loads } from "./slow/data"; [sum(), seen(), loads]';
    expect((await kernel.run(code)).result).toBe('[ 103, 2, 2 ]');
    expect((await kernel.run(code)).result).toBe('[ 103, 2, 2 ]');
    expect((await kernel.run('import { where } from "./slow/sum"; where')).result).toBe(
      `'${path.join(kernel.folder, 'slow', 'sum.ts')}a/b'`,
    );
    await sleep(10);
    write('slow/plain.ts', 'export const half = (x: number): number => x; export default 200;');
    expect((await kernel.run(code)).result).toBe('[ 206, 3, 3 ]');
    await sleep(10);
    write(
      'slow/data.ts',
      'export let loads: number = 10;\nexport const rows: number[] = await (await import("./list")).list;\nexport function bump(): void { loads++ }',
    );
    write(
      'slow/list.ts',
      'export const list: number[] = await new Promise((resolve) => setTimeout(() => resolve([5]), 5));',
    );
    expect((await kernel.run(code)).result).toBe('[ 205, 11, 11 ]');
  });

  test('a file that awaits may be the moment at which garbage is collected', async () => {
    write('collected/now.ts', '(globalThis as { gc?: () => void }).gc?.();\nawait 1;\nexport {};');
    write('collected/plain.ts', 'export const half = (x: number): number => x / 2;');
    write(
      'collected/root.ts',
      'import "./now";\nimport { half } from "./plain";\nexport const four = half(8);\nexport const later = async (): Promise<object> => import("./plain");',
    );
    await kernel.run(
      'import v8 from "node:v8"; import vm from "node:vm"; v8.setFlagsFromString("--expose-gc"); Object.assign(globalThis, { gc: vm.runInNewContext("gc") });',
    );
    const { result, error } = await kernel.run('import { four, later } from "./collected/root"; four');
    expect([error, result]).toEqual([undefined, '4']);
    // The function of a file that was edited since imports, too.
    await sleep(10);
    write('collected/root.ts', 'await 1;\nexport const four = 5;');
    expect((await kernel.run('import { four as five } from "./collected/root"; five')).result).toBe('5');
    const code = '// @ts-nocheck\ngc(); Object.keys(await later())';
    expect((await kernel.run(code)).result).toBe("[ 'half' ]");
  });

  test('the stack of a file that awaits counts its TypeScript lines, and a failed one is tried again', async () => {
    write(
      'late.ts',
      'type Wait = number;\n\nconst ms: Wait = await 5;\nthrow new RangeError("late " + ms);\nexport {};',
    );
    const { error } = await kernel.run('await import("./late")');
    expect(error).toMatchObject({ ename: 'RangeError', evalue: 'late 5' });
    expect(error?.traceback.join('\n')).toContain('late.ts:4:7');
    write('late.ts', 'export const fine: number = await 6;');
    expect((await kernel.run('(await import("./late")).fine')).result).toBe('6');
    expect((await kernel.run('// @ts-nocheck\nrequire("./late").fine')).result).toBe('6');
    write('later.ts', 'export const never: number = await 7;');
    expect((await kernel.run('// @ts-nocheck\nrequire("./later")')).error?.evalue).toContain('await');
  });

  test('CommonJS that requires a file which awaits is told so', async () => {
    write('common.cjs', 'module.exports = require("./awaited");');
    write('awaited.ts', 'export const value: number = await 8;');
    const { error } = await kernel.run('// @ts-nocheck\nimport "./common.cjs"');
    expect(error?.evalue).toContain('awaited.ts awaits at top level');
  });

  test('files that await and import each other', async () => {
    write(
      'ring/a.ts',
      'import { b } from "./b";\nawait 1;\nexport const a = (): string => "a" + b();\nexport const only = (): string => "!";',
    );
    write('ring/b.ts', 'import { only } from "./a";\nexport const b = (): string => "b" + only();');
    const both =
      'const [one, two] = await Promise.all([import("./ring/a"), import("./ring/a")]); [one.a(), one.a === two.a]';
    expect((await kernel.run(both)).result).toBe("[ 'ab!', true ]");
  });

  test("the paths of the reader's tsconfig hold at run time as well", async () => {
    write(
      'tsconfig.json',
      '{ "compilerOptions": { "paths": { "@/*": ["./mapped/*"], "exactly": ["./mapped/one.ts"] } } }',
    );
    write('mapped/one.ts', 'export const one: number = 1;');
    write('mapped/two.ts', 'import { one } from "@/one.js";\nexport const two: number = one + 1;');
    const code =
      'import { two } from "@/two"; import { one } from "exactly"; import { sep } from "path"; [two, one, sep]';
    expect((await kernel.run(code)).result).toBe("[ 2, 1, '/' ]");
    const { error } = await kernel.run('// @ts-nocheck\nimport "@/none"');
    expect(error?.evalue).toContain("cannot find '@/none'");
    rmSync(path.join(kernel.folder, 'tsconfig.json'));
  });

  test('the stack of an imported file counts its TypeScript lines', async () => {
    write(
      'throws.ts',
      'interface A {\n  a: number;\n}\nexport function go(a: A): never {\n  throw new Error(String(a.a));\n}\n',
    );
    const { error } = await kernel.run('import { go } from "./throws"; go({ a: 1 });');
    expect(error?.traceback.join('\n')).toContain('throws.ts:5:9');
  });

  test('packages: ESM only, CommonJS, subpaths, JSON', async () => {
    write(
      'node_modules/esm-only/package.json',
      '{"name":"esm-only","type":"module","exports":{".":{"import":"./i.js"},"./sub/*":"./s/*.js"}}',
    );
    write('node_modules/esm-only/i.js', 'export const kind = "esm"; export default 1;');
    write('node_modules/esm-only/s/deep.js', 'export const kind = "subpath";');
    write('node_modules/common/package.json', '{"name":"common"}');
    write('node_modules/common/index.js', 'module.exports = { kind: "cjs" };');
    write('node_modules/awaits/package.json', '{"name":"awaits","type":"module","exports":"./i.js"}');
    write('node_modules/awaits/i.js', 'export const late = await Promise.resolve(9);');
    write('data.json', '{"n": 4}');
    const code = `// @ts-nocheck
import one, { kind } from 'esm-only';
import { kind as sub } from 'esm-only/sub/deep';
import common, { kind as cjs } from 'common';
import { late } from 'awaits';
import data from './data.json' with { type: 'json' };
const { kind: dynamic } = await import('esm-only');
[one, kind, sub, common.kind, cjs, late, data.n, dynamic, require('common').kind].join()`;
    expect((await kernel.run(code)).result).toBe("'1,esm,subpath,cjs,cjs,9,4,esm,cjs'");
  });

  test('what is missing is named, with the way out', async () => {
    const { error } = await kernel.run('// @ts-nocheck\nimport "left-pad/x"');
    expect(error?.evalue).toContain("cannot find 'left-pad/x'");
    expect(error?.evalue).toContain('npm install left-pad');
  });
});

describe('display', () => {
  test('Jupyter.display, several types, updates, clearing', async () => {
    const { outputs } = await kernel.run(`// @ts-nocheck
const shown = await display({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<b>1</b>', 'text/plain': '1' }) });
await shown.update({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': '2' }) });
clearOutput({ wait: true });
globalThis[Symbol.for('Inkwell.display')]({ 'text/plain': 'hook', 'image/png': new Uint8Array([1, 2, 3]) }, { transient: { display_id: 'h' } });`);
    expect(outputs.map(({ type }) => type)).toEqual([
      'display_data',
      'update_display_data',
      'clear_output',
      'display_data',
    ]);
    expect(outputs[0]?.content['data']).toEqual({ 'text/html': '<b>1</b>', 'text/plain': '1' });
    expect(outputs[1]?.content['transient']).toEqual(outputs[0]?.content['transient']);
    expect(outputs[3]?.content).toMatchObject({
      data: { 'image/png': 'AQID' },
      transient: { display_id: 'h' },
    });
  });

  test('tslab notebooks run unchanged', async () => {
    const { outputs, result } = await kernel.run(`// @ts-nocheck
import * as tslab from 'tslab';
tslab.display.html('<i>x</i>'); tslab.display.png(new Uint8Array([9]));
const d = tslab.newDisplay(); d.text('a'); d.markdown('*b*');
tslab.display.raw('text/x', 'y');
Object.keys(tslab.versions).join()`);
    expect(outputs.map(({ type, content }) => [type, Object.keys(content['data'] as object)[0]])).toEqual([
      ['display_data', 'text/html'],
      ['display_data', 'image/png'],
      ['display_data', 'text/plain'],
      ['update_display_data', 'text/markdown'],
      ['display_data', 'text/x'],
      ['execute_result', 'text/plain'],
    ]);
    expect(result).toBe("'tslab,typescript,node'");
  });

  test('Maps, tables, figures, tensors and pictures show well by themselves', async () => {
    const types = async (code: string): Promise<string[]> => {
      const { outputs } = await kernel.run(`// @ts-nocheck\n${code}`);
      return Object.keys((outputs.at(-1)?.content['data'] as object | undefined) ?? {}).sort();
    };
    expect(await types('new Map([["a", 1]])')).toEqual(['text/html', 'text/plain']);
    expect(await types('[{ a: 1, b: "<x>" }, { a: 2, b: "y" }]')).toEqual(['text/html', 'text/plain']);
    expect(await types('({ data: [{ y: new Float32Array([1]) }], layout: {} })')).toEqual([
      'application/vnd.plotly.v1+json',
      'text/plain',
    ]);
    expect(
      await types('({ shape: [2], dtype: "float32", dataSync: () => new Float32Array([1, 2]) })'),
    ).toEqual(['text/html', 'text/plain']);
    expect(await types('({ width: 1, height: 1, data: new Uint8ClampedArray([1, 2, 3, 255]) })')).toEqual([
      'image/png',
      'text/plain',
    ]);
  });
});

describe('the end', () => {
  test('shutdown leaves no process and no file', async () => {
    const other = await startKernel();
    const { result } = await other.run('require("child_process").spawn("sleep", ["60"]).pid');
    const reply = await other.request('shutdown_request', { restart: false }, 'control');
    expect(reply.content).toEqual({ status: 'ok', restart: false });
    await other.waitFor('its end', () => other.process.exitCode !== null);
    // What was told to end may take a moment on a busy machine.
    await other.waitFor('the end of its child', () => !isRunning(Number(result)));
    await other.waitFor('the end of its files', () => readdirSync(other.folder).length === 0);
    await other.stop();
  });

  test('a kernel dies with its client, its session and their children too', async () => {
    const file = path.join(kernel.folder, 'orphan.json');
    const script = `const c = require('child_process').spawn(process.execPath, [${JSON.stringify(KERNEL)}, '-f', ${JSON.stringify(file)}], { stdio: 'ignore', cwd: ${JSON.stringify(kernel.folder)} }); console.log(c.pid); setInterval(() => {}, 1000);`;
    const client = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) =>
      client.stdout.once('data', (bytes) => resolve(Number(bytes))),
    );
    await kernel.waitFor('its start', () => existsSync(file));
    client.kill('SIGKILL');
    await kernel.waitFor('its end', () => !isRunning(pid) && !existsSync(file));
  });
});
