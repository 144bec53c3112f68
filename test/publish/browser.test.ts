/// <reference lib="dom" />
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printBook } from 'inkwell/publish/book';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser, runsInBrowser } from './browser';
import { goodBook, withFolder } from './helpers';
import { VECTORS } from './vectors';

/** Everything that a page asked for or complained about. */
interface Watched {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

/** The contrast of every visible piece of text on a page that is less than 4.5 : 1 (WCAG 2.2, 1.4.3). */
function faintTexts(): string[] {
  type Colour = readonly [number, number, number, number];
  const parse = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (i: 0 | 1 | 2): number => top[i] * top[3] + below[i] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = ([red, green, blue]: Colour): number => {
    const linear = (value: number): number =>
      value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const backgroundOf = (element: Element | null): Colour => {
    if (element === null) return [255, 255, 255, 1];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, backgroundOf(element.parentElement));
  };
  const faint: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = (node.textContent ?? '').trim();
    if (element === null || text === '' || element.closest('svg, script, .katex-mathml, [hidden]') !== null)
      continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const background = backgroundOf(element);
    const colour = over(parse(getComputedStyle(element).color), background);
    const [light = 0, dark = 0] = [luminance(colour), luminance(background)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5)
      faint.push(`${contrast.toFixed(2)} "${text.slice(0, 30)}" in ${element.className || element.tagName}`);
  }
  return faint;
}

