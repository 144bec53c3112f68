import { usesJsx, withoutJsx } from 'inkwell/kernel/cells/jsx';
import type { JsxSettings } from 'inkwell/kernel/cells/jsx-settings';

const H: JsxSettings = { kind: 'classic', factory: 'h', fragment: 'F' };

test.each([
  ['<b>hi</b>', 'h("b", null, "hi")'],
  ['<img src="a.png" alt="a &amp; b"/>', 'h("img", { "src": "a.png", "alt": "a & b" })'],
  ['<><i/>{x}</>', 'h(F, null, h("i", null), (x))'],
  ['<Chart data={rows} {...rest} open/>', 'h(Chart, { "data": (rows), ...(rest), "open": true })'],
  ['<ui.Box/>', 'h(ui.Box, null)'],
  ['<my-tag a-b="1"/>', 'h("my-tag", { "a-b": "1" })'],
  ['<p>{/* nothing */}</p>', 'h("p", null)'],
  [
    '<ul>{list.map((x: number) => <li>{x}</li>)}</ul>',
    'h("ul", null, (list.map((x: number) => h("li", null, (x)))))',
  ],
])('%s is %s', (code, call) => {
  expect(withoutJsx(code, H)).toBe(call);
});

test('text is trimmed as React trims it, and lines keep their places', () => {
  const code = 'const a = <p>\n  two\n  words\n</p>;\nlater';
  expect(withoutJsx(code, H)).toBe('const a = h("p", null, "two words")\n\n\n;\nlater');
});

test('a package with a runtime of its own is imported', () => {
  expect(withoutJsx('<b>hi {x}</b>', { kind: 'automatic', source: 'preact' })).toBe(
    'import { jsx as __jsx, Fragment as __Fragment } from "preact/jsx-runtime"; __jsx("b", { children: ["hi ", (x)] })',
  );
});

test.each(['const x = <number>y;', 'a < b && c > d', 'f<string>("x")', 'const f = <T,>(x: T) => x;', '1 <2'])(
  'no JSX: %s',
  (code) => {
    expect(usesJsx(code)).toBe(false);
    expect(withoutJsx(code, H)).toBe(code);
  },
);
