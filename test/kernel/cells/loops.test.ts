import { tmpdir } from 'node:os';
import { compileFunction } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { compileCell, newCellHistory } from 'inkwell/kernel/cells/compile';
import { leastRatio } from '../../measure/clock';
import { CellSession } from './session';

const directory = tmpdir();
let session: CellSession;
beforeAll(() => {
  session = new CellSession(directory);
});
afterAll(() => session.close());

/** Whether the loops of the last cell work on local copies. */
async function isLocal(...cells: string[]): Promise<boolean> {
  const history = newCellHistory();
  let javascript = '';
  for (const code of cells) {
    ({ javascript } = await compileCell({ code, name: 'c.ts', directory }, { history }));
  }
  return javascript.includes('inkwell$save');
}

test.each([
  [['let s = 0; for (let i = 0; i < 9; i++) s += i']],
  [['let s = 0', 'for (let i = 0; i < 9; i++) s += Math.sqrt(i)']],
  [['for (var i = 0; i < 9; i++) { if (i > 5) throw new Error("no") }']],
  [
    [
      'let n = 0; outer: while (n < 9) { n++; if (n > 3) continue outer; for (const k in { a: 1 }) n += k.length }',
    ],
  ],
  [['let s = 0; if (s === 0) { for (let i = 0; i < 9; i++) s += i }']],
  [['let s = 0; try { while (s < 9) s++ } finally {}']],
  [['let s = 0; for (let e = 0; e < 2; e++) { for (let i = 0; i < 9; i++) s += i; console.log(s) }']],
  [['let s = 0; switch (1) { case 1: do s++; while (s < 9) }']],
  [['function f(x) { return x * 2 }', 'let s = 0; for (let i = 0; i < 9; i++) s += f(i)']],
  [['const f = (x) => Math.max(0, x); const g = (x) => f(x) + 1', 'let s = 0; while (s < 9) s += g(s)']],
  [['const f = (x) => x', 'const f = (x) => x + 1', 'let s = 0; while (s < 9) s += f(s)']],
])('local: %j', async (cells) => {
  expect(await isLocal(...cells)).toBe(true);
});

test.each([
  ['calls something', ['let s = 0; for (let i = 0; i < 9; i++) s += parseInt("1")']],
  ['awaits', ['let s = 0; for (let i = 0; i < 9; i++) s += await 1']],
  [
    'a function of the cell refers to the variable',
    ['let s = 0; const get = () => s; for (let i = 0; i < 9; i++) s += i'],
  ],
  [
    'a function of an earlier cell does',
    ['let s = 0; const get = () => s', 'for (let i = 0; i < 9; i++) s += i'],
  ],
  [
    'a getter of an earlier class does',
    ['class C { get v() { return s++ } }', 'let s = 0; for (let i = 0; i < 9; i++) s += i'],
  ],
  ['text becomes code', ['const f = eval', 'let s = 0; for (let i = 0; i < 9; i++) s += i']],
  ['nothing shared is written', ['const n = 9; for (let i = 0; i < n; i++) { let s = 0; s += i }']],
  ['a block has its own', ['let s = 0', '{ let s = 0; for (let i = 0; i < 9; i++) s += i }']],
  [
    'a case has its own',
    ['let s = 0', 'switch (2) { case 1: let s = 1; case 2: for (let i = 0; i < 9; i++) s = i }'],
  ],
  [
    'a loop around has its own',
    ['let s = 0', 'for (let s = 0; s < 9; ) { for (let i = 0; i < 3; i++) s += i; log(s) }'],
  ],
  ['it is a function that loops', ['const f = () => { for (;;) {} }', 'let s = 0; while (s < 9) s += f()']],
  ['it is a function that calls', ['const f = () => print(1)', 'let s = 0; while (s < 9) s += f()']],
  ['it is a function that waits', ['const f = async () => 1', 'let s = 0; while (s < 9) s += f()']],
  [
    'it is a function that calls itself',
    ['const f = (n) => n < 1 ? 0 : f(n - 1) + f(n - 1)', 'let s = 0; while (s < 9) s += f(s)'],
  ],
  [
    'two functions call each other',
    [
      'const f = (n) => n',
      'const g = (n) => f(n)',
      'const f = (n) => g(n) + g(n)',
      'let s = 0; while (s < 9) s += f(s)',
    ],
  ],
  ['the function may change', ['let f = (x) => x', 'let s = 0; while (s < 9) s += f(s)']],
  [
    'the function was changed',
    ['function f(x) { return x }', 'f = console.log', 'let s = 0; while (s < 9) s += f(s)'],
  ],
  [
    'its name was something else',
    ['import f from "x"', 'const f = (x) => x', 'let s = 0; while (s < 9) s += f(s)'],
  ],
  [
    'its name is something else there',
    ['const f = (x) => x', 'let s = 0; for (const f of [alert]) s += f(s)'],
  ],
  ['it is handed in', ['const f = (x) => x; const g = (f) => f(1)', 'let s = 0; while (s < 9) s += g(f)']],
  ["its name is the platform's", ['const fetch = (x) => x', 'let s = 0; while (s < 9) s += fetch(s)']],
  [
    "Math is the reader's",
    ['const Math = { max: (a) => print(a) }', 'let s = 0; while (s < 9) s += Math.max(s)'],
  ],
  ['the variable is of no cell', ['for (let i = 0; i < 9; i++) globalThing += i']],
  ['it is declared below', ['for (let i = 0; i < 9; i++) { if (i > 9) s = 1 } let s = 0']],
])('shared where %s', async (_, cells) => {
  expect(await isLocal(...cells)).toBe(false);
});

