import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CellSource } from 'inkwell/kernel/cells/source';
import { NotebookTypes } from 'inkwell/kernel/types/notebook';
import { LanguageServer, uriOf } from 'inkwell/kernel/types/server';
import { startTypeService, type TypeServiceOptions } from 'inkwell/kernel/types/service';
import { processorMs, residentMb } from '../../measure/process';
import { until } from '../../measure/until';
import { childrenOf, PROGRAM_MB, serversOf } from '../helpers/children';

const folders: string[] = [];
const services: NotebookTypes[] = [];

/** A notebook in a folder of its own with these files. */
function notebook(files: Record<string, string> = {}, options: Partial<TypeServiceOptions> = {}): Notebook {
  const directory = mkdtempSync(join(tmpdir(), 'inkwell-types-'));
  folders.push(directory);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const service = new NotebookTypes({ directory, ...options });
  services.push(service);
  return new Notebook(service, directory);
}

class Notebook {
  #count = 0;
  constructor(
    readonly service: NotebookTypes,
    readonly directory: string,
  ) {}

  source(code: string): { code: string; name: string; directory: string } {
    return { code, name: `cell-${++this.#count}.ts`, directory: this.directory };
  }

  /** Checks a cell; `code line:column`, for each error. */
  async errors(code: string): Promise<string[]> {
    const found = await this.service.check(this.source(code));
    return found.filter(({ category }) => category === 'error').map((d) => `${d.code} ${d.line}:${d.column}`);
  }

  /** Checks a cell, which must be right, and commits it. */
  async run(...cells: string[]): Promise<void> {
    for (const code of cells) {
      expect([code, await this.errors(code)]).toEqual([code, []]);
      await this.service.commit(this.source(code));
    }
  }

  async matches(code: string, offset: number = code.length): Promise<readonly string[]> {
    return (await this.service.complete(code, offset)).matches;
  }
}

