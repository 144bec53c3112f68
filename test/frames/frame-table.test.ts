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
 0      0  0.000
 1      1  1.000
 ⋮      …      …
98     98  9.899
99     99  9.950
100 rows × 2 columns`);
  });

  test('missing values are a dash, text is left-aligned', () => {
    expect(frame({ name: ['Ada', 'B'], x: [null, Number.NaN] }).toString()).toBe(
      ['   name  x', '0  Ada   –', '1  B     –'].join('\n'),
    );
  });

  test('rows are counted where some are left out, numbered where no caption says what they are', () => {
    const small = frame({ x: [-1, 2] });
    expect(small.toString()).toBe(['    x', '0  −1', '1   2'].join('\n'));
    expect(small.toString({ caption: 'Two.' })).toBe(['Two.', ' x', '−1', ' 2'].join('\n'));
    expect(small.toString({ caption: 'Two.', index: true, size: true })).toBe(
      ['Two.', '    x', '0  −1', '1   2', '2 rows × 1 column'].join('\n'),
    );
    expect(numbers.toString({ caption: 'Many.', maxRows: 2 })).toContain('100 rows × 2 columns');
    expect(small.toHtml({ caption: 'Two.' })).not.toContain('scope="row"');
  });
});

describe('a frame as HTML', () => {
  test('has header cells with scope and no script, whatever the cells hold', () => {
    const html = frame({ '<b>': ['<script>alert("x")</script>'] }).toHtml({ caption: 'a & b', index: true });
    expect(html).toContain('<th scope="col"');
    expect(html).toContain('<th scope="row"');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('a &amp; b</caption>');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<b>');
  });

  test('a wide one scrolls in a box that has a name, a narrow one needs none', () => {
    const wide = frame({ first: ['a rather long text for one cell'], second: ['another one'], third: [1] });
    expect(wide.toHtml({ caption: 'Wide' })).toContain(
      '<div class="inkwell-scroll" role="region" aria-label="Wide" tabindex="0" style="overflow-x:auto;max-width:100%">',
    );
    expect(wide.toHtml()).toContain('aria-label="Table of first, second, third"');
    expect(frame({ x: [1] }).toHtml()).not.toContain('role="region"');
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
