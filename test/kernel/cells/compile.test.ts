import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CellSyntaxError, compileCell } from 'inkwell/kernel/cells/compile';
import { CellSession } from './session';

const directory = mkdtempSync(join(tmpdir(), 'inkwell-cells-'));
let session: CellSession;

beforeAll(() => {
  writeFileSync(join(directory, 'data.json'), '{"size": 28}');
  writeFileSync(join(directory, 'side.js'), 'globalThis.sideEffects = (globalThis.sideEffects ?? 0) + 1;');
  writeFileSync(
    join(directory, 'shapes.mjs'),
    'export const sides = 4; export default class Square {}; export const name = "square";',
  );
  session = new CellSession(directory);
});
afterAll(() => {
  session.close();
  rmSync(directory, { recursive: true });
});

describe('bindings', () => {
  const kinds: Record<string, string> = {
    let: 'let NAME: unknown = 1',
    const: 'const NAME = 2',
    var: 'var NAME = 3',
    function: 'function NAME() { return 4 }',
    class: 'class NAME {}',
    enum: 'enum NAME { A }',
    namespace: 'namespace NAME { export const a = 1 }',
    import: "import NAME from 'node:path'",
    destructured: 'const { NAME } = { NAME: 5 }',
    blockVar: 'for (var NAME = 0; NAME < 3; NAME++) {}',
  };
  for (const [first, before] of Object.entries(kinds)) {
    for (const [second, after] of Object.entries(kinds)) {
      test(`${first} can be declared again as ${second}`, async () => {
        const name = `x_${first}_${second}`;
        await session.run(before.replaceAll('NAME', name));
        const old = await session.last(`const read_${name} = () => ${name}; typeof ${name}`);
        expect(old).toBe(typeOf(first));
        expect(await session.last(after.replaceAll('NAME', name), `typeof ${name}`)).toBe(typeOf(second));
        // A closure of an earlier cell sees what the name is now.
        expect(await session.last(`read_${name}() === ${name}`)).toBe(true);
      });
    }
  }

  test('a function of an earlier cell reads and writes the live variable', async () => {
    await session.run('let lr = .01; function step() { return lr * 2 } function set(v: number) { lr = v }');
    expect(await session.last('lr = .5; step()')).toBe(1);
    expect(await session.last('set(3); lr')).toBe(3);
    expect(await session.last('let lr = 7; step()')).toBe(14);
  });

  test('a cell that throws leaves what it declared before, and its names can be declared again', async () => {
    await expect(
      session.run("let before = 1; let failed = (() => { throw new Error('no') })()"),
    ).rejects.toThrow('no');
    expect(await session.last('let failed = before + 1; failed')).toBe(2);
  });

  test('functions hoist, and recursion goes through the variable', async () => {
    expect(await session.last('const early = late(); function late() { return late.name } early')).toBe(
      'late',
    );
    await session.run(
      'function down(n: number): string { return n === 0 ? "old" : down(n - 1) } const held = down',
    );
    expect(await session.last('function down(n: number) { return "new" }; held(3)')).toBe('new');
  });

  test("var in a block is the cell's own", async () => {
    expect(
      await session.last('if (true) { var deep = 5; var { q: [inner] } = { q: [6] } } deep + inner'),
    ).toBe(11);
    expect(await session.last('for (var key in { only: 1 }) {} for (var of of [8]) {} key + of')).toBe(
      'only8',
    );
    expect(
      await session.last('undefinedBefore === undefined; var undefinedBefore = 1; undefinedBefore'),
    ).toBe(1);
  });
});

function typeOf(kind: string): string {
  if (kind === 'function' || kind === 'class') return 'function';
  return kind === 'enum' || kind === 'namespace' || kind === 'import' ? 'object' : 'number';
}

