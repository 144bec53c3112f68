/** The printed pages as axe-core, the checker of Deque Systems, sees them: no violation of any rule. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { printBook } from 'inkwell/publish/book';
import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser } from './browser';
import { GOOD_PAGES, goodBook, withFolder } from './helpers';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  readonly violations: readonly { id: string; nodes: readonly { html: string }[] }[];
  readonly passes: readonly unknown[];
}

/** Each violation with the elements that break the rule; and how many rules were kept. */
async function audit(browser: Browser, page: string, options: { width: number; scheme: 'light' | 'dark' }) {
  // The page's own policy lets no script in, not even this one.
  const context = await browser.newContext({
    viewport: { width: options.width, height: 900 },
    colorScheme: options.scheme,
    bypassCSP: true,
  });
  try {
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
    for (const figure of await tab.locator('figure.plot').all()) {
      await figure.locator('.plot-button').click();
      await figure.locator('.main-svg').first().waitFor();
    }
    // Folded parts tell of their opening a moment later.
    await tab.waitForTimeout(100);
    await tab.evaluate(AXE);
    const { violations, passes } = (await tab.evaluate('axe.run(document)')) as AxeRun;
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    return { found, kept: passes.length };
  } finally {
    await context.close();
  }
}

describeInBrowser('axe-core', () => {
  it.each([
    { width: 1300, scheme: 'light' },
    { width: 390, scheme: 'dark' },
  ] as const)('finds nothing at $width pixels in the $scheme theme', async (options) => {
    await withFolder(async (folder) => {
      const { out } = await printBook(goodBook(path.join(folder, 'book')));
      const browser = await launchBrowser();
      try {
        for (const name of GOOD_PAGES) {
          const { found, kept } = await audit(browser, path.join(out, name), options);
          expect([name, found]).toEqual([name, []]);
          expect(kept).toBeGreaterThan(15);
        }
      } finally {
        await browser.close();
      }
    });
  });
});