test('without a history nothing is', async () => {
  const { javascript } = await compileCell({ code: 'let s = 0; while (s < 5) s++', name: 'c.ts', directory });
  expect(javascript).not.toContain('inkwell$');
});

describe('the values are those of the plain loop', () => {
  test.each([
    ['for', 'let r1 = 0; for (let i = 0; i < 50000; i++) r1 += i', 'r1', 1249975000],
    [
      'for without a block, nested',
      'let r2 = 0; for (let i = 0; i < 300; i++) for (let j = 0; j < 300; j++) r2 += i * j',
      'r2',
      44850 ** 2,
    ],
    [
      'continue and break with labels',
      'let r3 = 0; out: for (let i = 0; ; i++) { for (let j = 0; j < 9; j++) { if (j === 2) continue out; if (i === 40000) break out; r3 += 1 } }',
      'r3',
      80000,
    ],
    [
      'while with continue',
      'let r4 = 0; let k4 = 0; while (k4 < 40000) { k4++; if (k4 % 2) continue; r4++ }',
      '[r4, k4]',
      [20000, 40000],
    ],
    ['do while', 'let r5 = 0; do r5++; while (r5 < 40000)', 'r5', 40000],
    [
      'for of over arrays, patterns',
      'let r6 = 0; let last6 = ""; for (const [name, v] of [["a", 1], ["b", 2]] as const) { r6 += v; last6 = name }',
      '[r6, last6]',
      [3, 'b'],
    ],
    [
      'for in, the variable shared',
      'let key7 = ""; let all7 = ""; for (key7 in { x: 1, y: 2 }) all7 += key7',
      'key7 + all7',
      'yxy',
    ],
    [
      'var',
      'for (var i8 = 0, r8 = 0; i8 < 20000; i8++) { var t8 = i8 * 2; r8 += t8 }',
      '[i8, r8, t8]',
      [20000, 399980000, 39998],
    ],
    [
      'members and shorthand',
      'let r9 = 0; let o9 = { r9: 1 }; for (let i = 0; i < 9; i++) { r9 += o9.r9; o9 = { r9 } }',
      '[r9, o9.r9]',
      [256, 256],
    ],
    [
      'an update with commas and no test',
      'let a10 = 0; let b10 = 0; for (; ; a10++, b10 += 2) { if (a10 > 30000) break }',
      '[a10, b10]',
      [30001, 60002],
    ],
    [
      'exponents past integers',
      'let r11 = 1; for (let i = 0; i < 40; i++) { r11 *= 2; r11 **= 1 }',
      'r11',
      2 ** 40,
    ],
  ])('%s', async (_, code, read, expected) => {
    expect(await session.last(code, read)).toEqual(expected);
    expect(await isLocal(code)).toBe(true);
  });

  test.each([
    ['in a block', 'let b1 = 0; { for (let i = 0; i < 40000; i++) b1 += i }', 'b1', 799980000],
    [
      'in a loop that is none of them',
      'let b2 = 0; const l2 = []; for (let e = 0; e < 3; e++) { for (let i = 0; i < 30000; i++) b2++; l2.push(b2) }',
      'l2',
      [30000, 60000, 90000],
    ],
    [
      'left by a label around',
      'let b3 = 0; out: for (const r of [1, 2, 3]) { for (let i = 0; ; i++) { b3 += r; if (i === 20000) continue out; if (b3 > 50000) break out } [].push(r) }',
      'b3',
      50001 + ((50001 - 20001) % 2),
    ],
    [
      'a `let` of the block beside the variable',
      'let b4 = 5; let c4 = 0; { let b4 = 1; for (let i = 0; i < 20000; i++) c4 += b4; b4 = 2 }',
      '[b4, c4]',
      [5, 20000],
    ],
    [
      'with leaves',
      'const f5 = (x) => x % 3; let b5 = 0; for (let i = 0; i < 30000; i++) b5 += f5(i)',
      'b5',
      30000,
    ],
    [
      'counting down, by its own variable, changed in the body, from a fraction',
      'let b6 = 0; for (let i = 40000; i > 0; i--) b6++; for (let i = 0; i < 40000; i++) { b6++; i++ } for (let i = 0.5; i < 20000; i++) b6++',
      'b6',
      80000,
    ],
    ['over big integers', 'let b7 = 0n; for (let i = 0n; i < 20000n; i++) b7 += i', 'Number(b7)', 199990000],
    [
      'elements written',
      'const x8 = new Float64Array(3); let b8 = 0; for (let i = 0; i < 30000; i++) { x8[i % 3] += 1; b8 += x8[0] }',
      '[x8[2], b8]',
      [10000, 150015000],
    ],
  ])('%s', async (_, code, read, expected) => {
    expect(await session.last(code, read)).toEqual(expected);
    expect(await isLocal(code)).toBe(true);
  });

  test('an exception leaves what was reached, and its place', async () => {
    const failing = session.run(
      'let e1 = 0;\nfor (;;) {\n  e1++;\n  if (e1 === 20000) throw new RangeError("enough");\n}',
    );
    await expect(failing).rejects.toThrow('enough');
    expect(await session.last('e1')).toBe(20000);
  });

  test.each([
    ['while (true) { i1++; twice1 += 2 }'],
    ['for (let k = 0; ; k++) { i1++; twice1 += 2 }'],
    ['const step1 = (x) => x + 2; if (true) { for (let k = 0; ; k++) { i1++; twice1 = step1(twice1) } }'],
  ])('interrupted, %s leaves its variables as they were an instant before', async (code) => {
    let [count, twice] = [0, 0];
    // On a busy machine the loop may not have come far by then.
    for (let afterMs = 300; count <= 16_000 && afterMs < 60_000; afterMs *= 3) {
      await session.run('let i1 = 0; let twice1 = 0');
      await interrupted(code, afterMs);
      [count, twice] = (await session.last('[i1, twice1]')) as [number, number];
      expect(twice).toBe(2 * count);
    }
    expect(count).toBeGreaterThan(16_000);
  });
});

/** Runs a cell that never ends, which is interrupted from another thread once it runs: nothing else may be hit. */
async function interrupted(code: string, afterMs: number): Promise<void> {
  const worker = new Worker(
    `const { Session } = require('node:inspector');
     const session = new Session();
     session.connectToMainThread();
     const terminate = () => session.post('Runtime.terminateExecution', () => session.disconnect());
     require('node:worker_threads').parentPort.once('message', () => setTimeout(terminate, ${afterMs}));`,
    { eval: true },
  );
  await new Promise((resolve) => worker.once('online', resolve));
  await session.run(code, () => worker.postMessage('it runs')).catch(() => {});
  await worker.terminate();
}

test('ten million iterations at the top level take what they take in a function', async () => {
  const code = 'let total = 0; for (let i = 0; i < 1e7; i++) total += i;';
  const plain = compileFunction(`${code} return total`);
  // Compiling the cell is within.
  for (const cell of [code, `await 0; ${code}`]) {
    expect(
      await leastRatio(
        2.5,
        () => session.run(cell),
        () => plain(),
      ),
    ).toBeLessThan(2.5);
  }
});