afterAll(async () => {
  await Promise.all(services.map((service) => service.dispose()));
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('cells see what earlier cells declared', () => {
  const shared = notebook();
  const cells: [string, string[], string, string[]][] = [
    ['variables', ['let a = 1'], 'a = "x"', ['2322 0:0']],
    ['constants', ['const b = 1'], 'b = 2', ['2588 0:0']],
    [
      'narrowing',
      ['let n: number | undefined'],
      'n = 1; n.toFixed(); n = undefined; n.toFixed()',
      ['18048 0:35'],
    ],
    [
      'functions and their overloads',
      ['function o(x: string): string; function o(x: number): number; function o(x: any) { return x }'],
      'o(1).length',
      ['2339 0:5'],
    ],
    [
      'classes',
      ['class K<T> { #p = 1; constructor(readonly v: T) {} }'],
      'const k: K<string> = new K("s"); k.v.foo',
      ['2339 0:37'],
    ],
    [
      'types',
      ['interface P<T> { a: T } type U = P<number> | string'],
      'const p: P<string> = { a: 1 }; const u: U = "s"',
      ['2322 0:23'],
    ],
    [
      'enums and namespaces',
      ['enum E { A, B } namespace N { export const q = 1; export type T = string }'],
      'const e: E = E.B; const t: N.T = N.q',
      ['2322 0:24'],
    ],
    [
      'imports',
      [
        'import { join as j } from "node:path"; import type { Stats } from "node:fs"; import * as os from "node:os"; import fs = require("node:fs")',
      ],
      'j(1); let s: Stats = 1; os.nope; fs.statSync(true)',
      ['2345 0:2', '2322 0:10', '2339 0:27', '2769 0:45'],
    ],
    [
      'exports',
      ['export const ex = 1; export default class Dx { m = 1 } export function fx() { return ex }'],
      'ex.foo; new Dx().m.foo; fx().foo',
      ['2339 0:3', '2339 0:19', '2339 0:29'],
    ],
    [
      'patterns and nested var',
      [
        'const [h, { z, ...rest }] = [1, { z: "s", w: 2 }] as const; for (var i = 0; i < 1; i++) { var deep = "d" }',
      ],
      'h.foo; z.foo; rest.w.foo; i.foo; deep.foo',
      ['2339 0:2', '2339 0:9', '2339 0:21', '2339 0:28', '2339 0:38'],
    ],
    ['using', ['using res = { v: 1, [Symbol.dispose]() {} }'], 'res.v.foo', ['2339 0:6']],
    [
      'awaited values',
      ['const w = await Promise.resolve(3)'],
      'for await (const x of [w]) x.foo',
      ['2339 0:29'],
    ],
    [
      'a name that is a type and a value',
      ['interface Both { a: number } const Both = { a: 1 }'],
      'const both: Both = Both; both.foo',
      ['2339 0:30'],
    ],
  ];
  test.each(cells)('%s', async (_, before, code, expected) => {
    await shared.run(...before);
    expect(await shared.errors(code)).toEqual(expected);
  });

  test('a name may be declared again, as anything; the last one holds', async () => {
    const book = notebook();
    await book.run('let x = 1', 'function f() { return x }', 'let x = "s"', 'x.toUpperCase()');
    // The function keeps the type it had when it was written.
    expect(await book.errors('f().toUpperCase()')).toEqual(['2339 0:4']);
    await book.run(
      'const x = [1]',
      'x.push(2)',
      'class x { m() { return true } }',
      'new x().m()',
      'function x() { return 1 }',
    );
    await book.run(
      'x().toFixed()',
      'enum x { A }',
      'x.A.toFixed()',
      'import { sep as x } from "node:path"',
      'x.length',
    );
    await book.run('interface x { t: number }', 'const v: x = { t: 1 }', 'let v = { t: "s" }', 'v.t.length');
    expect(await book.errors('f().toUpperCase()')).toEqual(['2339 0:4']);
  });

  test('the same name twice in one cell is an error; its own declarations hoist', async () => {
    const book = notebook();
    expect(await book.errors('let q = 1;\nlet q = 2;')).toEqual(['2451 0:4', '2451 1:4']);
    expect(await book.errors('const r: number = late(); function late() { return 1 }')).toEqual([]);
  });

  test('what only checked is not visible; reset forgets everything', async () => {
    const book = notebook();
    await book.errors('let only = 1');
    expect(await book.errors('only')).toEqual(['2304 0:0']);
    await book.run('let kept = 1', 'kept');
    await book.service.reset();
    expect(await book.errors('kept')).toEqual(['2304 0:0']);
  });

  test('declare global, and again when the cell is edited', async () => {
    const book = notebook();
    await book.run(
      'type Mine = { deep: number }',
      'declare global { var gg: Mine; interface Array<T> { second(): T } } export {}',
    );
    expect(await book.errors('gg.deep.foo; [1].second().foo')).toEqual(['2339 0:8', '2339 0:26']);
    await book.run(
      'declare global { var gg: string; interface Array<T> { second(): string } }',
      'gg.length + [1].second().length',
    );
  });
});

describe('what counts as wrong', () => {
  test('strict by default, not where it is turned off', async () => {
    expect(await notebook().errors('function f(x) { return x }')).toEqual(['7006 0:11']);
    expect(await notebook({}, { strict: false }).errors('function f(x) { return x }')).toEqual([]);
  });

  test("places are the cell's own, in UTF-16 units", async () => {
    const found = await notebook().service.check({
      code: "const a = 1;\n'😀'; const s: string =\n  a;",
      name: 'c.ts',
      directory: '/',
    });
    expect(found).toEqual([
      {
        code: 2322,
        category: 'error',
        message: "Type 'number' is not assignable to type 'string'.",
        line: 1,
        column: 12,
        endLine: 1,
        endColumn: 13,
      },
    ]);
  });

  test('syntax errors, also at the very end', async () => {
    const book = notebook();
    expect(await book.errors('const = 1')).toContain('1134 0:6');
    expect((await book.errors('function f() {')).every((error) => error.endsWith('0:14'))).toBe(true);
  });

  test.each([
    '1; "a"',
    '1, 2',
    'label: for (;;) break label',
    '[1, 2]',
    'new Map<string, number>()',
    'await 1',
    'let unused = 1',
    'debugger',
  ])('nothing: %s', async (code) => {
    expect(await tolerant.errors(code)).toEqual([]);
  });
  const tolerant = notebook();

  test('a package without types is a warning', async () => {
    const book = notebook({
      'node_modules/untyped/package.json': '{"name": "untyped", "main": "index.js"}',
      'node_modules/untyped/index.js': 'module.exports = 1;',
    });
    const found = await book.service.check(book.source('import untyped from "untyped"'));
    expect(found.map(({ code, category }) => [code, category])).toEqual([[7016, 'warning']]);
    expect(await book.errors('import "missing-package"; import nope from "missing-package"')).toEqual([
      '2882 0:7',
      '2307 0:43',
    ]);
  });

  test('@ts-nocheck in the opening comments and the setting turn checks off', async () => {
    const book = notebook();
    expect(await book.errors('// @ts-nocheck\nlet s: string = 1')).toEqual([]);
    expect(await book.errors('/* Title */\n\n// @ts-nocheck why\nlet s: string = 1')).toEqual([]);
    expect(await book.errors('let s: string = 1 // @ts-nocheck')).toEqual(['2322 0:4']);
    expect(await book.errors('// @ts-expect-error\nlet s: string = 1')).toEqual([]);
    expect(await notebook({}, { check: false }).errors('let s: string = 1')).toEqual([]);
  });

  test('what the session offers is typed', async () => {
    const book = notebook();
    await book.run(
      'display(1); display({ "text/plain": "a" }, { raw: true }); const name = prompt("Name?"); confirm()',
    );
    expect(await book.errors('name.length')).toEqual(['18047 0:0']);
    await book.run(
      'require("node:fs"); process.pid; setTimeout(() => {}, 0); Buffer.from("a"); fetch; import.meta.url',
    );
  });
});

describe('the world around the notebook', () => {
  test('packages: exports maps, subpaths, @types, ES modules', async () => {
    const book = notebook({
      'node_modules/mapped/package.json':
        '{"name": "mapped", "type": "module", "exports": {".": {"types": "./d.ts/main.d.ts", "import": "./m.js"}, "./sub": {"types": "./d.ts/sub.d.ts", "default": "./s.js"}}}',
      'node_modules/mapped/d.ts/main.d.ts': 'export declare const main: number;',
      'node_modules/mapped/d.ts/sub.d.ts': 'declare const _default: string; export default _default;',
      'node_modules/plain/package.json': '{"name": "plain", "main": "i.js"}',
      'node_modules/plain/i.js': '',
      'node_modules/@types/plain/index.d.ts': 'export function plain(): boolean;',
    });
    await book.run(
      'import { main } from "mapped"; import sub from "mapped/sub"; import { plain } from "plain"',
    );
    expect(await book.errors('main.foo; sub.foo; plain().foo')).toEqual([
      '2339 0:5',
      '2339 0:14',
      '2339 0:27',
    ]);
    expect(await book.errors('import x from "mapped/hidden"')).toEqual(['2307 0:14']);
  });

  test('local files, JSON, and their edits', async () => {
    const book = notebook({
      'util.ts': 'import { inner } from "./inner"; export const util = inner;',
      'inner.ts': 'export const inner = 1;',
      'data.json': '{"size": 1}',
      'old.js': 'exports.old = 1;',
    });
    await book.run(
      'import { util } from "./util.ts"; import { util as u2 } from "./util"; import data from "./data.json" with { type: "json" }; import { old } from "./old.js"',
    );
    expect(await book.errors('util.foo; u2.foo; data.size.foo; old.foo')).toEqual([
      '2339 0:5',
      '2339 0:13',
      '2339 0:28',
      '2339 0:37',
    ]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    writeFileSync(join(book.directory, 'inner.ts'), 'export const inner = "text";');
    await book.run('import { util } from "./util"', 'util.toUpperCase()');
    writeFileSync(join(book.directory, 'new.ts'), 'export const fresh = 1;');
    expect(await book.errors('import { fresh } from "./new"; fresh.foo')).toEqual(['2339 0:37']);
    writeFileSync(join(book.directory, 'inner.ts'), 'export const inner = [true];');
    book.service.filesChanged();
    await book.run('util.push(false)');
  });

  test('a linked library after a rebuild, a package after it was installed', async () => {
    const library = notebook({
      'package.json': '{"name": "linked", "main": "dist/index.js", "types": "dist/index.d.ts"}',
      'dist/index.js': "Object.assign(exports, require('./part'))",
      'dist/index.d.ts': "export * from './part';",
      'dist/part.js': 'exports.part = 1',
      'dist/part.d.ts': 'export declare const part: number;',
    });
    const book = notebook({ 'node_modules/.keep': '' });
    symlinkSync(library.directory, join(book.directory, 'node_modules/linked'));
    await book.run('import { part } from "linked"', 'part.toFixed()');
    await new Promise((resolve) => setTimeout(resolve, 10));
    writeFileSync(join(library.directory, 'dist/part.d.ts'), 'export declare const part: string;');
    await book.run('import { part } from "linked"', 'part.toUpperCase()');

    expect(await book.errors('import late from "late"')).toEqual(['2307 0:17']);
    mkdirSync(join(book.directory, 'node_modules/late'));
    writeFileSync(
      join(book.directory, 'node_modules/late/package.json'),
      '{"name": "late", "types": "i.d.ts"}',
    );
    writeFileSync(
      join(book.directory, 'node_modules/late/i.d.ts'),
      'declare const late: 1; export default late;',
    );
    await book.run('import late from "late"', 'part.toUpperCase() + late.toFixed()');
  });

  test('the nearest tsconfig is honoured, also after an edit', async () => {
    const config = (options: string): string => `{ // with a comment\n"compilerOptions": {${options}} }`;
    const book = notebook({
      'base.json': config('"noUncheckedIndexedAccess": true'),
      'tsconfig.json': `{"extends": "./base.json", "compilerOptions": {"composite": true, "module": "commonjs", "target": "es5", "noUnusedLocals": true, "paths": {"~/*": ["./lib/*"]}}}`,
      'lib/thing.ts': 'export const thing = 1;',
    });
    const before = readFileSync(join(book.directory, 'tsconfig.json'), 'utf8');
    await book.run('import { thing } from "~/thing"; const xs = [thing]; await 1');
    expect(await book.errors('xs[0].toFixed()')).toEqual(['2532 0:0']);
    expect(readFileSync(join(book.directory, 'tsconfig.json'), 'utf8')).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 10));
    writeFileSync(
      join(book.directory, 'tsconfig.json'),
      config('"strict": false, "paths": {"~/*": ["./lib/*"]}'),
    );
    expect(await book.errors('xs[0].toFixed(); function f(x) {}')).toEqual([]);
  });

  test('no file is left in the folder', async () => {
    const book = notebook({ 'a.ts': '' });
    await book.run('let a = 1', 'a');
    expect(readdirSync(book.directory)).toEqual(['a.ts']);
  });

  test('the server dies and nothing is lost', async () => {
    const book = notebook();
    await book.run('let survivor = 1', 'import { join } from "node:path"');
    const processId = killServer(book.service);
    expect(await book.errors('survivor.foo; join(1)')).toEqual(['2339 0:9', '2345 0:19']);
    expect(book.service.processId).not.toBe(processId);
    // Killed while it is asked, at another moment each time: before, while and after it is written to.
    for (const delayMs of [0, 0, 0, 1, 2, 4]) {
      const asking = book.errors('survivor.foo');
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      killServer(book.service);
      expect(await asking).toEqual(['2339 0:9']);
      killServer(book.service);
      await new Promise((resolve) => setImmediate(resolve));
      expect(await book.errors('survivor.foo')).toEqual(['2339 0:9']);
    }
  });

  test('after dispose a question is refused with a reason', async () => {
    const book = notebook();
    await book.run('1');
    await book.service.dispose();
    await expect(book.errors('1')).rejects.toMatchObject({ code: 'TYPES_SERVER' });
  });
});

test('a server that says nothing is ended, and another asked', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'inkwell-types-'));
  folders.push(directory);
  const server = new LanguageServer({ patienceMs: 10_000 });
  try {
    server.setDocument(join(directory, 'a.ts'), 'const one: number = "1";');
    const textDocument = { uri: uriOf(join(directory, 'a.ts')) };
    await server.request('textDocument/diagnostic', { textDocument });
    const { processId } = server;
    if (processId === undefined) throw new Error('expected a running server, found none');
    process.kill(processId, 'SIGSTOP');
    await delay(300); // its threads stop one by one, and one may still answer
    expect(await server.request('textDocument/diagnostic', { textDocument })).toMatchObject({
      items: [{ code: 2322 }],
    });
    expect(server.processId).not.toBe(processId);
  } finally {
    await server.dispose();
  }
});

