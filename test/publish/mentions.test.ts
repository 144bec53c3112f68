import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printBook } from 'inkwell/publish/book';
import { splitMentions } from 'inkwell/publish/mentions';

/** The pieces of a text, mentions in braces. */
const pieces = (text: string): string =>
  splitMentions(text)
    .map((piece) => (typeof piece === 'string' ? piece : `{${piece.text}=${piece.number}}`))
    .join('');

describe('splitMentions', () => {
  it.each([
    ['see chapter 04.', 'see {chapter 04=04}.'],
    ['Chapter 04 and appendix A', '{Chapter 04=04} and {appendix A=A}'],
    ['chapters 03 and 05', 'chapters {03=03} and {05=05}'],
    ['chapters 03 to 06', 'chapters {03=03} to {06=06}'],
    ['chapters 02, 03, and 07', 'chapters {02=02}, {03=03}, and {07=07}'],
    ['Chapters 02 and, once', 'Chapters {02=02} and, once'],
    ['chapter 4, a chapter A-less, chapter 123', 'chapter 4, a chapter A-less, chapter 123'],
    ['nothing here', 'nothing here'],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toBe(expected);
  });
});

describe('a book with an appendix', () => {
  let folder = '';
  const page = (name: string): Promise<string> => readFile(path.join(folder, 'book', name), 'utf8');
  const write = (name: string, source: string, inkwell = {}): string => {
    const file = path.join(folder, name);
    const cells = [{ cell_type: 'markdown', id: 'a', metadata: {}, source }];
    writeFileSync(file, JSON.stringify({ cells, metadata: { inkwell }, nbformat: 4, nbformat_minor: 5 }));
    return file;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'inkwell-appendix-'));
    const chapters = [
      write('A-words.ipynb', '# Words\n\nAfter chapter 02.', { needs: 'Chapter 01.' }),
      write(
        '01-one.ipynb',
        '# One\n\n**When you are done, you will be able to**\n\n- count to $n$ with [links](02-two.ipynb);\n- say `why`.\n\n## Later\n\n- no goal',
      ),
      write(
        '02-two.ipynb',
        '# Two, not chapter 01\n\nAs in chapter 01, `chapter 01`, appendix A, chapter 02 and chapter 09.',
      ),
    ];
    await printBook({ chapters, out: path.join(folder, 'book'), title: 'Small', cache: false });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has the appendix last, in the contents and in the reading order', async () => {
    const cover = await page('index.html');
    expect(cover.indexOf('Appendices')).toBeGreaterThan(cover.indexOf('02-two.html'));
    expect(cover.indexOf('a-words.html')).toBeGreaterThan(cover.indexOf('Appendices'));
    expect(await page('02-two.html')).toContain('<a class="pager-next" rel="next" href="a-words.html">');
    const appendix = await page('a-words.html');
    expect(appendix).toContain('<p class="opening-number">Appendix A</p>');
    expect(appendix).toContain('<li class="first-appendix"><a href="a-words.html" aria-current="page">');
  });

  it('links the chapters that it mentions, except itself, headings, code and what is not in it', async () => {
    const html = await page('02-two.html');
    expect(html).toContain(
      'As in <a href="01-one.html">chapter 01</a>, <code>chapter 01</code>, <a href="a-words.html">appendix A</a>, chapter 02 and chapter 09.',
    );
    expect(html).toContain('Two, not chapter 01 <a');
    expect(await page('index.html')).toContain('You need: <a href="01-one.html">Chapter 01</a>');
  });

  it('lists the goals of each chapter', async () => {
    const cover = await page('index.html');
    const [, goals = ''] = /<ul class="cover-goals"[^>]*>(.*?)<\/ul>/s.exec(cover) ?? [];
    const items = goals.split('</li>').filter((item) => item !== '');
    expect(items).toHaveLength(2);
    expect(items[0]).toContain('class="katex"');
    expect(items[0]).toContain('with links;');
    expect(items[1]).toBe('<li>say <code>why</code>.');
    expect(cover).toContain('assets/katex/katex.css');
  });
});