describe('the result', () => {
  const results: [string, string, unknown][] = [
    ['an expression', '1 + 1', 2],
    ['a string that looks like a directive', "'hello'", 'hello'],
    ['with a trailing semicolon', '42;', 42],
    ['with trailing empty statements and a comment', '43;; // done', 43],
    ['an object literal in parentheses', '({ a: 1 })', { a: 1 }],
    ['an await expression', 'await Promise.resolve([1])', [1]],
    ['an assignment', 'let assigned = 0; assigned = 5', 5],
    ['after `using`', 'using late = { [Symbol.dispose]() {} }; 6', 6],
    ['with a type assertion', '(7 as unknown) as number', 7],
    ['of export default', 'export default 8', 8],
  ];
  test.each(results)('%s', async (_, code, expected) => {
    expect(await session.run(code)).toEqual({ value: expected, hasResult: true });
  });

  const none = [
    'let a1 = 1',
    '5; const b1 = 2',
    'function c1() {}',
    '9; class D1 {}',
    'enum E1 { A }',
    '1; type F1 = string',
    'interface G1 {}',
    'if (true) { 5 }',
    'for (const x of [1]) x',
    "import 'node:fs'",
    '// nothing',
    '',
    'export {}',
  ];
  test.each(none)('none: %s', async (code) => {
    expect((await session.run(code)).hasResult).toBe(false);
  });

  test('a promise is not awaited', async () => {
    expect(await session.last('globalThis.kept = Promise.resolve(3)', 'kept instanceof Promise')).toBe(true);
  });
});

describe('TypeScript', () => {
  const programs: [string, string[], unknown][] = [
    ['top-level await', ['const w = await Promise.resolve(2)', 'w'], 2],
    [
      'a lone for await',
      ['const seen: number[] = []', 'for await (const k of [1, Promise.resolve(2)]) seen.push(k)', 'seen'],
      [1, 2],
    ],
    [
      'private members',
      [
        'class P { #x = 4; get x() { return this.#x } static has(o: object) { return #x in o } }',
        'new P().x + Number(P.has(new P()))',
      ],
      5,
    ],
    [
      'anonymous classes with private members',
      ['const Q = class { #x = 4; get x() { return this.#x } }', 'new Q().x'],
      4,
    ],
    ['enums', ["enum Color { Red = 1, Blue = 'b' }", '[Color.Red, Color[1], Color.Blue]'], [1, 'Red', 'b']],
    [
      'an enum written again holds only its new members',
      ['enum Again { A, B }', 'enum Again { C }', 'Object.keys(Again)'],
      ['0', 'C'],
    ],
    ['const enums', ['const enum Size { S = 3 }', 'Size.S'], 3],
    [
      'namespaces merge within a cell',
      ['namespace N { export const a = 1 } namespace N { export const b = a + 1 }', '[N.a, N.b]'],
      [1, 2],
    ],
    [
      'a namespace merges with its function',
      ['function Fn() { return 1 } namespace Fn { export const extra = 2 }', 'Fn() + Fn.extra'],
      3,
    ],
    [
      'decorators',
      [
        'const calls: string[] = []; function log(_: unknown, { name }: { name: string | symbol }) { calls.push(String(name)) } @log class Deco { @log go() {} @log accessor x = 1 }',
        'calls',
      ],
      ['go', 'x', 'Deco'],
    ],
    [
      'using',
      [
        'const order: string[] = []; { using a = { [Symbol.dispose]: () => order.push("a") }; order.push("in") }',
        'order',
      ],
      ['in', 'a'],
    ],
    [
      'await using',
      [
        'const disposed: string[] = []; { await using b = { [Symbol.asyncDispose]: async () => { disposed.push("b") } } }',
        'disposed',
      ],
      ['b'],
    ],
    [
      'top-level using',
      [
        'const log2: string[] = []; using res = { name: "r", [Symbol.dispose]: () => { log2.push("gone") } }; log2.push(res.name)',
        '[log2, res.name]',
      ],
      [['r', 'gone'], 'r'],
    ],
    [
      'export of declarations',
      [
        'export const exported = 1; export function ef() { return exported } export class EC {}',
        'ef() + new EC().constructor.name',
      ],
      '1EC',
    ],
    ['export default of a named function', ['export default function df() { return 5 }', 'df()'], 5],
    ['declare global', ['declare global { var anyGlobal: number } globalThis.anyGlobal = 3', 'anyGlobal'], 3],
    [
      'type-only declarations',
      [
        "import type { Stats } from 'node:fs'; interface I { a: number } type T = I; declare const later: number",
        '1',
      ],
      1,
    ],
    [
      'parameter properties and satisfies',
      [
        'class Pt { constructor(readonly x: number) {} } const pt = new Pt(3) satisfies { x: number }',
        'pt.x!',
      ],
      3,
    ],
    [
      'import forms',
      [
        "import Square, { sides, name as label } from './shapes.mjs'; import * as shapes from './shapes.mjs'",
        '[Square.name, sides, label, shapes.sides]',
      ],
      ['Square', 4, 'square', 4],
    ],
    ['default and namespace', ["import Sq, * as all from './shapes.mjs'", 'Sq === all.default'], true],
    ['unused imports stay for later cells', ["import { join } from 'node:path'", "join('a', 'b')"], 'a/b'],
    [
      'a name that is only a type',
      ["import { Stats, statSync, type Dirent, NoSuchExport } from 'node:fs'", 'typeof NoSuchExport'],
      'undefined',
    ],
    ['import = require', ["import fsOld = require('node:fs')", 'typeof fsOld.statSync'], 'function'],
    ['JSON with attributes', ["import data from './data.json' with { type: 'json' }", 'data.size'], 28],
    ['side-effect imports', ["import './side.js'", 'globalThis.sideEffects'], 1],
    [
      'dynamic import',
      [
        "(await import('./shapes.mjs')).sides",
        "(await import('./data.json', { with: { type: 'json' } })).default.size",
      ],
      28,
    ],
    ['import.meta', ["import.meta.url.startsWith('file:')"], true],
    [
      'imports hoist',
      ["const joined = late2('x', 'y'); import { join as late2 } from 'node:path'; joined"],
      'x/y',
    ],
    ['require', ["require('node:path').basename('/a/b')"], 'b'],
    [
      'abstract classes, overloads, generics',
      [
        'abstract class Ab { abstract v: number } class Co extends Ab { v = 2 } function ov(a: string): string; function ov(a: unknown) { return a } const id = <T,>(x: T): T => x',
        'ov("k") + id(new Co().v)',
      ],
      'k2',
    ],
    [
      'statement order',
      [
        'const steps: number[] = []; steps.push(1); class Static { static { steps.push(2) } } steps.push(3); enum En { A = steps.push(4) } steps',
      ],
      [1, 2, 3, 4],
    ],
  ];
  test.each(programs)('%s', async (_, cells, expected) => {
    expect(await session.last(...cells)).toEqual(expected);
  });
});

