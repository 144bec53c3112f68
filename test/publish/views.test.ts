import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { frame } from 'inkwell/frames/create';
import { wordlessPictures } from 'inkwell/publish/pictures';
import { safeHtml } from 'inkwell/publish/sanitize';
import { contourPlot } from 'inkwell/views/charts/contour-plot';
import { heatmap } from 'inkwell/views/charts/heatmap';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { frameView } from 'inkwell/views/frame-view';
import { imageGrid } from 'inkwell/views/image-grid';
import { imageSheet } from 'inkwell/views/image-sheet';
import { pixelTable } from 'inkwell/views/pixel-table';
import { progressView } from 'inkwell/views/progress-bar';
import { subplots } from 'inkwell/views/subplots';
import { tensorView } from 'inkwell/views/tensor-view';
import type { View } from 'inkwell/views/view';
import { visit } from 'unist-util-visit';

const picture = Array.from({ length: 6 }, (_, y) => Array.from({ length: 6 }, (_, x) => (y * 6 + x) * 7));
const weights = Float32Array.from({ length: 36 }, (_, i) => i / 18 - 1);

const views: Readonly<Record<string, () => View>> = {
  'a pixel table': () => pixelTable(picture, { caption: 'A corner' }),
  'a grid of images': () =>
    imageGrid([picture, picture], {
      alt: 'Two corners',
      titles: ['one', 'two'],
      marks: ['right', 'wrong'],
      colorMap: 'diverging',
      caption: 'Corners',
      dataset: 'made digits',
    }),
  'a sheet of images': () => imageSheet([picture, picture], { alt: 'Two corners', caption: 'Corners' }),
  'a tensor': () => tensorView(weights, { caption: 'Weights' }),
  'a frame': () =>
    frameView(frame([{ label: '2', count: 5958 }]), { caption: 'Labels', dataset: 'made digits' }),
  'a plot': () =>
    lineChart({ series: ['a', 'b'].map((name) => ({ name, y: [1, 3] })), yRange: [0, 2], alt: 'x' }),
  'contour lines': () => contourPlot({ f: (x, y) => x * y, x: [-1, 1], y: [-1, 1], alt: 'A saddle' }),
  panels: () =>
    subplots([heatmap({ matrix: [[1, 2]], alt: 'x' }), heatmap({ matrix: [[1, 2]], alt: 'x' })], {
      alt: 'Twice the same',
      caption: 'Two panels',
    }),
  'a grid with ranges': () => imageGrid([picture, picture], { alt: 'Two corners', range: 'each' }),
  'a progress bar': () =>
    progressView({
      label: 'fit',
      done: 3,
      total: 25,
      unit: 'epochs',
      elapsedMs: 1200,
      values: { loss: 0.41 },
      closed: false,
    }),
};

/** The HTML as a parser reads it, styles without the spaces that no browser needs. */
function normal(html: string): string {
  const tree: Root = fromHtml(html, { fragment: true });
  visit(tree, 'element', ({ properties }) => {
    if (typeof properties['style'] !== 'string') return;
    properties['style'] = properties['style']
      .split(';')
      .map((declaration) => declaration.replace(/^\s*([^:]*?)\s*:\s*(.*?)\s*$/s, '$1:$2'))
      .filter((declaration) => declaration.trim() !== '')
      .join(';');
  });
  return toHtml(tree);
}

describe('what the book’s own views show', () => {
  it.each(Object.keys(views))('stands in print as it was made: %s', (name) => {
    const html = String(views[name]?.().bundle['text/html']);
    expect(html.length).toBeGreaterThan(40);
    const safe = safeHtml(html);
    expect(toHtml(safe)).toBe(normal(html));
    expect(wordlessPictures(safe)).toEqual([]);
  });
});