test('a server that holds more than it may goes on in one that may hold more', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'inkwell-types-'));
  folders.push(directory);
  const server = new LanguageServer({ memoryLimitMb: 1 });
  try {
    server.setDocument(join(directory, 'a.ts'), 'const one: number = "1";');
    const textDocument = { uri: uriOf(join(directory, 'a.ts')) };
    const ask = async (): Promise<number | undefined> => {
      const report = await server.request('textDocument/diagnostic', { textDocument });
      expect(report).toMatchObject({ items: [{ code: 2322 }] });
      return server.processId;
    };
    const [first, second, third] = [await ask(), await ask(), await ask()];
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  } finally {
    await server.dispose();
  }
});

test('the server starts no process of its own: no npm that fetches types', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'inkwell-types-'));
  folders.push(directory);
  const types = new NotebookTypes({ directory });
  try {
    await types.check({ code: 'import lodash from "lodash"; lodash', name: 'cell-1.ts', directory });
    const { processId } = types;
    if (processId === undefined) throw new Error('expected a running server, found none');
    // It began with that as soon as it was up.
    for (let look = 0; look < 10; look++) {
      expect([...childrenOf(processId).values()]).toEqual([]);
      await delay(100);
    }
  } finally {
    await types.dispose();
  }
});

describe('a service that nobody asked yet', () => {
  const cell = (code: string): CellSource => ({ code, name: 'cell-1.ts', directory: tmpdir() });

  test('runs no server, and knows the committed cells once it is asked', async () => {
    const others = serversOf(process.pid);
    const started = (): number => serversOf(process.pid).filter((pid) => !others.includes(pid)).length;
    const service = startTypeService({ directory: tmpdir() });
    try {
      for (let i = 0; i < 50; i++) await service.commit(cell(`const early${i} = { field${i}: ${i} }`));
      await service.commit(cell('const early7 = "again"'));
      expect(started()).toBe(0);
      const { matches } = await service.complete('early49.fie', 11);
      expect(matches).toEqual(['field49']);
      expect(await service.check(cell('early7.length + early8.field8'))).toEqual([]);
      expect(started()).toBe(1);
    } finally {
      await service.dispose();
    }
    expect(started()).toBe(0);
  });

  test('builds its program when it is warmed up, before any question', async () => {
    const others = serversOf(process.pid);
    const service = startTypeService({ directory: tmpdir() });
    try {
      service.warmUp();
      const [server] = serversOf(process.pid).filter((pid) => !others.includes(pid));
      if (server === undefined) throw new Error('expected a running server, found none');
      await until('the types of Node in its memory', () => residentMb(server) > PROGRAM_MB);
      expect(await service.check(cell('1 + 1'))).toEqual([]);
      expect((await service.check(cell('1 + one')))[0]?.code).toBe(2304);
      expect(serversOf(process.pid)).toContain(server);
    } finally {
      await service.dispose();
    }
  });

  test('starts no server where nothing is checked', async () => {
    const others = serversOf(process.pid);
    const service = startTypeService({ directory: tmpdir(), check: false });
    service.warmUp();
    expect(serversOf(process.pid)).toEqual(others);
    await service.dispose();
  });

  test('is refused questions after it was disposed of', async () => {
    const service = startTypeService({ directory: tmpdir() });
    await service.dispose();
    await expect(service.check(cell('1'))).rejects.toMatchObject({ code: 'TYPES_SERVER' });
  });

  test('forgets what it kept when it is reset', async () => {
    const service = startTypeService({ directory: tmpdir() });
    try {
      await service.commit(cell('const forgotten = 1'));
      await service.reset();
      const [problem] = await service.check(cell('forgotten'));
      expect(problem?.code).toBe(2304);
    } finally {
      await service.dispose();
    }
  });
});

