import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printBook } from 'inkwell/publish/book';
import { DEEPEST, tooDeep } from 'inkwell/publish/nesting';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'inkwell-nesting-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const DEEP = 20_000;

async function print(cell: object): Promise<unknown> {
  const file = path.join(folder, 'deep.ipynb');
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }));
  return printBook({
    chapters: [file],
    out: path.join(folder, 'book'),
    title: 'Deep',
    cache: false,
    strict: false,
  });
}

test.each([
  ['quotes', '> '.repeat(DEEP)],
  ['quotes without spaces', '>'.repeat(DEEP)],
  ['lists', '- '.repeat(DEEP)],
  ['numbered lists', '1. '.repeat(DEEP)],
  ['elements', '<div>'.repeat(DEEP)],
  ['brackets', '['.repeat(DEEP)],
  ['braces in a formula', `$${'{'.repeat(DEEP)}x${'}'.repeat(DEEP)}$`],
])('%s, 20,000 deep, are refused by the name of the cell', async (_, source) => {
  const cell = { cell_type: 'markdown', id: 'pit', metadata: {}, source: `${source}x` };
  await expect(print(cell)).rejects.toThrow('deep.ipynb, cell 1 (pit): it nests');
});

test.each([
  ['text/html', '<div>'.repeat(DEEP)],
  ['text/markdown', '> '.repeat(DEEP)],
  ['text/latex', `$${'{'.repeat(DEEP)}x${'}'.repeat(DEEP)}$`],
])('so are outputs of %s', async (type, content) => {
  const outputs = [
    { output_type: 'display_data', metadata: {}, data: { [type]: content, 'text/plain': 'x' } },
  ];
  const cell = { cell_type: 'code', id: 'pit', metadata: {}, source: 'x', execution_count: 1, outputs };
  await expect(print(cell)).rejects.toThrow('deep.ipynb, cell 1 (pit): it nests');
});

test.each(['*', '_', '`', '~', '#', '|', '!', '<', '\\', '&amp;'])(
  '20,000 times %s is printed',
  async (sign) => {
    await print({ cell_type: 'markdown', id: 'wide', metadata: {}, source: `${sign.repeat(DEEP)}x` });
  },
);

test('what people write is not too deep', () => {
  expect(tooDeep('> > - one\n>   1. two')).toBeUndefined();
  expect(tooDeep('<p>'.repeat(DEEP))).toBeUndefined();
  expect(tooDeep('[a](b) '.repeat(DEEP))).toBeUndefined();
  expect(tooDeep('<br>'.repeat(DEEP) + '<b>x</b>'.repeat(DEEP))).toBeUndefined();
  expect(tooDeep(`${'> '.repeat(DEEPEST + 1)}x`)).toContain('quotes or lists');
});
