import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Notebook } from 'inkwell/notebook/format';
import { parseNotebook, readNotebook } from 'inkwell/notebook/read';
import { formatNotebook, writeNotebook } from 'inkwell/notebook/write';

const sample = (): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript' } },
  cells: [
    { cell_type: 'markdown', id: 'intro', metadata: {}, source: '# Title\n\ntext' },
    {
      cell_type: 'code',
      id: 'one',
      metadata: { tags: ['raises-exception'] },
      source: 'const a = 1;\na + 1\n',
      execution_count: 1,
      outputs: [
        { output_type: 'stream', name: 'stdout', text: 'a\nb\n' },
        {
          output_type: 'display_data',
          data: { 'text/html': '<b>\n</b>', 'application/vnd.plotly.v1+json': { data: [['x']], layout: {} } },
          metadata: {},
        },
        { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
      ],
    },
  ],
});

const broken = (change: (notebook: Record<string, never>) => void): string => {
  const value = JSON.parse(formatNotebook(sample()));
  change(value);
  return JSON.stringify(value);
};

describe('reading and writing', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'inkwell-notebook-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('what was written is read back the same, text joined, JSON left alone', async () => {
    const file = path.join(folder, 'deep', 'a.ipynb');
    await writeNotebook(file, sample());
    expect(await readNotebook(file)).toEqual(sample());
  });

  test('the file is as Jupyter writes it: sorted keys, lines that keep their ends, a last newline', () => {
    const text = formatNotebook(sample());
    expect(text).toContain('   "source": [\n    "const a = 1;\\n",\n    "a + 1\\n"\n   ]');
    expect(text.endsWith(' "nbformat": 4,\n "nbformat_minor": 5\n}\n')).toBe(true);
    expect(formatNotebook(parseNotebook(text, 'x'))).toBe(text);
  });

  test('an invalid notebook is not written and the old file stands', async () => {
    const file = path.join(folder, 'a.ipynb');
    await writeFile(file, 'old');
    const invalid = { ...sample(), cells: [{ cell_type: 'code' }] } as unknown as Notebook;
    await expect(writeNotebook(file, invalid)).rejects.toThrow('will not write');
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.ipynb']);
  });

  test('a missing file is named', async () => {
    await expect(readNotebook(path.join(folder, 'none.ipynb'))).rejects.toThrow('there is no notebook');
  });
});

describe('what is wrong is said in words', () => {
  const cases: [string, string, RegExp][] = [
    ['not JSON', '{', /x is not JSON/],
    ['a merge conflict', '{\n<<<<<<< HEAD\n', /markers of a merge conflict/],
    ['format 3', '{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}', /format 3, expected 4/],
    ['no cells', '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', /required property 'cells'/],
    ['null', 'null', /must be object/],
    ['cells of another type', broken((n) => Object.assign(n, { cells: [1] })), /cell 1: must be an object/],
    [
      'an unknown kind',
      broken((n) => Object.assign(n['cells']?.[0] ?? {}, { cell_type: 'heading' })),
      /cell 1: cell_type must be one of code, markdown, raw, got "heading"/,
    ],
    [
      'an unknown key',
      broken((n) => Object.assign(n['cells']?.[0] ?? {}, { extra: 1 })),
      /cell 1: has a key that the format does not know: "extra"/,
    ],
    [
      'a source that is a number',
      broken((n) => Object.assign(n['cells']?.[1] ?? {}, { source: 5 })),
      /cell 2: source must be a string or a list of strings/,
    ],
    [
      'a bad stream name',
      broken((n) => Object.assign(n['cells']?.[1]?.['outputs']?.[0] ?? {}, { name: 'log' })),
      /cell 2, output 1: name must be one of stdout, stderr/,
    ],
    [
      'the same id twice',
      broken((n) => Object.assign(n['cells']?.[1] ?? {}, { id: 'intro' })),
      /cell 2: its id "intro" is that of cell 1 too/,
    ],
    ['a bad id', broken((n) => Object.assign(n['cells']?.[1] ?? {}, { id: 'a b' })), /cell 2: id must match/],
    [
      'a tag with a comma',
      broken((n) => Object.assign(n['cells']?.[1] ?? {}, { metadata: { tags: ['a,b'] } })),
      /cell 2: metadata\.tags\.0 must match/,
    ],
  ];
  test.each(cases)('%s', (_name, text, message) => {
    expect(() => parseNotebook(text, 'x')).toThrow(message);
  });

  test('one wrong cell gives one line', () => {
    const text = broken((n) => Object.assign(n['cells']?.[1] ?? {}, { source: 5 }));
    let message = '';
    try {
      parseNotebook(text, 'x');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n- ')).toHaveLength(2);
  });
});

test('a notebook of an older minor gets ids that do not change from one reading to the next', () => {
  const value = JSON.parse(formatNotebook(sample()));
  value.nbformat_minor = 2;
  for (const cell of value.cells) delete cell.id;
  const text = JSON.stringify(value);
  const ids = parseNotebook(text, 'x').cells.map((cell) => cell.id);
  expect(new Set(ids).size).toBe(2);
  expect(parseNotebook(text, 'x').cells.map((cell) => cell.id)).toEqual(ids);
});
