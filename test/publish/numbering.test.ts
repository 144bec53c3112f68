import { toHtml } from 'hast-util-to-html';
import { parseNotebook } from 'inkwell/notebook/read';
import { buildChapter } from 'inkwell/publish/build';
import type { Chapter } from 'inkwell/publish/chapter';
import { glossaryOf } from 'inkwell/publish/glossary';
import { resolveLinks } from 'inkwell/publish/links';
import { wordIndexOf } from 'inkwell/publish/word-index';

const FIGURE = '<figure><img alt="a ring" src="data:,"><figcaption>Rings</figcaption></figure>';
const TABLE = '<table><caption>Sizes</caption><tr><th>size</th></tr><tr><td>3</td></tr></table>';
const BARE = '<table><tr><td>3</td></tr></table>';

type Cell = readonly [id: string, markdown: string] | readonly [id: string, outputs: readonly string[]];

function chapter(file: string, cells: readonly Cell[]): Chapter {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(([id, content]) =>
      typeof content === 'string'
        ? { cell_type: 'markdown', id, metadata: {}, source: content }
        : {
            cell_type: 'code',
            id,
            metadata: {},
            source: 'draw()',
            execution_count: 1,
            outputs: content.map((html) => ({
              output_type: 'display_data',
              metadata: {},
              data: { 'text/html': html, 'text/plain': 'a ring' },
            })),
          },
    ),
  };
  return buildChapter(parseNotebook(JSON.stringify(notebook), file), { source: `/book/${file}` });
}

/** Without the difference between spaces that break and those that don't. */
const htmlOf = ({ tree }: Chapter): string => toHtml(tree).replaceAll('\u00a0', ' ');

describe('numbers', () => {
  const four = chapter('04-rings.ipynb', [
    ['text', '# Rings'],
    ['rings', [FIGURE, TABLE, FIGURE]],
    ['plain', [BARE]],
    ['more', [TABLE, FIGURE]],
  ]);

  test('figures and tables with captions are counted, each kind by itself', () => {
    expect(four.numbered.map(({ kind, number, id }) => `${kind} ${number} ${id}`)).toEqual([
      'figure 4.1 figure-rings',
      'table 4.1 table-rings',
      'figure 4.2 figure-rings-2',
      'table 4.2 table-more',
      'figure 4.3 figure-more',
    ]);
  });

  test('the caption says the number and links to the figure', () => {
    const html = htmlOf(four);
    expect(html).toContain('<figure id="figure-rings">');
    expect(html).toContain('<a class="caption-number" href="#figure-rings">Figure 4.1.</a> Rings');
    expect(html).toContain('<a class="caption-number" href="#table-more">Table 4.2.</a> Sizes');
  });

  test('a table of which a kernel says no more than its size is not counted', () => {
    const sized = TABLE.replace('Sizes', '10 × 5');
    expect(
      chapter('04-rings.ipynb', [['rings', [sized, TABLE]]]).numbered.map(({ number }) => number),
    ).toEqual(['4.1']);
  });

  test('an appendix counts after its letter, an unnumbered chapter without', () => {
    expect(chapter('A-rings.ipynb', [['rings', [FIGURE]]]).numbered[0]?.number).toBe('A.1');
    expect(chapter('rings.ipynb', [['rings', [FIGURE]]]).numbered[0]?.number).toBe('1');
  });
});

