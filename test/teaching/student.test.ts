import type { Notebook } from 'inkwell/notebook/format';
import { exercisesOf } from 'inkwell/teaching/exercises';
import { type StudentEdition, studentEdition } from 'inkwell/teaching/student';
import { AUTHOR, code, notebookOf, prose } from './support';

const edition = (notebook: Notebook = AUTHOR): StudentEdition => studentEdition(notebook, '01-sums.ipynb');
const sourceOf = (id: string, { notebook } = edition()): string =>
  notebook.cells.find((cell) => cell.id === id)?.source ?? '(gone)';
const stub = (source: string, task = '', tags = ['solution']): string =>
  sourceOf('x', edition(notebookOf(prose('t', task), code('x', source, tags))));

describe('the stub of a solution', () => {
  it('keeps the signature and documentation of a function, and takes its body', () => {
    expect(sourceOf('one')).toBe(`/** Twice a number. */
const double = (n: number): number => {
  // Your code here.
  throw new Error('double is not written yet.');
};`);
  });

  it('declares the values that are checked, and only those', () => {
    expect(sourceOf('two')).toBe('let total: any; // Your code here.');
    expect(stub("const help = 1;\nconst { a, b } = pair(help);\nclaim('x', b === 2);")).toBe(
      'let b: any; // Your code here.',
    );
  });

  it('keeps what the prose asks for though no claim uses it', () => {
    expect(stub('function area(r: number): number {\n  return r * r;\n}', 'Write `area(r)`.')).toContain(
      'function area(r: number): number {\n  // Your code here.',
    );
  });

  it.each([
    [
      "import x from 'y';\ntype T = number;\nx();",
      "import x from 'y';\n\ntype T = number;\n\n// Your code here.",
    ],
    ['display(1);', '// Your code here.'],
    [
      "async function f<T>(x: T = g(() => 1)): Promise<T> { return x; }\nclaim('c', (await f(1)) === 1);",
      "async function f<T>(x: T = g(() => 1)): Promise<T> {\n  // Your code here.\n  throw new Error('f is not written yet.');\n}",
    ],
    [
      "const f = function (a: number) { return a; };\nclaim('c', f(1) === 1);",
      "const f = function (a: number) {\n  // Your code here.\n  throw new Error('f is not written yet.');\n};",
    ],
    [
      "class A {\n  n = 1;\n  twice(): number { return 2; }\n}\nclaim('c', new A().twice() === 2);",
      "class A {\n  n = 1;\n  twice(): number {\n    // Your code here.\n    throw new Error('A.twice is not written yet.');\n  }\n}",
    ],
  ])('of %j', (source, expected) => {
    expect(stub(source)).toBe(expected);
  });

  it('leaves what stands around a marked solution, and takes the markers and hidden tests', () => {
    expect(sourceOf('three')).toBe(`function clamp(value: number): number {
  // Your code here.
  throw new Error('This is not written yet.');
}`);
    const marked =
      'const data = [1];\n// BEGIN SOLUTION\nconst sum = data[0];\n// END SOLUTION\nconsole.log(sum);';
    expect(stub(marked, '', [])).toBe(
      'const data = [1];\n\nlet sum: any; // Your code here.\n\nconsole.log(sum);',
    );
  });

  it('asks for words where the solution is words', () => {
    expect(sourceOf('two-words')).toBe('*Your answer here.*');
  });
});

describe('the edition for students', () => {
  it('holds no answer, no claim of an exercise, no output', () => {
    const { notebook } = edition();
    const text = JSON.stringify(notebook);
    for (const answer of ['2 * n', 'reduce', 'Math.min', 'a drawing', 'addition is', 'tried', 'old', 'Goes'])
      expect(text).not.toContain(answer);
    expect(text).not.toContain('claim(');
    expect(text).not.toContain('"solution"');
    expect(notebook.cells.find(({ id }) => id === 'one')?.metadata).toEqual({ tags: ['exercise'] });
    expect(notebook.metadata.inkwell).toEqual({ edition: 'student' });
    expect(notebook.cells.map(({ id }) => id)).toEqual(AUTHOR.cells.map(({ id }) => id));
  });

  it('keeps questions, other folded parts, and cells that are no exercise', () => {
    expect(sourceOf('end')).toContain('- What is 2 + 2?\n');
    expect(sourceOf('end')).toContain('An aside');
    expect(sourceOf('setup')).toContain('const start = 20;');
  });

  it('names its exercises by the prose above, and where they end', () => {
    expect(
      edition().checks.exercises.map(({ title, before, cells }) => [title, before, cells.length]),
    ).toEqual([
      ['1. Double', 'task-2', 1],
      ['2. Total', 'task-3', 2],
      ['3. Inside', 'task-4', 1],
      ['4. Draw', 'end', 1],
    ]);
  });

  it('has no tests where a solution claims nothing', () => {
    expect(edition().checks.exercises.at(-1)?.tests).toBe('');
  });
});

describe('exercises that are marked wrongly', () => {
  it.each([
    ['// BEGIN SOLUTION\n1;', 'cell x: // BEGIN SOLUTION is never closed'],
    ['1;\n// END SOLUTION', 'cell x: // END SOLUTION closes nothing'],
    [
      '// BEGIN SOLUTION\n// BEGIN HIDDEN TESTS\n',
      'cell x: // BEGIN HIDDEN TESTS stands inside another region',
    ],
  ])('%j', (source, message) => {
    expect(() => exercisesOf(notebookOf(code('x', source)))).toThrow(message);
  });

  it('says which solution is no TypeScript', () => {
    expect(() => exercisesOf(notebookOf(code('x', 'const = 1;', ['solution'])))).toThrow(
      'the solution in cell x cannot be read',
    );
  });
});
