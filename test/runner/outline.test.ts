import type { Cell, Notebook } from 'inkwell/notebook/format';
import { outline } from 'inkwell/runner/outline';

const code = (source: string, tags: string[] = []): Cell => ({
  cell_type: 'code',
  id: 'c',
  metadata: { tags },
  source,
  execution_count: null,
  outputs: [],
});
const prose = (source: string): Cell => ({ cell_type: 'markdown', id: 'm', metadata: {}, source });

test('each code cell has its number, the nearest heading and its first line of code', () => {
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      code('// a note\n\nconst a = 1;'),
      prose('# One\n\n```sh\n# not a heading\n```\n\n## Two ##\n\ntext'),
      code('// only a note'),
      prose('no heading'),
      code('', ['x']),
    ],
  };
  expect(
    outline(notebook).map(({ number, heading, firstLine, tags }) => [number, heading, firstLine, tags]),
  ).toEqual([
    [1, '', 'const a = 1;', []],
    [2, 'Two', '// only a note', []],
    [3, 'Two', '', ['x']],
  ]);
});
