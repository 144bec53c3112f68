import { frame } from 'inkwell/frames/create';
import { elideIndices } from 'inkwell/frames/frame-table';

const numbers = frame({
  index: Array.from({ length: 100 }, (_, i) => i),
  root: Array.from({ length: 100 }, (_, i) => Math.sqrt(i)),
});

describe('a frame as text', () => {
  test('is aligned and elided in the middle', () => {
    expect(`\n${numbers.toString({ maxRows: 4 })}`).toBe(`
    index   root
 0      0      0
 1      1      1
 ⋮      …      …
98     98  9.899
99     99   9.95
100 rows × 2 columns`);
  });

  test('missing values are a dash, text is left-aligned', () => {
    expect(frame({ name: ['Ada', 'B'], x: [null, Number.NaN] }).toString()).toBe(
      ['   name  x', '0  Ada   –', '1  B     –', '2 rows × 2 columns'].join('\n'),
    );
  });
});

describe('a frame as HTML', () => {
  test('has header cells with scope and no script, whatever the cells hold', () => {
    const html = frame({ '<b>': ['<script>alert("x")</script>'] }).toHtml({ caption: 'a & b' });
    expect(html).toContain('<th scope="col"');
    expect(html).toContain('<th scope="row"');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('a &amp; b</caption>');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<b>');
  });

  test('many columns are elided too', () => {
    const wide = frame(Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c${i}`, [i]])));
    const header = wide.toHtml({ maxColumns: 4 }).match(/<th scope="col"[^>]*>[^<]*/g) ?? [];
    expect(header.map((cell) => cell.replace(/.*>/, ''))).toEqual(['c0', 'c1', '…', 'c48', 'c49']);
    expect(() => wide.toHtml({ maxColumns: 1 })).toThrow('maxColumns must be at least 2, got 1');
  });
});

test('elideIndices keeps both ends', () => {
  expect(elideIndices(3, 3)).toEqual([0, 1, 2]);
  expect(elideIndices(9, 3)).toEqual([0, 1, undefined, 8]);
});