/** A notebook whose every cell attacks its reader, in all the ways that content reaches a page. */
function attack(): object {
  const cells = VECTORS.flatMap((vector, index) => {
    const bundle = (data: Record<string, string>): object => ({
      output_type: 'display_data',
      metadata: {},
      data,
    });
    const outputs = [
      bundle({ 'text/html': vector }),
      bundle({ 'image/svg+xml': vector }),
      bundle({ 'text/markdown': vector }),
      bundle({ 'text/plain': vector }),
      { output_type: 'stream', name: 'stdout', text: vector },
      { output_type: 'error', ename: vector, evalue: vector, traceback: [vector] },
    ];
    const code = {
      cell_type: 'code',
      id: `c${index}`,
      metadata: {},
      source: vector,
      execution_count: 1,
      outputs,
    };
    return [
      { cell_type: 'markdown', id: `m${index}`, metadata: {}, source: `# ${vector}\n\n${vector}` },
      code,
    ];
  });
  const title = '</title><script>alert(1)</script>';
  return {
    cells,
    metadata: {
      kernelspec: { name: 'x', display_name: 'x', language: '"><script>alert(1)</script>' },
      inkwell: { title, description: '"><script>alert(1)</script>', needs: [title] },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

// Skipped only where no browser can be expected; the summary at the end then lists these tests as not run.

describeInBrowser('the printed book in a browser, from file:// with the network cut', () => {
  let browser: Browser | undefined;
  let folder = '';
  let release: () => void = () => {};
  let done: Promise<void> = Promise.resolve();

  const open = async (name: string, options: BrowserContextOptions = {}): Promise<Watched> => {
    if (browser === undefined) throw new Error('the browser has not started');
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    await context.setOffline(true);
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    await page.goto(pathToFileURL(path.join(folder, name)).href);
    return { page, requests, complaints };
  };

  const using = async (
    name: string,
    options: BrowserContextOptions,
    use: (watched: Watched) => Promise<void>,
  ) => {
    const watched = await open(name, options);
    try {
      await use(watched);
      expect(watched.complaints).toEqual([]);
      expect(watched.requests.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
    } finally {
      await watched.page.context().close();
    }
  };

  const startPlot = async (page: Page): Promise<void> => {
    await page.locator('figure.plot .plot-button').click();
    await page.locator('figure.plot-is-live .main-svg').first().waitFor();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    await new Promise<void>((ready, failed) => {
      done = withFolder(async (work) => {
        folder = path.join(work, 'book');
        await printBook(goodBook(folder));
        ready();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      done.catch(failed);
    });
  });
  afterAll(async () => {
    await browser?.close();
    release();
    await done;
  });

  it.each(['index.html', '01-pixels.html', '02-curves.html', '03-scripts.html'])(
    'opens %s without a request that leaves the book or a word of complaint',
    async (name) => {
      await using(name, {}, async ({ page, requests }) => {
        await page.waitForLoadState('load');
        expect(requests.length).toBeGreaterThan(4);
        expect(await page.locator('h1').count()).toBe(1);
        const broken = await page.evaluate(() =>
          [...document.images]
            .filter((image) => image.complete && image.naturalWidth === 0)
            .map((image) => image.src),
        );
        expect(broken).toEqual([]);
      });
    },
  );

  it.each([
    ['index.html', []],
    ['03-scripts.html', []],
    ['01-pixels.html', ['katex.css']],
    ['02-curves.html', ['katex.css', 'plots.js']],
  ])('loads for %s only what it needs, and the search when somebody searches', async (name, needed) => {
    await using(name, {}, async ({ page, requests }) => {
      await page.waitForLoadState('load');
      await page.evaluate(() => document.fonts.ready);
      const loaded = (file: string): boolean => requests.some((address) => address.includes(`/${file}`));
      const sometimes = ['katex.css', 'plots.js', 'plotly.min.js', 'minisearch.js', 'search-index.js'];
      expect(sometimes.filter(loaded)).toEqual(needed);
      expect(loaded('KaTeX_')).toBe(needed.includes('katex.css'));
      await page.locator('.bar-search').click();
      await page.waitForFunction(() => 'inkwellSearchIndex' in window);
      expect(sometimes.filter(loaded)).toEqual([...needed, 'minisearch.js', 'search-index.js']);
    });
  });

  it('shows formulas in their typefaces', async () => {
    await using('01-pixels.html', {}, async ({ page }) => {
      const box = await page.locator('.katex-display .katex-html').first().boundingBox();
      expect(box?.height).toBeGreaterThan(30);
      const loaded = await page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family);
      });
      for (const family of ['KaTeX_Main', 'KaTeX_Math', 'Book Serif', 'Book Sans', 'Book Mono']) {
        expect(loaded.map((name) => name.replaceAll('"', ''))).toContain(family);
      }
    });
  });

  it('makes the figure interactive, and follows the theme', async () => {
    await using('02-curves.html', { colorScheme: 'dark' }, async ({ page }) => {
      await startPlot(page);
      expect(await page.locator('.plot-still').isVisible()).toBe(false);
      expect(await page.locator('.plot-live').getAttribute('aria-label')).toMatch(/loss/i);
      const point = await page.locator('.plot-live .points path').nth(3).boundingBox();
      await page.mouse.move((point?.x ?? 0) + 2, (point?.y ?? 0) + 2);
      await page.mouse.move((point?.x ?? 0) + 3, (point?.y ?? 0) + 3);
      await page.locator('.plot-live .hoverlayer .hovertext').first().waitFor();
      const ink = (): Promise<string> =>
        page
          .locator('.plot-live .xtick text')
          .first()
          .evaluate((text) => getComputedStyle(text).fill);
      const dark = await ink();
      await page.locator('.bar-theme').click();
      await page.waitForFunction((before) => {
        const tick = document.querySelector('.plot-live .xtick text');
        return tick !== null && getComputedStyle(tick).fill !== before;
      }, dark);
      expect(await ink()).not.toBe(dark);
    });
  });

  it('shows the static picture without scripts, and everything else as well', async () => {
    await using('02-curves.html', { javaScriptEnabled: false }, async ({ page }) => {
      expect(await page.locator('.plot-still svg').isVisible()).toBe(true);
      expect(await page.locator('.bar-theme').isVisible()).toBe(false);
      await page.locator('summary', { hasText: 'Solution' }).click();
      expect(await page.getByText('each step goes downhill').isVisible()).toBe(true);
    });
  });

  it('loads Plotly only when the reader asks, by keyboard as well, and turns back', async () => {
    await using('02-curves.html', {}, async ({ page, requests }) => {
      const plotly = (): boolean => requests.some((address) => address.includes('plotly.min.js'));
      await page.locator('figure.plot').scrollIntoViewIfNeeded();
      expect(await page.locator('.plot-still svg').isVisible()).toBe(true);
      expect(plotly()).toBe(false);
      const button = page.locator('figure.plot .plot-button');
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('figure.plot-is-live .main-svg').first().waitFor();
      expect(plotly()).toBe(true);
      expect(await button.getAttribute('aria-pressed')).toBe('true');
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      await page.locator('.plot-still svg').waitFor({ state: 'visible' });
      expect(await page.locator('.plot-live').isVisible()).toBe(false);
    });
  });

  it('opens every answer at once, but not how figures were drawn', async () => {
    await using('02-curves.html', {}, async ({ page }) => {
      await page.locator('.open-all').click();
      expect(await page.locator('.chapter details:not(.fold-code):not([open])').count()).toBe(0);
      expect(await page.locator('.chapter details.fold-code[open]').count()).toBe(0);
      await page.locator('.open-all').click();
      expect(await page.locator('.chapter details[open]').count()).toBe(0);
    });
  });

  it('prints pictures and what the reader has opened, light even in the dark theme', async () => {
    await using('02-curves.html', { colorScheme: 'dark' }, async ({ page }) => {
      await startPlot(page);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('.plot-still svg').isVisible()).toBe(true);
      expect(await page.locator('.plot-live').isVisible()).toBe(false);
      expect(await page.locator('.contents').isVisible()).toBe(false);
      expect(await page.getByText('each step goes downhill').isVisible()).toBe(false);
      await page.evaluate(() => {
        for (const part of document.querySelectorAll('details')) part.open = true;
      });
      expect(await page.getByText('each step goes downhill').isVisible()).toBe(true);
      expect(await page.locator('.fold-code, .plot-button, .page-end').first().isVisible()).toBe(false);
      expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
      expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    });
  });

  it.each(['light', 'dark'] as const)('has no faint text in the %s theme', async (colorScheme) => {
    for (const name of ['index.html', '01-pixels.html', '02-curves.html']) {
      await using(name, { colorScheme }, async ({ page }) => {
        await page.evaluate(() => {
          for (const part of document.querySelectorAll('details')) part.open = true;
        });
        expect([name, await page.evaluate(faintTexts)]).toEqual([name, []]);
      });
    }
  });

  it.each([1400, 768, 390, 320])('never scrolls sideways at %d pixels', async (width) => {
    for (const name of ['index.html', '01-pixels.html', '02-curves.html']) {
      await using(name, { viewport: { width, height: 800 } }, async ({ page }) => {
        if (name === '02-curves.html') await startPlot(page);
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect([name, widths[0]]).toEqual([name, widths[1]]);
      });
    }
  });

  it('can be used from the keyboard', async () => {
    await using('01-pixels.html', { viewport: { width: 390, height: 800 } }, async ({ page }) => {
      const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.className ?? '');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('skip');
      expect((await page.locator('.skip').boundingBox())?.y).toBeGreaterThanOrEqual(0);
      await page.keyboard.press('Tab');
      expect(await focused()).toContain('bar-menu');
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement as Element).outlineWidth,
      );
      expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2);
      await page.keyboard.press('Enter');
      expect(await page.locator('.contents').isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await page.locator('.contents').isVisible()).toBe(false);
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('page-main');
    });
  });

  it('keeps the chosen theme on the next page', async () => {
    await using('01-pixels.html', { colorScheme: 'light' }, async ({ page }) => {
      const button = page.locator('.bar-theme');
      expect(await button.getAttribute('aria-pressed')).toBe('false');
      await button.click();
      const scheme = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
      expect(await scheme()).toBe('dark');
      await page.locator('.pager:not(.pager-top) .pager-next').click();
      await page.waitForURL(/02-curves/);
      expect(await scheme()).toBe('dark');
      expect(await page.locator('.bar-theme').getAttribute('aria-pressed')).toBe('true');
    });
  });

  it('marks the current section, and opens what a link leads into', async () => {
    await using('01-pixels.html', {}, async ({ page }) => {
      await page.evaluate(() =>
        document.getElementById('as-a-table')?.scrollIntoView({ behavior: 'instant' }),
      );
      await page.locator('.sections a[aria-current="location"]', { hasText: 'As a table' }).waitFor();
      await page.goto(`${page.url().replace(/#.*/, '')}#cell-solve`);
      await page.locator('#cell-solve pre.code').waitFor({ state: 'visible' });
    });
  });

  it('runs nothing that outputs and raw HTML try to run, even without the content security policy', async () => {
    await withFolder(async (work) => {
      const chapter = path.join(work, '01-attack.ipynb');
      writeFileSync(chapter, JSON.stringify(attack()));
      const report = await printBook({
        chapters: [chapter],
        out: path.join(work, 'book'),
        title: 'Attack',
        cache: false,
        strict: false,
      });
      if (browser === undefined) throw new Error('the browser has not started');
      const context = await browser.newContext({ bypassCSP: true });
      await context.setOffline(true);
      const page = await context.newPage();
      const heard: string[] = [];
      page.on('dialog', (dialog) => {
        heard.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (!/^(?:file|data|blob):/.test(request.url())) heard.push(`request: ${request.url()}`);
      });
      page.on('console', (message) => heard.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
      await page.goto(pathToFileURL(path.join(report.out, '01-attack.html')).href);
      for (const link of await page.locator('main section a[href]').all()) {
        expect(await link.getAttribute('href')).toMatch(/^(?:#|https?:|mailto:)/);
      }
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('main *')) {
          for (const name of ['click', 'focus', 'mouseover', 'toggle'])
            element.dispatchEvent(new Event(name));
        }
      });
      await page.waitForTimeout(200);
      expect(heard).toEqual([]);
      await context.close();
    });
  });

  it('shows a cited work beside its citation, for the pointer and the keyboard', async () => {
    await using('02-curves.html', {}, async ({ page }) => {
      const citation = page.locator('a.citation');
      const preview = page.locator('.cite-preview');
      expect(await citation.innerText()).toBe('Robbins and Monro 1951');
      await citation.hover();
      expect(await preview.innerText()).toContain('A Stochastic Approximation Method');
      await page.keyboard.press('Escape');
      expect(await preview.count()).toBe(0);
      await page.locator('#cell-falls h2 .permalink').focus();
      for (let i = 0; i < 3 && (await preview.count()) === 0; i++) await page.keyboard.press('Tab');
      await preview.waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/#ref-robbins1951$/);
      await preview.waitFor({ state: 'detached' });
      await page.locator('#ref-robbins1951 .references-back a').click();
      await page.waitForURL(/#cite-robbins1951-1$/);
    });
  });

  it('searches the whole book, from the keyboard', async () => {
    await using('01-pixels.html', {}, async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('goes downhil');
      const link = page.locator('.search-results a').first();
      await link.waitFor();
      expect(await link.innerText()).toContain('02 Curves that fall');
      expect(await link.locator('mark').allInnerTexts()).toContain('downhill');
      await page.locator('.search-input').fill('zzzz');
      await page.locator('.search-count', { hasText: 'Found nowhere.' }).waitFor();
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog.search').isVisible()).toBe(false);
      await page.locator('.bar-search').click();
      await page.locator('.search-input').fill('downhill');
      await link.waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/02-curves\.html/);
    });
  });

  it('copies a cell', async () => {
    await using(
      '01-pixels.html',
      { permissions: ['clipboard-read', 'clipboard-write'] },
      async ({ page }) => {
        const frame = page.locator('#cell-pixels .code-frame');
        await frame.hover();
        await frame.locator('.copy').click();
        await page.locator('#cell-pixels .copy', { hasText: 'Copied' }).waitFor();
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('showPixels(images.at(0));');
      },
    );
  });
});

if (!runsInBrowser) {
  // Said here and in the test's name: a green run without a browser must not look like one with it.
  describe('NO BROWSER ON THIS MACHINE: the pages were NOT opened', () => {
    it('has only the files checked; npm ci brings a browser on Linux x64, elsewhere install Google Chrome', async () => {
      await withFolder(async (work) => {
        const report = await printBook(goodBook(path.join(work, 'book')));
        for (const { page } of report.pages) {
          const html = readFileSync(path.join(report.out, page), 'utf8');
          expect(html).toContain('default-src &#39;none&#39;');
          const addresses = [...html.matchAll(/<(?!a\b)[a-z]+ [^>]*?(?:src|href)="([^"#][^"]*)"/g)].map(
            (match) => match[1] ?? '',
          );
          expect(addresses.length).toBeGreaterThan(4);
          for (const address of addresses) {
            if (address.startsWith('data:image/')) continue;
            expect([page, address, existsSync(path.join(report.out, address))]).toEqual([
              page,
              address,
              true,
            ]);
          }
        }
      });
    });
  });
}
