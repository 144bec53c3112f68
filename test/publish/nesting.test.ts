import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printBook } from 'inkwell/publish/book';
import { elementDepth } from 'inkwell/publish/element-depth';
import { DEEPEST, tooDeep } from 'inkwell/publish/nesting';
import { markdownBlocks } from 'inkwell/publish/prose';

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
  ['lists indented by tabs', Array.from({ length: 500 }, (_, i) => `${'\t'.repeat(i)}- a`).join('\n')],
  ['elements', '<div>'.repeat(DEEP)],
  ['elements and ends of others', '<div></b>'.repeat(DEEP)],
  ['elements that seem to close themselves', '<div/>'.repeat(DEEP)],
  ['elements with signs in their attributes', '<div a="<">'.repeat(DEEP)],
  ['formatting that begins again', Array.from({ length: DEEP }, (_, i) => `<div><b id=${i}></div>`).join('')],
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

test('metadata nested 20,000 deep is refused by the name of the notebook', async () => {
  const file = path.join(folder, 'deep.ipynb');
  const deep = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;
  writeFileSync(file, `{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{"deep":${deep}}}`);
  const printed = printBook({
    chapters: [file],
    out: path.join(folder, 'book'),
    title: 'Deep',
    cache: false,
  });
  await expect(printed).rejects.toThrow(/deep\.ipynb.*nests? too deeply/);
});

test('what takes too long to read is refused by the name of the cell', async () => {
  const source = `${'*a **b '.repeat(DEEP)}${'c** d* '.repeat(DEEP)}`;
  await expect(print({ cell_type: 'markdown', id: 'slow', metadata: {}, source })).rejects.toThrow(
    'deep.ipynb, cell 1 (slow): its 280000 characters of Markdown cannot be read within 5 seconds',
  );
});

test('a long cell is printed as a short one is', async () => {
  const line = 'Some *words* of `prose`, $x^2$ and ~~none~~.';
  const short = markdownBlocks(line, 'a', () => {});
  const long = markdownBlocks(`${line}\n\n`.repeat(1000), 'a', () => {});
  expect(long).toHaveLength(1000);
  const bare = (node: unknown): string =>
    JSON.stringify(node, (key, value) => (key === 'position' ? undefined : value));
  expect(bare(long[999])).toBe(bare(short[0]));
});

test('elements are as deep as a browser nests them', () => {
  expect(elementDepth('<b><i>x</b></i>'.repeat(300), DEEPEST)).toBe(2);
  expect(elementDepth('<a name="x"/>'.repeat(300), DEEPEST)).toBe(1);
  expect(elementDepth(`<svg>${'<path d="M0 0"/>'.repeat(300)}</svg>`, DEEPEST)).toBe(1);
  expect(elementDepth('<div title="a > b">x</div>'.repeat(300), DEEPEST)).toBe(1);
  expect(elementDepth('1 < 2, "quoted, <b>bold</b>'.repeat(300), DEEPEST)).toBe(1);
});

test('what people write is not too deep', () => {
  expect(tooDeep('> > - one\n>   1. two')).toBeUndefined();
  expect(tooDeep('<p>'.repeat(DEEP))).toBeUndefined();
  expect(tooDeep('[a](b) '.repeat(DEEP))).toBeUndefined();
  expect(tooDeep('<br>'.repeat(DEEP) + '<b>x</b>'.repeat(DEEP))).toBeUndefined();
  expect(tooDeep(`${'> '.repeat(DEEPEST + 1)}x`)).toContain('quotes or lists');
});
