import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { formula, h } from 'inkwell/publish/elements';
import { withFormulaEnds } from 'inkwell/publish/html/formula-ends';

const text = (value: string): ElementContent => ({ type: 'text', value });
const shown = (...nodes: ElementContent[]): string =>
  toHtml({
    type: 'root',
    children: withFormulaEnds(nodes, (node: Element) => ({ ...node, tagName: 'i', properties: {} })),
  });
const short = formula('w = 0', 'inline');

test('brackets and stops stay with the formula that they touch', () => {
  expect(shown(text('where ('), short, text('), and '), short, text('. So'))).toBe(
    'where <span class="formula-ends">(<i>w = 0</i>),</span> and <span class="formula-ends"><i>w = 0</i>.</span> So',
  );
  expect(shown(short, text(', ('), short, text(')'))).toBe(
    '<span class="formula-ends"><i>w = 0</i>,</span> <span class="formula-ends">(<i>w = 0</i>)</span>',
  );
});

test('what stands apart, a long formula and other code are left alone', () => {
  expect(shown(text('a '), short, text(' b.'))).toBe('a <i>w = 0</i> b.');
  expect(shown(formula(`x = ${'a + '.repeat(20)}b`, 'inline'), text('.'))).toMatch(/^<i>.*<\/i>\.$/);
  expect(shown(h('code', {}, 'x'), text('.'))).toBe('<i>x</i>.');
});