describe('completion', () => {
  const book = notebook({ 'near.ts': 'export const nearby = 1;' });

  test('members that start with what was typed', async () => {
    expect(await book.service.complete('Math.sq', 7)).toEqual({
      matches: ['sqrt'],
      start: 5,
      end: 7,
      items: [{ text: 'sqrt', type: 'function', signature: '(method) Math.sqrt(x: number): number' }],
    });
    expect(await book.matches('Math.SQ')).toEqual(expect.arrayContaining(['SQRT2']));
    expect(await book.matches('process.stdout.wri')).toEqual(expect.arrayContaining(['write', 'writable']));
  });

  test('names of earlier cells, of this one, and keywords', async () => {
    await book.run('let trainingLoss = 1; function trainStep() {}');
    const matches = await book.matches('const trainHere = 1;\ntrain');
    expect(matches).toEqual(expect.arrayContaining(['trainingLoss', 'trainStep', 'trainHere']));
    expect(matches.every((match) => match.startsWith('train'))).toBe(true);
    expect(await book.matches('awai')).toContain('await');
    expect((await book.matches('')).filter((match) => match.includes('inkwell'))).toEqual([]);
  });

  test('inside import specifiers', async () => {
    const path = 'import x from "node:f';
    expect(await book.service.complete(path, path.length)).toMatchObject({ start: 15, end: 21 });
    expect(await book.matches(path)).toEqual(['node:fs', 'node:fs/promises']);
    expect(await book.matches('import { readFileS } from "node:fs"', 18)).toEqual(['readFileSync']);
    expect(await book.matches('import {} from "./nea')).toEqual(['near']);
  });

  test('in the middle of a word and of the text, past astral characters', async () => {
    const code = "'😀'; Math.sqx; 1";
    expect(await book.service.complete(code, 13)).toMatchObject({ matches: ['sqrt'], start: 11, end: 14 });
  });

  test('where nothing fits, nothing', async () => {
    expect(await book.service.complete('Math.zzz', 8)).toEqual({ matches: [], start: 5, end: 8, items: [] });
  });
});