describe('references', () => {
  const four = (markdown: string): Chapter =>
    chapter('04-rings.ipynb', [
      ['text', markdown],
      ['rings', [FIGURE, TABLE, FIGURE]],
      ['plain', [BARE]],
    ]);
  const five = (markdown: string): Chapter => chapter('05-more.ipynb', [['text', markdown]]);

  test.each([
    ['see [figure](#cell-id=rings)', 'see <a href="#figure-rings" class="reference">figure 4.1</a>'],
    ['[Figure](#cell-id=rings-2)', '<a href="#figure-rings-2" class="reference">Figure 4.2</a>'],
    ['in the [figure](#cell-id=rings)', 'in <a href="#figure-rings" class="reference">figure 4.1</a>'],
    [
      'The [figure](#cell-id=rings) shows',
      '<p><a href="#figure-rings" class="reference">Figure 4.1</a> shows',
    ],
    ['a [table](#cell-id=rings)', '<a href="#table-rings" class="reference">table 4.1</a>'],
    ['[how they look](#cell-id=rings)', '<a href="#figure-rings">how they look</a>'],
    ['[this cell](#cell-id=plain)', '<a href="#cell-plain">this cell</a>'],
  ])('%s', (markdown, html) => {
    const page = four(markdown);
    expect(resolveLinks(page, [page])).toEqual([]);
    expect(htmlOf(page)).toContain(html);
  });

  test('lead to other chapters', () => {
    const [one, other] = [four('# Rings'), five('see [figure](04-rings.ipynb#cell-id=rings)')];
    expect(resolveLinks(other, [one, other])).toEqual([]);
    expect(htmlOf(other)).toContain('<a href="04-rings.html#figure-rings" class="reference">figure 4.1</a>');
  });

  test.each([
    ['[figure](#cell-id=ringz)', 'leads to no figure with a caption', 'did you mean #cell-id=rings?'],
    ['[table](#cell-id=plain)', 'leads to no table with a caption', 'cells with one are rings'],
    ['[here](#cell-id=nowhere)', 'leads to no cell', 'cells are text, rings, plain'],
    ['[here](#cell-id=plane)', 'leads to no cell', 'did you mean #cell-id=plain?'],
    ['[here](#cell-id=ring)', 'leads to no cell', 'did you mean #cell-id=rings?'],
    ['[there](04-ring.ipynb#x)', 'a notebook that is not in the book', 'did you mean 04-rings.ipynb?'],
    ['# Rings of ink\n\n[up](#rings-ink)', 'leads to no anchor', 'did you mean #rings-of-ink?'],
    ['[there](nothing-alike-at-all.ipynb)', 'not in the book', 'correct the file name'],
  ])('%s is a dead link', (markdown, what, fix) => {
    const page = four(markdown);
    const [problem, ...others] = resolveLinks(page, [page]);
    expect(others).toEqual([]);
    expect(problem?.kind).toBe('dead-link');
    expect(problem?.what).toContain(what);
    expect(problem?.fix).toContain(fix);
  });
});

describe('glossary and index', () => {
  const words = (rows: string): string => `| word | meaning here |\n|---|---|\n${rows}`;
  const one = chapter('01-one.ipynb', [
    [
      'a',
      '# One\n\n**Time** an hour.\n\n## Slopes\n\nA **gradient** is a list. **Yann LeCun** knew.\n\n**1. Count.** Count.',
    ],
    ['b', words('| loss | how *wrong* |\n| epoch | once through |')],
  ]);
  const two = chapter('02-two.ipynb', [
    ['a', '# Two\n\nThe **gradient** again.'],
    ['b', words('| Loss | another meaning |\n| batch | a few |')],
  ]);

  test('words of all chapters stand once, in alphabetical order, as first explained', () => {
    const glossary = glossaryOf([one, two]);
    expect(glossary.map(({ text, chapters }) => `${text} ${chapters.map(({ number }) => number)}`)).toEqual([
      'batch 02',
      'epoch 01',
      'loss 01,02',
    ]);
    expect(toHtml([...(glossary[2]?.meaning ?? [])])).toBe('how <em>wrong</em>');
  });

  test('words in bold lead to their sections; titles of paragraphs are none', () => {
    expect(
      wordIndexOf([one, two]).map(({ text, places }) => [text, ...places.map(({ href }) => href)]),
    ).toEqual([
      ['gradient', '01-one.html#slopes', '02-two.html'],
      ['LeCun, Yann', '01-one.html#slopes'],
    ]);
  });
});

test('the notebook to download has no outputs', () => {
  const { notebook } = chapter('04-rings.ipynb', [['rings', [FIGURE]]]);
  const [cell] = JSON.parse(notebook).cells;
  expect(cell).toMatchObject({ id: 'rings', outputs: [], execution_count: null, source: ['draw()'] });
});
