import { fromHtml } from 'hast-util-from-html';
import { toString as textOf } from 'hast-util-to-string';
import { codeLine } from 'inkwell/publish/html/code-line';
import { highlightBlocks } from 'inkwell/publish/html/highlight';

const SOURCE = [
  'function step(model: Model) {',
  '  // A comment, and <a tag>.',
  '',
  '      parameter.assign(parameter.sub(slope.mul(rate)).neg());',
  '}',
].join('\n');

test('highlighted code is lines, each with its indent, whose text is the source to the letter', async () => {
  const [html = ''] = await highlightBlocks([{ source: SOURCE, language: 'ts' }]);
  expect(textOf(fromHtml(html, { fragment: true }))).toBe(SOURCE);
  expect(html.match(/<span class="line"/g)).toHaveLength(5);
  expect([...html.matchAll(/--in:(\d+)/g)].map(([, indent]) => indent)).toEqual(['2', '6']);
});

test('code in a language without a grammar is left as it is', async () => {
  expect(await highlightBlocks([{ source: '  a\nb', language: 'nothing' }])).toEqual(['  a\nb']);
});

test.each([
  ['a.b(first.c())', 'a.b(<wbr>first.c())'],
  ['tf.relu(x).mean()[0]?.at(1)', 'tf.relu(x)<wbr>.mean()[0]<wbr>?.at(1)'],
  ['at(-1), f(x), (first, second)', 'at(-1), f(x), (first, second)'],
  ['[...items]', '[...items]'],
])('%s may break as %s', (text, html) => {
  expect(codeLine([{ kind: undefined, text }], { isLast: true })).toBe(`<span class="line">${html}</span>`);
});

test('neighbours of one kind are one span, and a deep line hangs at twelve', () => {
  const pieces = [
    { kind: undefined, text: ' '.repeat(20) },
    { kind: 'keyword', text: 'const' },
    { kind: 'keyword', text: ' a' },
  ];
  expect(codeLine(pieces, { isLast: false })).toBe(
    `<span class="line" style="--in:12">${' '.repeat(20)}<span class="tk-keyword">const a</span>\n</span>`,
  );
});