describe('inspection', () => {
  const book = notebook();

  test('the type and the documentation', async () => {
    await book.run(
      '/** Adds things.\n *\n * ```ts\n * add(1)\n * ```\n * @param n how many */\nfunction add(n: number) { return n }',
    );
    const brief = await book.service.inspect('add', 3, 0);
    expect(brief?.markdown).toContain('```typescript\nfunction add(n: number): number\n```');
    expect(brief?.text).toContain('Adds things.');
    expect(brief?.text).toContain('how many');
    expect(brief?.text).not.toContain('add(1)');
    expect(brief?.text).not.toContain('```');
    expect((await book.service.inspect('add', 1, 1))?.markdown).toContain('add(1)');
  });

  test('the function that is being called', async () => {
    for (const code of ['add(', 'add(1', 'Math.max(1, ']) {
      expect((await book.service.inspect(code, code.length, 0))?.text).toMatch(/add\(n: number\)|max\(/);
    }
  });

  test('variables of earlier cells are shown as they were written', async () => {
    await book.run('let rate = 0.1; const size = 3');
    expect((await book.service.inspect('rate', 4, 0))?.text).toBe('let rate: number');
    expect((await book.service.inspect('size', 0, 0))?.text).toBe('const size: 3');
  });

  test('undefined where nothing is known', async () => {
    expect(await book.service.inspect('nothingLikeIt', 3, 0)).toBeUndefined();
    expect(await book.service.inspect('', 0, 0)).toBeUndefined();
  });
});

describe('hundreds of cells', () => {
  test('each check takes as long as the first ones, in bounded memory', async () => {
    const book = notebook();
    const spentMs: number[] = [];
    for (let index = 0; index < 500; index++) {
      const code =
        index === 0
          ? 'let series = [1]; let last = 0'
          : `let series = [last, ${index}]; const v${index} = series.length; last = v${index % 7 === 0 ? index : Math.max(1, index - 1)}; function f${index}() { return series }`;
      expect(await book.errors(index === 1 ? code.replace('last = v1', 'last = 1') : code)).toEqual([]);
      spentMs.push(processorMs(serverOf(book.service)));
      await book.service.commit(book.source(code));
    }
    expect(await book.errors('f250().foo; v499.foo')).toEqual(['2339 0:7', '2339 0:17']);
    // The server's own processor time: other processes do not count.
    const between = (first: number, last: number): number => (spentMs[last] ?? 0) - (spentMs[first] ?? 0);
    expect(between(399, 499)).toBeLessThan(2 * between(20, 120) + 500);
    expect(residentMb(serverOf(book.service))).toBeLessThan(300);
  });
});

function killServer(service: NotebookTypes): number {
  const processId = serverOf(service);
  process.kill(processId, 'SIGKILL');
  return processId;
}

function serverOf({ processId }: NotebookTypes): number {
  if (processId === undefined) throw new Error('expected a running server, found none');
  return processId;
}
