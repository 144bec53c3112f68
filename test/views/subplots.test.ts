import { frame } from 'inkwell/frames/create';
import { heatmap } from 'inkwell/views/charts/heatmap';
import { lineChart } from 'inkwell/views/charts/line-chart';
import { frameView } from 'inkwell/views/frame-view';
import { shareAxes } from 'inkwell/views/share-axes';
import { subplots } from 'inkwell/views/subplots';
import type { View } from 'inkwell/views/view';

const chart = (y: number[], names: string[] = ['a', 'b']): View =>
  lineChart({ series: names.map((name) => ({ name, y })), title: 'Own', alt: 'x' });
const htmlOf = (view: View): string => String(view.bundle['text/html']);
/** With every reference replaced by what it refers to. */
const whole = (html: string): string =>
  html.replace(
    /<use href="#([^"]+)"\/>/g,
    (_, id) =>
      /^(.*?)<\/g>(?=<g id|<clipPath|<\/defs>)/.exec(html.split(`<g id="${id}">`)[1] ?? '')?.[1] ?? '',
  );
const words = { alt: 'Three curves', caption: 'They differ.' };

describe('subplots', () => {
  test('is one figure: one description, one caption, one legend', () => {
    const view = subplots([chart([1, 2]), chart([2, 1]), chart([1, 1])], words);
    const html = htmlOf(view);
    expect(html.match(/<figure/g)).toHaveLength(1);
    expect(html.match(/role="img"/g)).toHaveLength(1);
    expect(html).toContain('role="img" aria-label="Three curves"');
    expect(html.match(/<svg viewBox="0 0 230 184"[^>]*aria-hidden="true"/g)).toHaveLength(3);
    expect(html.match(/<\/svg>a<\/span>/g)).toHaveLength(1);
    expect(html).toContain('They differ.</figcaption>');
    expect(String(view)).toBe('[plot, 3 panels] Three curves\nThey differ.');
  });

  test('legends that differ stay with their panels', () => {
    const html = htmlOf(subplots([chart([1, 2]), chart([2, 1], ['c', 'd'])], words));
    expect(html).toContain('</svg>a</span>');
    expect(html).toContain('</svg>c</span>');
  });

  test('titles stand above the panels, the plots’ own where none are given', () => {
    const titles = ['degree 1', 'degree 9'];
    const html = htmlOf(subplots([chart([1, 2]), chart([2, 1])], { ...words, titles }));
    expect([...html.matchAll(/font-weight="bold">([^<]*)/g)].map(([, title]) => title)).toEqual(titles);
    expect(htmlOf(subplots([chart([1, 2])], words))).toContain('font-weight="bold">Own<');
  });

  test('axes that run backwards still do when they are shared', () => {
    const plotOf = (range: [number, number]) => ({
      traces: [{ y: [1, 2] }],
      layout: { yaxis: { range } },
      alt: 'x',
    });
    const ranges = shareAxes([plotOf([9, 0]), plotOf([8, -1])], 'y').map(({ layout }) => layout.yaxis?.range);
    expect(ranges).toEqual([
      [9, -1],
      [9, -1],
    ]);
  });

  test('axes can be shared, so that panels can be compared', () => {
    const ticks = (share?: 'x' | 'y' | 'both'): string[] =>
      whole(htmlOf(subplots([chart([0, 1]), chart([0, 100])], { ...words, ...(share && { share }) })))
        .split('<svg viewBox="0 0 352')
        .slice(1)
        .map((svg) => (/<g text-anchor="end">(.*?)<\/g>/.exec(svg)?.[1] ?? '').replace(/<[^>]*>/g, ' '));
    const [first, second] = ticks('y');
    expect(first).toBe(second);
    expect(first).toContain('100');
    expect(ticks()[0]).not.toBe(ticks()[1]);
    const shared = htmlOf(subplots([chart([1, 2]), chart([1, 2, 3])], { ...words, share: 'both' }));
    expect(shared).not.toMatch(/NaN|Infinity/);
    // Panels of one shape cut off at one clip path, which is there once.
    const ids = [...shared.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(() => subplots([chart([1])], { ...words, share: 'z' as never })).toThrow(
      new RangeError('subplots: share must be one of x, y, both, got "z"'),
    );
  });

  test('takes every kind of plot', () => {
    expect(htmlOf(subplots([chart([1]), heatmap({ matrix: [[1, 2]], alt: 'x' })], words))).toContain(
      '>2</text>',
    );
  });

  test('wrong arguments are named', () => {
    expect(() => subplots([], words)).toThrow(
      new RangeError('subplots: expected at least one plot, got none'),
    );
    expect(() => subplots([chart([1])], {} as never)).toThrow('subplots: alt must be words that say what');
    expect(() => subplots([chart([1])], { ...words, titles: [] })).toThrow(
      'titles must be one for each panel, got 0 for 1 panels',
    );
    expect(() => subplots([chart([1]), frameView(frame([{ a: 1 }]))], words)).toThrow(
      /^subplots: views\[1\] must be a plot \(lineChart, functionPlot, heatmap, …\), got /,
    );
    expect(() => subplots([chart([1])], { ...words, columns: 0 })).toThrow(
      'columns must be a whole number from 1, got 0',
    );
    expect(() => subplots([chart([1])], { ...words, columns: 8 })).toThrow(
      'subplots: 8 columns in 720 pixels leave panels of 77, at least 120 are needed; choose fewer columns',
    );
  });
});
