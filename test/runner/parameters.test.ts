import type { Notebook } from 'inkwell/notebook/format';
import { injectParameters, parseParameter } from 'inkwell/runner/parameters';

const notebook = (...sources: [string, string[]][]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: sources.map(([source, tags], i) => ({
    cell_type: 'code',
    id: `c${i}`,
    metadata: { tags },
    source,
    execution_count: null,
    outputs: [],
  })),
});

test.each([
  ['epochs=5', 'epochs', 5],
  ['rate=1e-3', 'rate', 0.001],
  ['name=MNIST', 'name', 'MNIST'],
  ['name="5"', 'name', '5'],
  ['sizes=[1, 2]', 'sizes', [1, 2]],
  ['empty=', 'empty', ''],
  ['formula=a=b', 'formula', 'a=b'],
])('%s', (text, name, value) => {
  expect(parseParameter(text)).toEqual({ name, value });
});

test.each(['epochs', '=5', '5=epochs', 'a b=1'])('%j is no parameter', (text) => {
  expect(() => parseParameter(text)).toThrow(`a parameter is written name=value, got "${text}"`);
});

test('values are assigned right after the cell that declares them; the notebook stays as it was', () => {
  const before = notebook(['1', []], ['let a = 1;\nvar b = 2;', ['parameters']], ['a + b', []]);
  const copy = structuredClone(before);
  const after = injectParameters(before, { a: 5, b: 'x' });
  expect(before).toEqual(copy);
  expect(after.cells.map((cell) => cell.source)).toEqual([
    '1',
    copy.cells[1]?.source,
    'a = 5;\nb = "x";',
    'a + b',
  ]);
});

test('values of an earlier run are replaced', () => {
  const once = injectParameters(notebook(['let a = 1;', ['parameters']]), { a: 2 });
  const twice = injectParameters(once, { a: 3 });
  expect(twice.cells.map((cell) => cell.source)).toEqual(['let a = 1;', 'a = 3;']);
});

test('a name that is not declared is refused, with those that are', () => {
  const declared = notebook(['let a = 1;\n  let rate = 2;', ['parameters']]);
  expect(() => injectParameters(declared, { b: 1 })).toThrow(/no parameter b\nIts parameters: a, rate\./);
  expect(() => injectParameters(notebook(['let a', []]), { a: 1 })).toThrow(/in a cell tagged `parameters`/);
});