describe('cells without semicolons', () => {
  const programs: [string, string[], unknown][] = [
    ['a function between', ['let p1 = [1, 2]\nfunction q1() {}\n[3].push(4)', 'p1'], [1, 2]],
    ['functions side by side', ['function a2(){return 1}function b2(){return 2}a2() + b2()'], 3],
    [
      'a class beside a function',
      ['class A3{}function b3(){return new A3()}class C3{}\nb3().constructor.name'],
      'A3',
    ],
    [
      'an import between',
      ["let p4 = 5\nimport { join as j4 } from 'node:path'\n;[p4, j4('a', 'b')]"],
      [5, 'a/b'],
    ],
    [
      'an import at the end of a line',
      ["let p5 = 6; import { sep as s5 } from 'node:path'\n(s5 + p5).length"],
      2,
    ],
    ['a bare export', ['let p6 = Object\nexport { p6 }\n(7).toFixed(0)'], '7'],
    ['a default export', ['let p7 = 8\nexport default p7'], 8],
    [
      'a default export of a function',
      ['let n8 = 0\nexport default () => { n8++ }\n(1).toFixed(0)', 'n8'],
      0,
    ],
    ['var after an expression', ['let t9 = Object\nvar v9 = 1\n;[t9 === Object, v9]'], [true, 1]],
    ['var without a value', ['var v10\n(v10 === undefined)'], true],
    ['var in an if', ['if (true) var v11 = 1\nelse var v11 = 2\nv11'], 1],
    [
      'var in a block and a case',
      ['{ 1\nvar v12 = 2 } switch (1) { case 1: v12\nvar w12 = 3\n} ;[v12, w12]'],
      [2, 3],
    ],
    ['an exported var', ['let t13 = Object\nexport var v13 = 4\n;[t13 === Object, v13]'], [true, 4]],
    ['a loop without a block', ['let s14 = 0\nfor (let i = 0; i < 4; i++) s14 += i\n;[s14]'], [6]],
    ['a loop with a block', ['let s15 = 0\nwhile (s15 < 5) { s15++ }\ns15'], 5],
    [
      'nested loops',
      ['let s16 = 0\nfor (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) s16 += j // nine\ns16'],
      9,
    ],
    [
      'a loop in a template above',
      ['const s17 = `1`\nlet t17 = 0\ndo t17++\nwhile (t17 < 3)\n`3`.at(0) + t17'],
      '33',
    ],
    ['comments that look like ends', ['let s18 = 1 // let s18 = 2\n/* */ s18 //'], 1],
  ];
  test.each(programs)('%s', async (_, cells, expected) => {
    expect(await session.last(...cells)).toEqual(expected);
  });
});

