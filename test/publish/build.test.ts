import { toHtml } from 'hast-util-to-html';
import type { Cell, Json, Notebook, Output } from 'inkwell/notebook/format';
import { buildChapter } from 'inkwell/publish/build';
import type { Chapter } from 'inkwell/publish/chapter';
import { resolveLinks } from 'inkwell/publish/links';
import { fixture } from './helpers';

type Extra = Partial<Pick<Cell, 'metadata'>> & { attachments?: { [name: string]: { [type: string]: Json } } };

const markdown = (id: string, source: string, extra: Extra = {}): Cell => ({
  cell_type: 'markdown',
  id,
  metadata: {},
  source,
  ...extra,
});

const code = (id: string, source: string, outputs: Output[] = [], tags: string[] = []): Cell => ({
  cell_type: 'code',
  id,
  metadata: { tags },
  source,
  execution_count: 1,
  outputs,
});

const shows = (data: { [type: string]: Json }, metadata: { [key: string]: Json } = {}): Output => ({
  output_type: 'display_data',
  data,
  metadata,
});

const notebook = (cells: Cell[], inkwell: { [key: string]: Json } = {}): Notebook => ({
  cells,
  metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' }, inkwell },
  nbformat: 4,
  nbformat_minor: 5,
});

const chapter = (...cells: Cell[]): Chapter => buildChapter(notebook(cells), { source: fixture('05-test') });
const html = (...cells: Cell[]): string => toHtml(chapter(...cells).tree);
const inCell = (source: string): string =>
  html(markdown('x', source)).replace(/^<section[^>]*>|<\/section>$/g, '');
const kinds = (...cells: Cell[]): string[] => chapter(...cells).problems.map(({ kind }) => kind);

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

describe('prose', () => {
  it.each([
    ['$$x$$', '<p><code class="language-math math-display">x</code></p>'],
    ['a $x$ b', '<p>a <code class="language-math math-inline">x</code> b</p>'],
    ['$$\nx\n$$', '<pre><code class="language-math math-display">x</code></pre>'],
    [
      '$$\\begin{aligned}\nx &= 1 \\\\\ny &= 2\n\\end{aligned}$$\n\nafter **it**',
      '<pre><code class="language-math math-display">\\begin{aligned}\nx &#x26;= 1 \\\\\ny &#x26;= 2\n\\end{aligned}</code></pre><p>after <strong>it</strong></p>',
    ],
    ['`$x$`', '<p><code>$x$</code></p>'],
  ])('reads the formulas of %j as Jupyter does', (source, expected) => {
    expect(inCell(source).replaceAll('\n\n', '\n').replaceAll('>\n<', '><')).toBe(expected);
  });

  it.each([
    [
      '> [!TIP]\n> words',
      '<aside class="alert alert-tip"><p class="alert-title">Tip</p><p>words</p></aside>',
    ],
    [
      '> **Note** words',
      '<aside class="alert alert-note"><p class="alert-title">Note</p><p>words</p></aside>',
    ],
    [
      '> **Stubborn people**\n>\n> words',
      '<aside class="alert alert-aside"><p class="alert-title">Stubborn people</p><p>words</p></aside>',
    ],
    ['> **Bold** start of words', '<blockquote><p><strong>Bold</strong> start of words</p></blockquote>'],
    ['> [!UNKNOWN]\n> words', '<blockquote><p>[!UNKNOWN]\nwords</p></blockquote>'],
  ])('sets %j off as an alert, or leaves it', (source, expected) => {
    expect(inCell(source).replaceAll(/>\n</g, '><')).toBe(expected);
  });

  it('resolves references inside their cell only', () => {
    const page = html(markdown('a', '[x][r]\n\n[r]: https://example.org/a'), markdown('b', '[x][r]'));
    expect(page).toContain('<a href="https://example.org/a">x</a>');
    expect(page).toContain('<p>[x][r]</p>');
  });

  it('numbers the notes of all cells in one row, though two bear one name', () => {
    const page = html(markdown('a', 'x[^n]\n\n[^n]: first'), markdown('b', 'y[^n]\n\n[^n]: second'));
    expect(page).toContain('id="note-fnref-a-n"');
    expect(page).toContain('id="note-fnref-b-n"');
    expect(page.match(/<section data-footnotes/g)).toHaveLength(1);
    expect(page.indexOf('first')).toBeLessThan(page.indexOf('second'));
  });

  it('keeps an open tag or fence inside its cell', () => {
    const page = html(
      markdown('a', '<details><summary>S</summary>\n\nopen'),
      markdown('b', '</section></div>after'),
    );
    expect(page).toMatch(
      /<section id="cell-a"[^>]*><details>.*<\/details><\/section>\s*<section id="cell-b"[^>]*>.*after/s,
    );
  });

  it('prefixes an author’s ids and finds them again', () => {
    const built = chapter(markdown('a', '<a id="Plotly"></a>\n\n[there](#Plotly)'));
    expect(resolveLinks(built, [built])).toEqual([]);
    expect(toHtml(built.tree)).toContain('<a id="u-Plotly"></a>');
    expect(toHtml(built.tree)).toContain('href="#u-Plotly"');
  });

  it('never reads a file from outside the book’s folder', () => {
    expect(kinds(markdown('a', '![x](../../../../../../../../etc/passwd)'))).toEqual(['missing-file']);
    expect(kinds(markdown('a', '![x](/etc/passwd)'))).toEqual(['missing-file']);
    expect(kinds(markdown('a', '[x](file:///etc/passwd)'))).toEqual([]);
    expect(html(markdown('a', '[x](file:///etc/passwd)'))).not.toContain('passwd');
    expect(kinds(markdown('a', '[x](..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd)'))).toEqual(['dead-link']);
  });

  it('takes attached pictures along', () => {
    const built = chapter(
      markdown('a', '![a dot](attachment:a%20dot.png)', {
        attachments: { 'a dot.png': { 'image/png': PIXEL } },
      }),
    );
    expect(built.problems).toEqual([]);
    expect(built.media.map(({ path }) => path)).toEqual([expect.stringMatching(/^media\/05-test\/.*\.png$/)]);
    expect(toHtml(built.tree)).toContain('width="1" height="1"');
  });
});

