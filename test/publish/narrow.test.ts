/// <reference lib="dom" />
/** The printed book on a telephone: what is wide shows that it goes on, plots are drawn to the width. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { frame } from 'inkwell/frames/create';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { frameView } from 'inkwell/views/frame-view';
import { pixelTable } from 'inkwell/views/pixel-table';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from './browser';
import { printed, printedCells } from './helpers';

const wide = pixelTable(new Uint8Array(784), { caption: 'A blank' });
const narrow = frameView(frame([{ a: 1 }]), { caption: 'One' });
const plot = lineChart({ series: [{ name: 'y', y: [1, 2] }], alt: 'Up', caption: 'It rises.' });
const bundles = [wide, narrow, plot].map(({ bundle }) => ({
  'text/html': bundle['text/html'],
  'text/plain': 'x',
}));

test('a plot’s interactive form takes the page’s ink in the place of the grey that suits any page', async () => {
  expect(JSON.stringify(plot.bundle)).toContain('#767676');
  await printed([plot.bundle], (file) => {
    const html = readFileSync(file, 'utf8');
    expect(html).toContain('"family":"Book Sans,');
    expect(html).not.toContain('#767676');
  });
});

/** Lines as long as a chapter's may be, plain and deep, and what they print. */
const LONG = [
  `const a = ${'wrong + '.repeat(7)}right;`,
  `        parameter.assign(${'parameter.sub('.repeat(3)}slope)));`,
].map((line) => line.slice(0, 72));

describeInBrowser('views on a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  const visit = async (file: string, width: number, use: (page: Page) => Promise<void>): Promise<void> => {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    try {
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      await use(page);
    } finally {
      await context.close();
    }
  };
  const using = (width: number, use: (page: Page) => Promise<void>): Promise<void> =>
    printed(bundles, (file) => visit(file, width, use));

  /** How wide and how high the shadow is that says that a box goes on. */
  const shadow = (page: Page): Promise<{ width: number; height: number; opacity: number }> =>
    page.locator('.inkwell-scrolled').evaluate((element) => {
      const { width, height, opacity } = getComputedStyle(element, '::after');
      return { width: Number.parseFloat(width), height: Number.parseFloat(height), opacity: Number(opacity) };
    });

  test('a wide table has a shadow on a telephone until its end is reached', async () => {
    await using(390, async (page) => {
      const box = page.getByRole('region', { name: 'A blank' });
      const before = await shadow(page);
      expect(before.width).toBe(28);
      expect(before.height).toBeGreaterThan(300);
      expect(before.opacity).toBe(1);
      await box.focus();
      await page.keyboard.press('End');
      await box.evaluate((element) => element.scrollTo(9999, 0));
      await page.waitForFunction(() => {
        const element = document.querySelector('.inkwell-scrolled');
        return element !== null && Number(getComputedStyle(element, '::after').opacity) < 0.1;
      });
    });
  });

  test('where it fits it has none, and what is never wide has no box', async () => {
    await using(1200, async (page) => {
      expect((await shadow(page)).width).toBe(0);
      expect(await page.locator('.inkwell-scroll').count()).toBe(1);
    });
  });

  test.each([
    [390, 350],
    [1200, 560],
  ])('at %d pixels a plot is drawn %d wide, in letters of 13 pixels', async (width, drawn) => {
    await using(width, async (page) => {
      const pictures = page.getByRole('img', { name: 'Up' });
      expect(await pictures.count()).toBe(1);
      const seen = await pictures.evaluate((svg) => {
        const scale =
          svg.getBoundingClientRect().width / (svg as unknown as SVGSVGElement).viewBox.baseVal.width;
        return { width: svg.getBoundingClientRect().width, letters: scale * 13 };
      });
      expect(seen.width).toBeCloseTo(drawn, 0);
      expect(seen.letters).toBeCloseTo(13, 1);
    });
  });

  test.each([390, 1280])('at %d pixels lines of 72 characters need no sideways scrolling', async (width) => {
    const text = 'five random starts: 100.00 %, 100.00 %, 99.75 %, 100.00 %, 98.25 %\nand a claim';
    const cell = {
      cell_type: 'code',
      id: 'long',
      metadata: {},
      source: LONG.join('\n'),
      execution_count: 1,
      outputs: [{ output_type: 'stream', name: 'stdout', text }],
    };
    const prose = { cell_type: 'markdown', id: 't', metadata: {}, source: '# Lines' };
    await printedCells([prose, cell, { ...cell, id: 'folded', metadata: { tags: ['hide-input'] } }], (file) =>
      visit(file, width, async (page) => {
        await page.locator('#cell-folded summary').click();
        const blocks = page.locator('pre');
        expect(await blocks.count()).toBe(4);
        for (const block of await blocks.all()) {
          const [inside, outside] = await block.evaluate((pre) => [pre.scrollWidth, pre.clientWidth]);
          expect(inside).toBe(outside);
        }
        const code = page.locator('pre.code').first();
        expect(await code.evaluate((pre) => pre.textContent)).toBe(LONG.join('\n'));
        const lines = await code.evaluate((pre) => {
          const { paddingTop, lineHeight } = getComputedStyle(pre);
          return Math.round((pre.clientHeight - 2 * parseFloat(paddingTop)) / parseFloat(lineHeight));
        });
        expect(lines > LONG.length).toBe(width === 390);
      }),
    );
  });
});
