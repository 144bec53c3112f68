import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { type BookReport, printBook } from 'inkwell/publish/book';
import { BookProblemsError } from 'inkwell/publish/problems';
import { fixture, GOOD_PAGES, goodBook, withFolder } from './helpers';

const listing = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();

const digest = (folder: string): string => {
  const hash = createHash('sha256');
  for (const file of listing(folder)) hash.update(`${file}\n`).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex');
};

function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === 'element') found.push(node);
    if ('children' in node) for (const child of node.children) walk(child as Nodes);
  };
  walk(fromHtml(html));
  return found;
}

describe('printBook', () => {
  const work = { folder: '', report: undefined as BookReport | undefined };
  const page = (name: string): string => readFileSync(path.join(work.folder, 'book', name), 'utf8');
  let done: Promise<void>;
  let release: () => void = () => {};

  beforeAll(async () => {
    await new Promise<void>((ready, failed) => {
      done = withFolder(async (folder) => {
        work.folder = folder;
        work.report = await printBook(goodBook(path.join(folder, 'book')));
        ready();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      done.catch(failed);
    });
  });
  afterAll(async () => {
    release();
    await done;
  });

  it('writes a cover and a page for each chapter, without problems', () => {
    expect(work.report?.problems).toEqual([]);
    expect(work.report?.uncited).toEqual([]);
    expect(work.report?.pages.map((each) => each.page)).toEqual(GOOD_PAGES);
    const cover = page('index.html');
    expect(cover).toContain('A small book that tests its press');
    expect(cover).toContain('One digit, four ways');
    expect(cover).toContain('1 hour 20 minutes');
    expect(cover).toContain('You need: made rings');
    // On their own pages chapters tell both in their own words, and nobody repeats them.
    for (const name of GOOD_PAGES.slice(1)) expect(page(name)).not.toMatch(/You need: |1 hour 20 minutes/);
  });

  it('refers to nothing outside the book, and to nothing that is not in it', () => {
    const book = path.join(work.folder, 'book');
    const pages = listing(book).filter((file) => file.endsWith('.html'));
    let checked = 0;
    for (const name of pages) {
      for (const { tagName, properties } of elementsOf(page(name))) {
        const addresses = [properties['src'], tagName === 'a' ? undefined : properties['href']];
        for (const address of addresses) {
          if (typeof address !== 'string' || address.startsWith('#') || address.startsWith('data:image/'))
            continue;
          expect(address).not.toMatch(/^(?:[a-z]+:|\/)/i);
          expect([name, address, existsSync(path.join(book, address))]).toEqual([name, address, true]);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(20);
    for (const sheet of ['assets/book.css', 'assets/fonts.css', 'assets/katex/katex.css']) {
      for (const [, address = ''] of page(sheet).matchAll(/url\(["']?([^"')]+)/g)) {
        expect([address, existsSync(path.join(book, path.dirname(sheet), address))]).toEqual([address, true]);
      }
    }
  });

  it('has links that lead somewhere and ids that stand once', () => {
    const ids = new Map<string, Set<string>>();
    const names = work.report?.pages.map((each) => each.page) ?? [];
    for (const name of names) {
      const all = elementsOf(page(name)).flatMap(({ properties: { id } }) =>
        id === undefined ? [] : [String(id)],
      );
      expect(new Set(all).size).toBe(all.length);
      ids.set(name, new Set(all));
    }
    for (const name of names) {
      for (const { tagName, properties } of elementsOf(page(name))) {
        const { href } = properties;
        if (tagName !== 'a' || typeof href !== 'string' || /^(?:https?|mailto):/.test(href)) continue;
        const [file = '', fragment] = href.split('#');
        if (file !== '' && !file.endsWith('.html')) continue;
        const known = ids.get(file === '' ? name : file);
        expect([name, href, known !== undefined]).toEqual([name, href, true]);
        if (fragment !== undefined)
          expect([href, known?.has(decodeURIComponent(fragment))]).toEqual([href, true]);
      }
    }
  });

  it('prints each kind of content', () => {
    const pixels = page('01-pixels.html');
    expect(pixels).toContain('class="katex"');
    expect(pixels).toContain('<annotation encoding="application/x-tex">');
    expect(pixels).toMatch(/katex-display/);
    expect(pixels).toContain('<span class="tk-keyword">');
    expect(pixels).toContain('background-color:rgb(');
    expect(pixels).toContain('<aside class="alert alert-warning">');
    expect(pixels).toContain('<aside class="alert alert-aside">');
    expect(pixels).toContain('alt="A grey ring on black"');
    expect(pixels).toContain('<summary>Solution</summary>');
    expect(pixels).toContain('href="02-curves.html#the-loss-falls"');
    expect(pixels).not.toContain('attachment:');
    const curves = page('02-curves.html');
    expect(curves).toContain('href="01-pixels.html#u-beyond"');
    expect(curves).toContain('<span class="ansi-red">TypeError</span>');
    expect(curves).toContain('TypeError, raised on purpose');
    expect(curves).toContain('epoch 1: 100%\nepoch 2: 100%\nepoch 3: 100%');
    expect(curves).not.toContain('55%');
    expect(page('03-scripts.html')).toContain('id="大きさ-check"');
  });

  it('follows the tags', () => {
    const curves = page('02-curves.html');
    expect(curves).not.toContain('Set-up that no reader needs');
    expect(curves).not.toContain('<span class="tk-function">draw</span>');
    expect(curves).toContain('never printed');
    expect(curves.match(/never printed/g)).toHaveLength(1);
    expect(curves).toContain('<summary>Code</summary>');
    expect(curves).toContain('<summary>Output</summary>');
    expect(curves).toContain('<summary>Details</summary>');
  });

  it('keeps a figure with its static picture, and its data from ending the script', () => {
    const curves = page('02-curves.html');
    expect(curves).toMatch(/<figure class="plot"><div class="plot-still">.*?<svg/s);
    expect(curves).toContain('\\u003c/script\\u003e\\u003cscript\\u003ealert(1)');
    expect(curves).not.toContain('<script>alert');
  });

  it('is the same to the byte the second time', async () => {
    const again = path.join(work.folder, 'again');
    await printBook(goodBook(again));
    expect(digest(again)).toBe(digest(path.join(work.folder, 'book')));
  });
});

test('data sets with their licences and the address for reports stand in the book', async () => {
  await withFolder(async (folder) => {
    const { out } = await printBook({
      ...goodBook(path.join(folder, 'book')),
      issues: 'https://example.org/issues?a&b',
      dataSets: [{ name: 'Rings & co', license: 'CC0' }],
    });
    const page = (name: string): string => readFileSync(path.join(out, name), 'utf8');
    const address = 'href="https://example.org/issues?a&amp;b"';
    expect(page('about.html')).toContain('<tr><td>Rings &amp; co</td><td>CC0</td></tr>');
    expect(page('about.html')).toContain(address);
    expect(page('02-curves.html')).toContain(`${address} rel="noopener noreferrer">Report a mistake</a>`);
    await printBook(goodBook(path.join(folder, 'book')));
    expect(page('02-curves.html')).not.toContain('Report a mistake');
  });
});

describe('printBook, a second time', () => {
  it('makes nothing anew that is the same, and gives the same bytes as without a cache', async () => {
    await withFolder(async (folder) => {
      const cache = path.join(folder, 'cache.json');
      const out = path.join(folder, 'book');
      const first = await printBook({ ...goodBook(out), cache });
      expect(first.leaves.made).toBe(first.leaves.count);
      const fresh = digest(out);
      const second = await printBook({ ...goodBook(out), cache });
      expect(second.leaves).toEqual({ count: first.leaves.count, made: 0 });
      expect(digest(out)).toBe(fresh);
      await printBook(goodBook(out));
      expect(digest(out)).toBe(fresh);
    });
  });

  it('makes only the cells that changed, and everything where the cache is damaged', async () => {
    await withFolder(async (folder) => {
      const cache = path.join(folder, 'cache.json');
      const options = { out: path.join(folder, 'book'), title: 'x', cache };
      const chapter = path.join(folder, '01-one.ipynb');
      const write = (code: string): void =>
        writeFileSync(chapter, readFileSync(fixture('02-curves'), 'utf8').replace('settings;', code));
      const print = () => printBook({ ...options, chapters: [chapter], strict: false });
      write('settings;');
      await print();
      write('settings.all;');
      expect((await print()).leaves.made).toBe(1);
      writeFileSync(cache, '{"code":');
      const again = await print();
      expect(again.leaves.made).toBe(again.leaves.count);
    });
  });
});

describe('printBook, where something is wrong', () => {
  it('names every problem with notebook, cell and remedy, and leaves the last book as it was', async () => {
    await withFolder(async (folder) => {
      const out = path.join(folder, 'book');
      await printBook({ chapters: [fixture('03-scripts')], out, title: 'Good', cache: false });
      const before = digest(out);
      const error = await printBook({
        chapters: [fixture('09-wrong')],
        out,
        title: 'Bad',
        cache: false,
      }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(BookProblemsError);
      const { problems, message, code } = error as BookProblemsError;
      expect(code).toBe('BOOK_PROBLEMS');
      const count = (kind: string): number => problems.filter((problem) => problem.kind === kind).length;
      expect({
        altText: count('alt-text'),
        deadLink: count('dead-link'),
        duplicateAnchor: count('duplicate-anchor'),
        failedCell: count('failed-cell'),
        maths: count('maths'),
        missingFile: count('missing-file'),
        remoteResource: count('remote-resource'),
        staticPicture: count('static-picture'),
      }).toEqual({
        altText: 4,
        deadLink: 5,
        duplicateAnchor: 1,
        failedCell: 1,
        maths: 2,
        missingFile: 1,
        remoteResource: 2,
        staticPicture: 1,
      });
      expect(problems.every(({ notebook, cell, fix }) => notebook === '09-wrong.ipynb' && cell && fix)).toBe(
        true,
      );
      expect(message).toContain('09-wrong.ipynb, cell 3 (tex): the formula $\\frac{1}{2$ is refused');
      expect(digest(out)).toBe(before);
      expect(readdirSync(folder)).toEqual(['book']);
    });
  });

  it('prints all the same when asked, and fetches nothing remote', async () => {
    await withFolder(async (folder) => {
      const out = path.join(folder, 'book');
      const report = await printBook({ chapters: [fixture('09-wrong')], out, title: 'Bad', strict: false });
      expect(report.problems).toHaveLength(17);
      const html = readFileSync(path.join(out, '09-wrong.html'), 'utf8');
      expect(html).not.toMatch(/src="(?:https?:)?\/\//);
      expect(html).toContain('[picture: remote]');
    });
  });

  it('refuses to replace a folder that is no book', async () => {
    await withFolder(async (folder) => {
      const out = path.join(folder, 'home');
      mkdirSync(out);
      writeFileSync(path.join(out, 'letter.txt'), 'dear');
      await expect(printBook({ ...goodBook(out) })).rejects.toMatchObject({ code: 'PRINT_OUT' });
      expect(listing(folder)).toEqual(['home/letter.txt']);
    });
  });

  it('refuses no chapters, and chapters of one name', async () => {
    await expect(printBook({ chapters: [], title: 'x' })).rejects.toThrow(RangeError);
    const same = [fixture('03-scripts'), fixture('03-scripts')];
    await expect(printBook({ chapters: same, title: 'x' })).rejects.toThrow('a file name of its own');
  });
});