describe('outputs', () => {
  it('shows the richest form', () => {
    const page = html(code('a', 'x', [shows({ 'text/plain': 'plain', 'text/html': '<b>rich</b>' })]));
    expect(page).toContain('<b>rich</b>');
    expect(page).not.toContain('plain');
    expect(html(code('a', 'x', [shows({ 'application/x-unknown': 'x', 'text/plain': 'plain' })]))).toContain(
      'plain',
    );
  });

  it('sets LaTeX, JSON and Markdown', () => {
    expect(html(code('a', 'x', [shows({ 'text/latex': '$\\displaystyle x$' })]))).toContain(
      '<code class="language-math math-inline">\\displaystyle x</code>',
    );
    expect(html(code('a', 'x', [shows({ 'application/json': { a: [1] } })]))).toContain(
      'class="language-json"',
    );
    expect(html(code('a', 'x', [shows({ 'text/markdown': '**bold** $x$' })]))).toContain(
      '<strong>bold</strong>',
    );
  });

  it('finds the words for a picture in metadata, then in the plain text, but not in a default one', () => {
    const picture = (data: { [type: string]: Json }, metadata = {}): Cell =>
      code('a', 'x', [shows({ 'image/png': PIXEL, ...data }, metadata)]);
    expect(html(picture({ 'text/plain': 'A dot' }))).toContain('alt="A dot"');
    expect(html(picture({ 'text/plain': 'A dot' }, { 'image/png': { alt: 'One dot' } }))).toContain(
      'alt="One dot"',
    );
    expect(kinds(picture({ 'text/plain': '<Figure size 640x480 with 1 Axes>' }))).toEqual(['alt-text']);
    expect(kinds(picture({}))).toEqual(['alt-text']);
    expect(kinds(picture({}, { alt: 'A dot' }))).toEqual([]);
  });

  it('names an SVG by a title, a label or the label around it', () => {
    const svg = (inner: string, around = ''): string[] =>
      kinds(code('a', 'x', [shows({ 'text/html': `<figure ${around}><svg ${inner}</svg></figure>` })]));
    expect(svg('><path d="M0 0"/>')).toEqual(['alt-text']);
    expect(svg('><title>A line</title><path d="M0 0"/>')).toEqual([]);
    expect(svg('aria-label="A line"><path d="M0 0"/>')).toEqual([]);
    expect(svg('aria-hidden="true"><path d="M0 0"/>')).toEqual([]);
    expect(svg('><path d="M0 0"/>', 'role="img" aria-label="A line"')).toEqual([]);
  });

  it('keeps ids of two outputs apart, gradients included', () => {
    const svg = '<svg aria-label="x"><defs><linearGradient id="g"/></defs><path fill="url(#g)"/></svg>';
    const page = html(code('a', 'x', [shows({ 'image/svg+xml': svg }), shows({ 'image/svg+xml': svg })]));
    expect(page).toContain('id="out-a-1-g"');
    expect(page).toContain('fill="url(#out-a-2-g)"');
  });

  it('demands the tag for an error and then says that it was meant', () => {
    const error: Output = { output_type: 'error', ename: 'TypeError', evalue: 'no', traceback: [] };
    expect(kinds(code('a', 'x', [error]))).toEqual(['failed-cell']);
    expect(kinds(code('a', 'x', [error], ['raises-exception']))).toEqual([]);
    expect(html(code('a', 'x', [error], ['raises-exception']))).toContain('TypeError, raised on purpose');
  });
});

describe('cells', () => {
  it.each([
    ['remove-cell', '', ''],
    ['remove_input', '', '<pre class="text text-stdout text-prose">out</pre>'],
    ['remove-output', '<code class="language-typescript">src</code>', ''],
  ])('leaves out what %s says', (tag, source, output) => {
    const stream: Output = { output_type: 'stream', name: 'stdout', text: 'out\n' };
    const page = html(code('a', 'src', [stream], [tag]));
    expect(page.includes('src')).toBe(source !== '');
    expect(page).toContain(source);
    expect(page.includes('>out<')).toBe(output !== '');
    expect(page).toContain(output);
  });

  it('folds neighbouring cells of one solution as one, and keeps their anchors', () => {
    const page = html(
      markdown('q', 'Question'),
      { ...markdown('a', 'Because'), metadata: { tags: ['solution'] } } as Cell,
      code('b', 'proof', [], ['solution']),
      markdown('c', 'Next'),
      code('d', 'other', [], ['solution']),
    );
    expect(page.match(/<summary>Solution<\/summary>/g)).toHaveLength(2);
    expect(page).toMatch(
      /<details class="fold fold-solution">.*id="cell-a".*id="cell-b".*<\/details>.*id="cell-c"/s,
    );
  });

  it('reads the title from metadata, the first heading or the file name', () => {
    const build = (cells: Cell[], about: { [key: string]: Json } = {}): Chapter =>
      buildChapter(notebook(cells, about), { source: '/x/07-by-hand.ipynb' });
    expect(build([markdown('a', '# Written')], { title: 'Told' }).title).toBe('Told');
    expect(build([markdown('a', '# Written')]).title).toBe('Written');
    expect(build([markdown('a', 'no heading')]).title).toBe('by hand');
    expect(build([]).number).toBe('07');
  });
});