describe('a cell that is JavaScript already runs as it is written', () => {
  const plain = [
    'let a  =  1 ; a',
    'a?.b?.()',
    'for (const x of [1])  x',
    'let b  = `\n`',
    'class P { get  v() { return this } }',
  ];
  test.each(plain)('as written: %s', async (code) => {
    expect((await compileCell({ code, name: 'c.ts', directory })).javascript).toContain(code.slice(5));
  });

  const typed = [
    'let  a: number',
    'a  as any',
    'f<number>( 1)',
    'a !',
    'class A { declare  x }',
    'class A { private  m() {} }',
    'class A { x  = 1 }',
    'class A { #x  = 1 }',
    'class A { m?( ) {} }',
    'abstract  class A {}',
    'class A { override  m() {} }',
    'class A { constructor(readonly  x) {} }',
    'class A implements  B {}',
    'function f(this , a) {}',
    'function f(a? ) {}',
    "import { type  A, b } from 'x'",
    'export { type  b }',
    'type  A = 1',
    'interface  I {}',
    'enum  E {}',
    'namespace  N {}',
    'declare  const z',
    'using  u = v',
    'await  using u = v',
    '@d  class Q {}',
    'class S { accessor  x = 1 }',
    'import  x = require("y")',
    'function  o(a);function o(a) {}',
    '< any>x',
    'x satisfies  Y',
    'let x! : number',
  ];
  test.each(typed)('compiled: %s', async (code) => {
    const compiled = await compileCell({ code, name: 'c.ts', directory }).catch(() => undefined);
    expect(compiled?.javascript.includes(code) ?? false).toBe(false);
  });
});

describe('strictness', () => {
  test('assigning to an undeclared name throws', async () => {
    await expect(session.run('// @ts-nocheck\nundeclaredName = 1')).rejects.toThrow(ReferenceError.name);
  });
  test('functions have no `this` of their own', async () => {
    expect(await session.last('(function (this: unknown) { return this === undefined })()')).toBe(true);
  });
});

describe('compileCell', () => {
  test('lists the static imports in order', async () => {
    const code = "import a from 'a'; export * from 'b'; import type { T } from 'c'; import 'd'";
    expect((await compileCell({ code, name: 'c.ts', directory })).imports).toEqual(['a', 'b', 'd']);
  });

  test('a syntax error carries its place, in UTF-16 units', async () => {
    const failing = compileCell({ code: "const ok = 1;\n'😀'; const = 2;", name: 'c.ts', directory });
    await expect(failing).rejects.toBeInstanceOf(CellSyntaxError);
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ diagnostics: [{ line: 1, column: 12, endLine: 1, endColumn: 13 }] });
  });

  test('the same name twice in a cell is an error', async () => {
    await expect(compileCell({ code: 'let x; let x;', name: 'c.ts', directory })).rejects.toThrow(
      /already been declared/,
    );
  });
});
