import { toHtml } from 'hast-util-to-html';
import { toString as textOf } from 'hast-util-to-string';
import type { Cell, Notebook } from 'inkwell/notebook/format';
import { buildChapter } from 'inkwell/publish/build';
import type { Chapter } from 'inkwell/publish/chapter';
import { parseBibliography } from 'inkwell/publish/citations/read';
import { resolveLinks } from 'inkwell/publish/links';

const WORKS = parseBibliography(
  `@article{lecun1998, author = {LeCun, Yann and Bottou, Léon and Bengio, Yoshua}, title = {Gradient-Based Learning},
     journal = {Proceedings of the IEEE}, volume = {86}, number = {11}, pages = {2278--2324}, year = {1998},
     doi = {10.1109/5.726791}}
   @misc{lecun1998mnist, author = {LeCun, Yann and Cortes, Corinna and Burges, Chris}, title = {The Database},
     howpublished = {Web page}, year = {1998}, url = {http://example.org/exdb/}}
   @book{minsky1969, author = {Minsky, Marvin and Papert, Seymour}, title = {Perceptrons}, edition = {2},
     publisher = {MIT Press}, year = {1969}}
   @article{lum2016, author = {Lum, Kristian}, title = {To Predict and Serve?}, journal = {Significance}, year = {2016}}
   @incollection{bottou2012, author = {Bottou, Léon}, title = {Tricks}, booktitle = {The Trade},
     editor = {Orr, G. and Müller, K.}, pages = {4--6}, publisher = {Springer}, year = {2012}}
   @thesis{werbos1974, author = {Werbos, Paul}, title = {Beyond}, type = {PhD thesis}, institution = {Harvard}, year = {1974}}`,
  'x.bib',
);

const cell = (source: string, index = 0, type: 'markdown' | 'code' = 'markdown'): Cell =>
  type === 'markdown'
    ? { cell_type: 'markdown', id: `c${index}`, metadata: {}, source }
    : { cell_type: 'code', id: `c${index}`, metadata: {}, source, execution_count: 1, outputs: [] };

function chapterOf(cells: Cell[]): Chapter {
  const notebook: Notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return buildChapter(notebook, { source: '/book/05-test.ipynb', bibliography: WORKS });
}
const chapter = (...sources: string[]): Chapter =>
  chapterOf(sources.map((source, index) => cell(source, index)));
const prose = (source: string): string => textOf(chapter(source).tree.children[0] as never);
const entries = (made: Chapter): string[] => {
  const html = toHtml(made.tree);
  return [...html.matchAll(/<span class="references-entry">(.*?)<\/span>/g)].map(([, entry = '']) =>
    entry.replace(/<[^>]+>/g, ''),
  );
};

describe('citations in the text', () => {
  it.each([
    ['So it is [@minsky1969].', 'So it is (Minsky and Papert 1969).'],
    ['[see @lecun1998, chapter 2; @lum2016]', '(see LeCun et al. 1998, chapter 2; Lum 2016)'],
    ['@lecun1998 say so', 'LeCun et al. (1998) say so'],
    ['@lecun1998 [page 3] say so', 'LeCun et al. (1998, page 3) say so'],
    ['Lum [-@lum2016] asks', 'Lum (2016) asks'],
    ['Write to me@example.org, or `[@lum2016]`', 'Write to me@example.org, or [@lum2016]'],
  ])('%s', (source, expected) => {
    expect(prose(source)).toBe(expected);
  });

  it('link to the entry, which links back to each place', () => {
    const made = chapter('One [@lum2016].', 'Two [@lum2016].');
    const html = toHtml(made.tree);
    expect(html).toContain('<a id="cite-lum2016-1" class="citation" href="#ref-lum2016">Lum 2016</a>');
    expect(html).toContain('<li id="ref-lum2016">');
    expect(html).toContain(
      '<a href="#cite-lum2016-1" aria-label="Back to where Lum 2016 is cited, place 1">1</a>',
    );
    expect(html).toContain('<a href="#cite-lum2016-2"');
    expect(resolveLinks(made, [made])).toEqual([]);
    expect(made.cites).toEqual(['lum2016']);
  });

  it('are one place each, also where the work is the subject of the sentence', () => {
    const html = toHtml(chapter('@lum2016 asks. It is asked [@lum2016].').tree);
    expect([...html.matchAll(/ id="(cite-[^"]*)"/g)].map(([, id]) => id)).toEqual([
      'cite-lum2016-1',
      'cite-lum2016-2',
    ]);
    expect(html.match(/aria-label="Back to/g)).toHaveLength(2);
  });

  it('tell works of the same authors and year apart', () => {
    const made = chapter('[@lecun1998mnist] and [@lecun1998]');
    expect(textOf(made.tree.children[0] as never)).toBe('(LeCun et al. 1998b) and (LeCun et al. 1998a)');
    expect(prose('[@lecun1998mnist]')).toBe('(LeCun et al. 1998)');
  });

  it('work in folded answers and tables, and stay out of code cells', () => {
    const html = toHtml(chapter('<details><summary>Who?</summary>\n\nHe [@lum2016].\n\n</details>').tree);
    expect(html).toContain('class="citation"');
    expect(toHtml(chapter('| a |\n|---|\n| [@lum2016] |').tree)).toContain('class="citation"');
    expect(chapterOf([cell('const x = "[@lum2016]";', 0, 'code')]).cites).toEqual([]);
  });
});

describe('the list of references', () => {
  it('names each cited work once, in order, as Chicago has it', () => {
    const keys = [...WORKS.keys()].map((key) => `@${key}`).join('; ');
    expect(entries(chapter(`[${keys}] and again [${keys}]`))).toEqual([
      'Bottou, Léon. 2012. “Tricks.” In The Trade, edited by G. Orr and K. Müller, 4–6. Springer.',
      'LeCun, Yann, Léon Bottou, and Yoshua Bengio. 1998a. “Gradient-Based Learning.” Proceedings of the IEEE 86 (11): 2278–2324. doi:10.1109/5.726791',
      'LeCun, Yann, Corinna Cortes, and Chris Burges. 1998b. “The Database.” Web page. example.org/exdb',
      'Lum, Kristian. 2016. “To Predict and Serve?” Significance.',
      'Minsky, Marvin, and Seymour Papert. 1969. Perceptrons. 2nd ed. MIT Press.',
      'Werbos, Paul. 1974. “Beyond.” PhD thesis, Harvard.',
    ]);
  });

  it('stands in the contents, and only where something is cited', () => {
    expect(chapter('# T\n\n[@lum2016]').headings.map(({ id }) => id)).toEqual(['t', 'references']);
    expect(chapter('# T\n\nNothing.').headings.map(({ id }) => id)).toEqual(['t']);
  });
});

describe('an unknown key', () => {
  it('is reported with its cell and the nearest key, and stays as it was written', () => {
    const made = chapter('First.', 'As [@lecun1989; @lum2016] say.');
    expect(made.problems).toEqual([
      {
        kind: 'citation',
        notebook: '05-test.ipynb',
        cell: { index: 2, id: 'c1' },
        what: 'it cites @lecun1989, which is not in the bibliography',
        fix: 'did you mean @lecun1998? Or add the work to it',
      },
    ]);
    expect(toHtml(made.tree)).toContain('As [@lecun1989; @lum2016] say.');
  });

  it('gets no suggestion where none is near', () => {
    expect(chapter('[@zzzzzzzzzzzz]').problems[0]?.fix).toBe('add the work to it');
  });
});
