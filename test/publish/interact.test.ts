/// <reference lib="dom" />
/** Interactive figures in the printed book: what stands in the page, and what a browser without scripts makes of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromHtml } from 'hast-util-from-html';
import { INTERACT } from 'inkwell/publish/outputs/interact';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { INTERACT_MIME, interact } from 'inkwell/views/interact';
import type { Browser, Locator, Page } from 'playwright-core';
import { visit } from 'unist-util-visit';
import { describeInBrowser, launchBrowser } from './browser';
import { printed, withFolder } from './helpers';

const words = { alt: 'A line to choose', caption: 'Lines of several slopes.' };
const line = (slope: number, lift: number) =>
  lineChart({
    series: [{ name: 'y', y: [0, slope, 2 * slope + lift] }],
    alt: `slope ${slope}, lift ${lift}`,
  });
const figure = interact({
  controls: { slope: [1, 2, 3], lift: { values: [0, 5], unit: 'cm' } },
  start: { slope: 2, lift: 0 },
  frame: ({ slope, lift }) => line(slope, lift),
  ...words,
}).bundle;

const pageOf = (bundles: readonly object[]): Promise<string> =>
  printed(bundles, (page) => readFileSync(page, 'utf8'));

test('views and press agree on the type', () => {
  expect(INTERACT).toBe(INTERACT_MIME);
});

describe('an interactive figure in the book', () => {
  test('has controls of the book’s making around frames that were made safe', async () => {
    const html = await pageOf([figure, figure]);
    const figures = [...html.matchAll(/<figure[^>]*class="inkwell-figure inkwell-interact"[^>]*>/g)];
    expect(figures).toHaveLength(2);
    for (const [tag] of figures) expect(tag).toContain('aria-label="A line to choose"');
    expect(html).toContain(
      '<legend>slope</legend><label><input type="radio" name="out-c0-1-control-1" value="0">1</label>',
    );
    expect(html).toContain('<input type="radio" name="out-c0-1-control-2" value="0" checked>0 cm</label>');
    expect(html).toContain('Lines of several slopes.</figcaption>');
    expect(html).not.toMatch(/<form|<style|inkwell-untrusted/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is its HTML, made safe, where structure and frames do not fit', async () => {
    const html = await pageOf([{ ...figure, [INTERACT]: { version: 1, controls: [], start: [], alt: 'x' } }]);
    expect(html).not.toContain('type="radio"');
    expect(html).toContain('aria-label="slope 2, lift 0"');
  });

  test('frames and labels from outside can do no harm', async () => {
    const attack = '<img src=x onerror=alert(1)>';
    const json = { version: 1, controls: [{ label: attack, values: [attack] }], start: [0], alt: attack };
    const states = `<div class="inkwell-states"><div class="inkwell-row"><div class="inkwell-state">${attack}<script>alert(1)</script><p>safe</p></div></div></div>`;
    await expect(pageOf([{ [INTERACT]: json, 'text/html': states, 'text/plain': 'x' }])).rejects.toThrow(
      /there is no picture x/,
    );
    const harmless = states.replace(attack, '');
    const html = await pageOf([{ [INTERACT]: json, 'text/html': harmless, 'text/plain': 'x' }]);
    expect(html).toContain('type="radio"');
    expect(html).toContain('<p>safe</p>');
    const names: string[] = [];
    visit(fromHtml(html), 'element', ({ tagName, properties }) => {
      names.push(tagName, ...Object.keys(properties));
    });
    expect(names).not.toContain('img');
    expect(names).not.toContain('onError');
    expect(html).not.toContain('alert(1)</script>');
    expect(html).toContain('&#x3C;img src=x onerror=alert(1)>');
  });
});

describeInBrowser('an interactive figure in a browser without scripts', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  /** The words of the frames that are seen, one figure's. */
  const seen = async (within: Locator): Promise<string[]> => {
    const pictures = await within.locator('svg[role=img]').all();
    const shown = await Promise.all(pictures.map((picture) => picture.isVisible()));
    return await Promise.all(
      pictures
        .filter((_, i) => shown[i])
        .map(async (picture) => String(await picture.getAttribute('aria-label'))),
    );
  };

  const using = async (html: string, use: (page: Page) => Promise<void>): Promise<void> => {
    const context = await browser.newContext({
      viewport: { width: 1000, height: 900 },
      javaScriptEnabled: false,
    });
    try {
      const page = await context.newPage();
      await page.goto(html);
      await use(page);
    } finally {
      await context.close();
    }
  };

  /** The same for the printed page and for the output as a notebook shows it. */
  const drive = async (page: Page): Promise<void> => {
    const [first, second] = await page.locator('.inkwell-interact').all();
    if (!first || !second) throw new Error('there must be two figures');
    expect(await seen(first)).toEqual(['slope 2, lift 0']);
    await first.getByRole('radio', { name: '2', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await seen(first)).toEqual(['slope 3, lift 0']);
    await first.getByRole('radio', { name: '5 cm' }).check();
    expect(await seen(first)).toEqual(['slope 3, lift 5']);
    await page.keyboard.press('Enter');
    expect(await seen(first)).toEqual(['slope 3, lift 5']);
    // The other figure is the same, and was left alone.
    expect(await seen(second)).toEqual(['slope 2, lift 0']);
    await page.emulateMedia({ media: 'print' });
    expect(await seen(first)).toEqual(['slope 1, lift 0', 'slope 2, lift 0', 'slope 3, lift 5']);
    expect(await first.getByText('slope 3, lift 5 cm').isVisible()).toBe(true);
    expect(await first.locator('.inkwell-control').first().isVisible()).toBe(false);
  };

  test('is driven by keys and clicks in print', async () => {
    await printed([figure, figure], async (page) => using(pathToFileURL(page).href, drive));
  });

  test('is driven by keys and clicks in a notebook', async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, 'outputs.html');
      writeFileSync(
        file,
        `<!doctype html><meta charset="utf-8">${figure['text/html']}${figure['text/html']}`,
      );
      await using(pathToFileURL(file).href, drive);
    });
  });
});
