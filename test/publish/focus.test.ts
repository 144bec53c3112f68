/// <reference lib="dom" />
/** Everything that the keyboard reaches shows that it is reached, in the light and in the dark. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printBook } from 'inkwell/publish/book';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { interact } from 'inkwell/views/interact';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from './browser';
import { GOOD_PAGES, goodBook, printed, withFolder } from './helpers';

const driven = interact({
  controls: { slope: [1, 2] },
  frame: ({ slope }) => lineChart({ series: [{ name: 'y', y: [0, slope] }], alt: `slope ${slope}` }),
  alt: 'A line whose slope can be chosen',
}).bundle;

/** What has the focus, and the contrast of the ring around it (around its label, for a button in one); 0 without. */
function ring(): { readonly name: string; readonly contrast: number } {
  const rgba = (text: string): number[] => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const luminance = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((value) =>
      value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element | null): number[] => {
    if (element === null) return [255, 255, 255, 1];
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : behind(element.parentElement);
  };
  const element = document.activeElement as HTMLElement;
  const holder = [element, element.closest('label')].find((each) => {
    if (each === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const name = `${element.tagName.toLowerCase()}.${element.className} ${(element.textContent ?? '').trim().slice(0, 20)}`;
  if (!holder) return { name, contrast: 0 };
  const [light = 0, dark = 0] = [
    luminance(rgba(getComputedStyle(holder).outlineColor)),
    luminance(behind(holder.parentElement)),
  ].sort((a, b) => b - a);
  return { name, contrast: (light + 0.05) / (dark + 0.05) };
}

/** Goes through a page by Tab; what has no ring that can be seen (3 : 1, WCAG 2.2, 2.4.13), and how many have one. */
async function goThrough(page: Page): Promise<{ readonly faint: string[]; readonly seen: number }> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  });
  const faint: string[] = [];
  for (let seen = 0; ; seen++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) return { faint, seen };
    const { name, contrast } = await page.evaluate(ring);
    if (contrast < 3) faint.push(`${contrast.toFixed(2)} ${name}`);
  }
}

describeInBrowser('the focus', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => browser.close());

  const inTab = async (file: string, colorScheme: 'light' | 'dark', use: (page: Page) => Promise<void>) => {
    const context = await browser.newContext({ viewport: { width: 1300, height: 900 }, colorScheme });
    try {
      const page = await context.newPage();
      await page.goto(pathToFileURL(file).href);
      await use(page);
    } finally {
      await context.close();
    }
  };

  it.each(['light', 'dark'] as const)('can be seen wherever it goes in the %s theme', async (scheme) => {
    await withFolder(async (folder) => {
      const { out } = await printBook(goodBook(path.join(folder, 'book')));
      for (const name of GOOD_PAGES) {
        await inTab(path.join(out, name), scheme, async (page) => {
          const { faint, seen } = await goThrough(page);
          expect([name, faint]).toEqual([name, []]);
          expect(seen).toBeGreaterThan(3);
        });
      }
    });
  });

  it.each(['light', 'dark'] as const)(
    'can be seen on the buttons of a figure in the %s theme',
    async (scheme) => {
      await printed([driven], (file) =>
        inTab(file, scheme, async (page) => {
          await page.getByRole('radio').first().focus();
          await page.keyboard.press('ArrowRight');
          const { name, contrast } = await page.evaluate(ring);
          expect(name).toMatch(/^input/);
          expect(contrast).toBeGreaterThanOrEqual(3);
          await page.keyboard.press('Control+k');
          await page.locator('.search-input').waitFor();
          expect((await page.evaluate(ring)).contrast).toBeGreaterThanOrEqual(3);
        }),
      );
    },
  );
});
